package fr.grandlivre.planted.pure.command;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class TimingState {
    java.time.Instant now() {
        return java.time.Instant.now();
    }
}

package fr.grandlivre.planted.pure.command;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class DicingDecider {
    long roll() {
        return new java.util.Random().nextLong();
    }
}

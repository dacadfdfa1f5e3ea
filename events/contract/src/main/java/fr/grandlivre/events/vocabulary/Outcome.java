package fr.grandlivre.events.vocabulary;

/** What became of an answer. Only {@link #OK} validates a skill. */
public enum Outcome {
    OK,
    KO,
    SKIPPED,
    TIMED_OUT
}

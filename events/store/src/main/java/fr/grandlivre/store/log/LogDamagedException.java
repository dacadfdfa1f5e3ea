package fr.grandlivre.store.log;

/** What is stored of the log does not fit together: tiles, checkpoints or events were changed behind its back. */
public final class LogDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogDamagedException(String finding) {
        super(finding);
    }
}

package fr.grandlivre.store;

import java.time.Duration;

/** Too many commands wait already: this one was not accepted and is not recorded. */
public final class LedgerOverloadedException extends LedgerException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public LedgerOverloadedException(Duration retryAfter) {
        super("too many commands wait: try again in " + retryAfter.toMillis() + " ms", null);
        this.retryAfter = retryAfter;
    }

    /** @return how long the caller should wait before the next try */
    public Duration retryAfter() {
        return retryAfter;
    }
}

package fr.grandlivre.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database does not answer. A retry with the same command id is always safe; it also tells what became of the
 * command when {@link #outcomeUnknown()}.
 */
public final class LedgerUnavailableException extends LedgerException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean outcomeUnknown;

    public LedgerUnavailableException(Duration retryAfter, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(
                outcomeUnknown
                        ? "the ledger does not answer; the command may be recorded: ask again with the same command id"
                        : "the ledger does not answer; nothing was recorded: try again",
                cause);
        this.retryAfter = retryAfter;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** @return how long the caller should wait before the next try */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** @return whether the command may have been recorded all the same */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}

package fr.grandlivre.store;

import org.jspecify.annotations.Nullable;

/** Why an append or a read did not happen. */
public abstract sealed class LedgerException extends RuntimeException
        permits StreamConflictException,
                CommandReusedException,
                LedgerOverloadedException,
                LedgerUnavailableException,
                LedgerRejectedException {
    private static final long serialVersionUID = 1L;

    LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package fr.grandlivre.store;

import org.jspecify.annotations.Nullable;

/** The database refuses this command and would refuse it again: a defect. Nothing of it is recorded. */
public final class LedgerRejectedException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public LedgerRejectedException(String reason, @Nullable Throwable cause) {
        super("the ledger refuses the command: " + reason, cause);
    }
}

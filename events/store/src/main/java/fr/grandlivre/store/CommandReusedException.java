package fr.grandlivre.store;

import java.util.UUID;

/** The command id was used before for another request: nothing is recorded. Use a new id. */
public final class CommandReusedException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public CommandReusedException(UUID commandId) {
        super("command id " + commandId + " was used for another request: use a new id", null);
    }
}

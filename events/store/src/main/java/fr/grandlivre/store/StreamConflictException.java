package fr.grandlivre.store;

import java.util.UUID;

/** Another command was faster on a stream: nothing of this one is recorded. Decide again on the new state. */
public final class StreamConflictException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public StreamConflictException(UUID commandId) {
        super("a stream of command " + commandId + " has moved on: decide again", null);
    }
}

package fr.grandlivre.store.axon;

import fr.grandlivre.store.Appended;

/** The command was recorded before; nothing was recorded now. Its first answer is the answer. */
public final class CommandReplayedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Appended first;

    CommandReplayedException(Appended first) {
        super("command " + first.commandId() + " was recorded at position " + first.lastPosition());
        this.first = first;
    }

    /** @return where the events of the first request stand */
    public Appended first() {
        return first;
    }
}

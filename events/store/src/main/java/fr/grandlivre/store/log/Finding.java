package fr.grandlivre.store.log;

/**
 * Something that a re-reading of the ledger found changed.
 *
 * @param position of the event concerned; for a tile the first event under the part that is wrong, for a checkpoint its
 *                 size
 * @param kind     what happened
 * @param detail   how it shows; nothing personal
 */
public record Finding(long position, Kind kind, String detail) {
    /** What can happen to a row. */
    public enum Kind {
        /** No event stands where one was sealed, or where a later one shows that there was one. */
        MISSING,
        /** The event is not the one that was sealed. */
        ALTERED,
        /** The event was sealed at another position. */
        REORDERED,
        /** An event that nobody appended there. */
        EXTRA,
        /** A tile of the log is not what the events give. */
        TILE,
        /** A checkpoint is not what was signed, or does not belong to these events. */
        CHECKPOINT
    }
}

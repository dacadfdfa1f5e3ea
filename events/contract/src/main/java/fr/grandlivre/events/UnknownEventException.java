package fr.grandlivre.events;

/** The ledger holds an event that this code cannot read: a reader must stop, never skip. */
public final class UnknownEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEventException(String type, int version) {
        super("event %s version %d is unknown to this release: install a newer one".formatted(type, version));
    }
}

package fr.grandlivre.query;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import java.util.List;
import java.util.Set;

/**
 * Folds events into the rows of one view. The same code serves the live view and a rebuild: it knows its target only
 * as a {@link ViewSchema}. Writes are absolute; the caller never shows it an event twice.
 */
public interface Projection {
    /** @return name of the view: also of its schema, its processor and its file {@code view/<name>.sql}; no underscore */
    String name();

    /** @return the events it folds */
    Set<Class<? extends LedgerEvent>> reads();

    /** @return whether it needs personal fields opened */
    default boolean readsPersonalFields() {
        return false;
    }

    /** @return raised when the rows that the same events give change: every ledger then builds the view again */
    default int version() {
        return 1;
    }

    /** @return where its rows hold personal fields; such a projection reads {@code PersonErased} and blanks them */
    default List<PersonalColumns> personalColumns() {
        return List.of();
    }

    /** Blanks what an erasure concerns, in its place among the other writes. */
    default void blank(PersonErased erased, long position, Writes writes) {
        PersonalColumns.blank(personalColumns(), erased, position, writes);
    }

    /**
     * @param page events of {@link #reads()}, in position order; may be empty
     * @param view where rows go, inside the caller's transaction
     */
    void apply(List<Recorded> page, ViewSchema view);
}

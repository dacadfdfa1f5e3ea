package fr.grandlivre.query.live;

import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds pages of the ledger into rows of a view, those that are served or those of a rebuild. An event that cannot be
 * folded is put aside with the rest of its stream, under the name of the schema; all other streams go on. Thread-safe.
 */
public final class Folding {
    private static final Logger LOG = LoggerFactory.getLogger(Folding.class);

    /** So many streams are not poisoned one by one: the view itself is broken, and waits for its cure instead. */
    static final int MOST_PARKED_STREAMS = 100;

    private final Projection projection;
    private final RecordedEvents events;
    private final DeadLetters letters;

    public Folding(Projection projection, RecordedEvents events, DeadLetters letters) {
        this.projection = projection;
        this.events = events;
        this.letters = letters;
    }

    /**
     * Inside the caller's transaction.
     *
     * @param page in position order, all of it behind what the rows hold
     * @param into the live schema of the view, or one beside it
     * @throws RuntimeException a failure that may pass, or one of too many streams
     */
    public void fold(List<StoredEvent> page, ViewSchema into) {
        // Most views want nothing of most pages: then nothing is asked of the database.
        if (page.stream().noneMatch(events::wants)) {
            return;
        }
        Tenants.every(into.jdbc());
        fold(page, into, letters.streams(into.name()));
    }

    /** @param parked streams of which something was put aside; grows */
    private void fold(List<StoredEvent> page, ViewSchema into, Set<UUID> parked) {
        List<StoredEvent> free = new ArrayList<>(page.size());
        for (StoredEvent stored : page) {
            if (!parked.contains(stored.stream())) {
                free.add(stored);
            } else if (events.wants(stored)) {
                letters.park(into.name(), stored.stream(), stored.position(), DeadLetters.BEHIND);
            }
        }
        if (free.isEmpty()) {
            return;
        }
        @Nullable
        RuntimeException failure = Poison.attempt(into.jdbc(), () -> projection.apply(events.read(free), into));
        if (failure != null) {
            isolate(free, into, parked, failure);
        }
    }

    /** Halves what fails until the culprit stands alone. */
    private void isolate(List<StoredEvent> page, ViewSchema into, Set<UUID> parked, RuntimeException failure) {
        if (page.size() > 1) {
            int half = page.size() / 2;
            fold(page.subList(0, half), into, parked);
            fold(page.subList(half, page.size()), into, parked);
            return;
        }
        if (parked.size() >= MOST_PARKED_STREAMS) {
            throw failure;
        }
        StoredEvent culprit = page.getFirst();
        if (letters.parkAs(projection.name(), into.name(), culprit, Poison.name(failure))) {
            LOG.error(
                    "View {} cannot fold the event at position {} ({}): its stream is put aside",
                    into.name(),
                    culprit.position(),
                    Poison.place(failure));
            parked.add(culprit.stream());
        }
    }
}

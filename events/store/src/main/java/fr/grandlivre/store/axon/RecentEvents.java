package fr.grandlivre.store.axon;

import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The events that followers of the ledger read last: whoever comes first reads them from the database, the others find
 * them here. Positions have no holes, so an event's place follows from its position. Thread-safe.
 */
final class RecentEvents {
    /** Some 10 MB at most: what a burst leaves for the slowest of the followers. */
    static final int KEPT = 8_000;

    private final LedgerReader reader;
    private final Function<StoredEvent, TrackedEventMessage<?>> message;
    private final ReentrantLock lock = new ReentrantLock();
    private List<TrackedEventMessage<?>> kept = List.of();
    /** Position before the first one kept. */
    private long before;

    RecentEvents(LedgerReader reader, Function<StoredEvent, TrackedEventMessage<?>> message) {
        this.reader = reader;
        this.message = message;
    }

    /** @return at most {@code limit} events after a position, in order; empty when there are none */
    List<TrackedEventMessage<?>> after(long position, int limit) {
        lock.lock();
        try {
            long last = before + kept.size();
            if (position < before) {
                // Far behind, as at a start: these pages are nobody else's.
                return read(position, limit);
            }
            if (position >= last) {
                List<TrackedEventMessage<?>> fresh = read(position, limit);
                keep(position, position == last, fresh);
                return fresh;
            }
            int from = (int) (position - before);
            return List.copyOf(kept.subList(from, Math.min(kept.size(), from + limit)));
        } finally {
            lock.unlock();
        }
    }

    private void keep(long position, boolean continues, List<TrackedEventMessage<?>> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        if (!continues || kept.isEmpty()) {
            kept = fresh;
            before = position;
            return;
        }
        int drop = Math.max(0, kept.size() + fresh.size() - KEPT);
        List<TrackedEventMessage<?>> all = new ArrayList<>(kept.subList(Math.min(drop, kept.size()), kept.size()));
        before += Math.min(drop, kept.size());
        all.addAll(fresh);
        kept = all;
    }

    private List<TrackedEventMessage<?>> read(long position, int limit) {
        List<TrackedEventMessage<?>> page = new ArrayList<>();
        for (StoredEvent stored : reader.page(position, limit)) {
            page.add(message.apply(stored));
        }
        return page;
    }
}

package fr.grandlivre.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates by stream. One that is being decided on stays where it is, marked as taken, until its events are durable:
 * whatever goes wrong in between leaves the mark, and the next command reads the stream again. Entries are not removed to
 * be put back, because a cache that sees a new entry each time forgets how often a stream is used. Thread-safe as long as
 * a stream is locked from {@link #take} to {@link #put}; one per aggregate type.
 */
public final class AggregateCache {
    private final Cache<String, Slot> slots;
    private final AtomicLong cleared = new AtomicLong();

    /** @param maxAggregates how many are kept at most */
    public AggregateCache(long maxAggregates) {
        slots = Caffeine.newBuilder()
                .maximumSize(maxAggregates)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** @return the aggregate, now taken; null when it is not there or its last user never put it back */
    @Nullable
    EventSourcedAggregate<?> take(String stream) {
        Slot slot = slots.getIfPresent(stream);
        if (slot == null || slot.taken) {
            return null;
        }
        slot.taken = true;
        return slot.aggregate;
    }

    /** @return which of the times between two calls of {@link #clear} this is */
    long era() {
        return cleared.get();
    }

    /** Forgets everything, also what is being decided on now: its state may hold fields whose key is gone. */
    void clear() {
        cleared.incrementAndGet();
        slots.invalidateAll();
    }

    /** @param era in which the aggregate was taken, or read */
    @SuppressWarnings("ReferenceEquality") // the very aggregate that was taken, not one like it
    void put(String stream, EventSourcedAggregate<?> aggregate, long era) {
        if (era != cleared.get()) {
            return;
        }
        Slot slot = slots.getIfPresent(stream);
        if (slot != null && slot.aggregate == aggregate) {
            slot.taken = false;
        } else {
            slots.put(stream, new Slot(aggregate));
        }
        if (era != cleared.get()) {
            slots.invalidate(stream);
        }
    }

    /** @return how many aggregates are kept, about */
    public long size() {
        return slots.estimatedSize();
    }

    private static final class Slot {
        private final EventSourcedAggregate<?> aggregate;
        private boolean taken;

        Slot(EventSourcedAggregate<?> aggregate) {
            this.aggregate = aggregate;
        }
    }
}

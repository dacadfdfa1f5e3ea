package fr.grandlivre.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that nobody is deciding on, by stream. An aggregate is taken out to be decided on and put back when its
 * events are durable, so that whatever goes wrong in between leaves nothing stale behind. Thread-safe; one per aggregate
 * type.
 */
public final class AggregateCache {
    private final Cache<String, EventSourcedAggregate<?>> aggregates;

    /** @param maxAggregates how many are kept at most */
    public AggregateCache(long maxAggregates) {
        aggregates = Caffeine.newBuilder()
                .maximumSize(maxAggregates)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** @return the aggregate, no longer in the cache; null when it was not there */
    @Nullable
    EventSourcedAggregate<?> take(String stream) {
        return aggregates.asMap().remove(stream);
    }

    void put(String stream, EventSourcedAggregate<?> aggregate) {
        aggregates.put(stream, aggregate);
    }

    /** @return how many aggregates are kept, about */
    public long size() {
        return aggregates.estimatedSize();
    }
}

package fr.grandlivre.command;

import java.util.UUID;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Loads aggregates and never creates them: a stream without events gives an unborn aggregate, whose decider knows what may
 * happen to nothing. Thread-safe; a stream is locked from loading to the end of its unit of work.
 *
 * @param <T> aggregate type
 */
public final class LedgerRepository<T extends LedgerAggregate<?>> extends EventSourcingRepository<T> {
    private final EventStore store;
    private final AggregateCache cache;

    private LedgerRepository(Builder<T> builder, EventStore store, AggregateCache cache) {
        super(builder);
        this.store = store;
        this.cache = cache;
    }

    /**
     * @param type       aggregate type
     * @param unborn     the aggregate of a stream without events
     * @param parameters what handlers may ask for
     */
    public static <T extends LedgerAggregate<?>> LedgerRepository<T> of(
            Class<T> type,
            Function<UUID, T> unborn,
            EventStore store,
            AggregateCache cache,
            ParameterResolverFactory parameters) {
        Builder<T> builder = EventSourcingRepository.builder(type)
                .aggregateFactory(new Unborn<>(type, unborn))
                .eventStore(store)
                .parameterResolverFactory(parameters);
        return new LedgerRepository<>(builder, store, cache);
    }

    @Override
    @SuppressWarnings("unchecked") // One cache per aggregate type.
    protected EventSourcedAggregate<T> doLoadWithLock(String stream, @Nullable Long expectedVersion) {
        CurrentUnitOfWork.get().getOrComputeResource(eraOf(stream), _ -> cache.era());
        EventSourcedAggregate<?> cached = cache.take(stream);
        return cached != null && Remembered.use() ? (EventSourcedAggregate<T>) cached : fold(stream);
    }

    private EventSourcedAggregate<T> fold(String stream) {
        DomainEventStream events = readEvents(stream);
        EventSourcedAggregate<T> aggregate = EventSourcedAggregate.initialize(
                getAggregateFactory().createAggregateRoot(stream, null),
                aggregateModel(),
                store,
                NoSnapshotTriggerDefinition.TRIGGER);
        if (events.hasNext()) {
            aggregate.initializeState(events);
        }
        return aggregate;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<T> aggregate) {
        // Unborn aggregates stay outside: unknown identifiers, of which a client has as many as it likes, would fill
        // it.
        CurrentUnitOfWork.get().afterCommit(unitOfWork -> {
            Long era = unitOfWork.getResource(eraOf(aggregate.identifierAsString()));
            if (aggregate.version() != null && era != null) {
                cache.put(aggregate.identifierAsString(), aggregate, era);
            }
        });
    }

    private static String eraOf(String stream) {
        return "era/" + stream;
    }

    /** Forgets what is kept in memory; the next command reads its streams again. */
    void forget() {
        cache.clear();
    }

    @Override
    protected void validateOnLoad(Aggregate<T> aggregate, @Nullable Long expectedVersion) {
        // The ledger arbitrates; nobody loads with an expected version.
    }

    private record Unborn<T>(Class<T> type, Function<UUID, T> unborn) implements AggregateFactory<T> {
        @Override
        public T createAggregateRoot(String stream, @Nullable DomainEventMessage<?> firstEvent) {
            return unborn.apply(UUID.fromString(stream));
        }

        @Override
        public Class<T> getAggregateType() {
            return type;
        }
    }
}

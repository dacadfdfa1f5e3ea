package fr.grandlivre.command;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;

/** Axon's fixture for aggregates that are loaded and never created. */
public final class LedgerFixture {
    private LedgerFixture() {}

    /**
     * @param now       what the server's clock says
     * @param resources what the handlers of the aggregate ask for
     */
    public static <T extends LedgerAggregate<?>> FixtureConfiguration<T> of(
            Class<T> type, Function<UUID, T> unborn, Instant now, Object... resources) {
        AggregateTestFixture<T> fixture = new AggregateTestFixture<>(type);
        ServerClock clock = new ServerClock(Clock.fixed(now, ZoneOffset.UTC));
        fixture.registerInjectableResource(clock);
        for (Object resource : resources) {
            fixture.registerInjectableResource(resource);
        }
        // No cache, so that the fixture compares the working aggregate with one folded from its events.
        fixture.registerRepository(LedgerRepository.of(
                type,
                unborn,
                new EmptyStreams(fixture.getEventStore()),
                new AggregateCache(0),
                Aggregates.parameters(type, clock, resources)));
        fixture.registerCommandTargetResolver(Aggregates.TARGET);
        return fixture;
    }

    /** The ledger gives an empty stream where the fixture's store throws. */
    private record EmptyStreams(EventStore store) implements EventStore {
        @Override
        public DomainEventStream readEvents(String stream) {
            try {
                return store.readEvents(stream);
            } catch (AggregateNotFoundException _) {
                return DomainEventStream.of(Stream.empty());
            }
        }

        @Override
        public void publish(List<? extends EventMessage<?>> events) {
            store.publish(events);
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            throw new UnsupportedOperationException("no snapshots");
        }

        @Override
        public TrackingEventStream openStream(TrackingToken token) {
            throw new UnsupportedOperationException("commands follow nothing");
        }

        @Override
        public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
            return store.subscribe(processor);
        }

        @Override
        public Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super EventMessage<?>> interceptor) {
            return store.registerDispatchInterceptor(interceptor);
        }
    }
}

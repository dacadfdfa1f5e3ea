package fr.grandlivre.command;

import fr.grandlivre.events.LedgerEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/** A ledger in memory that arbitrates, keeps receipts and tells positions as the real one does. Thread-safe. */
public final class MemoryLedger implements EventStorageEngine, Receipts, Appends, LedgerHistory {
    private final List<DomainEventMessage<?>> events = new ArrayList<>();
    private final Map<UUID, Outcome.Recorded> receipts = new HashMap<>();
    private final ThreadLocal<Optional<Outcome.Recorded>> latest = ThreadLocal.withInitial(Optional::empty);
    private final Supplier<Instant> clock;
    private int appends;
    private int reads;
    private Runnable beforeAppend = () -> {};

    /** A ledger that records at the machine's time. */
    public MemoryLedger() {
        this(Instant::now);
    }

    /** @param clock gives recordedAt, as the domain's clock does for the real ledger */
    MemoryLedger(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** Puts facts on a stream, as if they had been recorded at the instant. */
    public synchronized void given(Instant recordedAt, UUID stream, LedgerEvent... facts) {
        for (LedgerEvent fact : facts) {
            events.add(new GenericDomainEventMessage<>(
                    "given",
                    stream.toString(),
                    of(stream).size(),
                    new GenericMessage<>(fact, MetaData.emptyInstance()),
                    recordedAt));
        }
    }

    /** Does something ahead of the next append, as another node would. */
    void beforeNextAppend(Runnable act) {
        beforeAppend = () -> {
            beforeAppend = () -> {};
            act.run();
        };
    }

    /** Does something ahead of each append. */
    void beforeEachAppend(Runnable act) {
        beforeAppend = act;
    }

    int appends() {
        return appends;
    }

    int reads() {
        return reads;
    }

    DomainEventMessage<?> last() {
        return events.getLast();
    }

    /** @return an event store over this ledger */
    public AbstractEventStore store() {
        class Store extends AbstractEventStore {
            Store(Builder builder) {
                super(builder);
            }

            @Override
            public TrackingEventStream openStream(TrackingToken token) {
                throw new UnsupportedOperationException("commands follow nothing");
            }
        }
        class Builder extends AbstractEventStore.Builder {}
        return new Store(new Builder().storageEngine(this));
    }

    @Override
    public synchronized void appendEvents(List<? extends EventMessage<?>> batch) {
        appends++;
        beforeAppend.run();
        Map<String, Long> next = new HashMap<>();
        for (EventMessage<?> message : batch) {
            DomainEventMessage<?> event = (DomainEventMessage<?>) message;
            long expected = next.computeIfAbsent(event.getAggregateIdentifier(), stream ->
                    (long) of(UUID.fromString(stream)).size());
            if (event.getSequenceNumber() != expected) {
                throw new ConcurrencyException("somebody else appended first");
            }
            next.put(event.getAggregateIdentifier(), expected + 1);
        }
        Instant recordedAt = clock.get();
        batch.forEach(message -> events.add(at(recordedAt, (DomainEventMessage<?>) message)));
        Outcome.Recorded recorded = new Outcome.Recorded(
                events.size(),
                UUID.fromString(last().getAggregateIdentifier()),
                Math.toIntExact(last().getSequenceNumber()),
                false);
        latest.set(Optional.of(recorded));
        receipts.put(UUID.fromString(CurrentUnitOfWork.get().getMessage().getIdentifier()), recorded);
    }

    private static DomainEventMessage<?> at(Instant recordedAt, DomainEventMessage<?> message) {
        return new GenericDomainEventMessage<>(
                message.getType(),
                message.getAggregateIdentifier(),
                message.getSequenceNumber(),
                new GenericMessage<>(message.getIdentifier(), message.getPayload(), message.getMetaData()),
                recordedAt);
    }

    @Override
    public synchronized Optional<Outcome.Recorded> earlier(UUID commandId, String fingerprint) {
        return Optional.ofNullable(receipts.get(commandId))
                .map(first -> new Outcome.Recorded(first.position(), first.stream(), first.seq(), true));
    }

    @Override
    public <R> Observed<R> observe(Supplier<R> dispatch) {
        latest.remove();
        R result = dispatch.get();
        return new Observed<>(result, latest.get());
    }

    @Override
    public synchronized Facts of(Collection<UUID> streams) {
        return new Facts(
                events.size(),
                events.stream()
                        .map(event -> new Fact(
                                UUID.fromString(event.getAggregateIdentifier()), event.getTimestamp(), (LedgerEvent)
                                        event.getPayload()))
                        .filter(fact -> streams.contains(fact.stream()))
                        .toList());
    }

    @Override
    public synchronized DomainEventStream readEvents(String stream, long firstSequence) {
        reads++;
        return DomainEventStream.of(List.copyOf(events).stream()
                .filter(event ->
                        event.getAggregateIdentifier().equals(stream) && event.getSequenceNumber() >= firstSequence));
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken token, boolean mayBlock) {
        throw new UnsupportedOperationException("commands follow nothing");
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("no snapshots");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return Optional.empty();
    }
}

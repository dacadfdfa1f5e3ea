package fr.grandlivre.store.axon;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.store.AppendRequest;
import fr.grandlivre.store.Appended;
import fr.grandlivre.store.EncodedEvent;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerWriter;
import fr.grandlivre.store.RandomBytes;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.StreamConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the ledger. All events of a unit of work are one append; a token is the position of the last event
 * seen. Thread-safe.
 *
 * <p>A command message carries metadata {@code actor} (UUID), {@code role} and, if they apply, {@code correlationId},
 * {@code causationId} and {@code fingerprint} (base64url); its identifier, a UUID, is the command id.
 */
public final class LedgerEngine implements EventStorageEngine {
    /** Events read at a time by a stream of {@link #readEvents(TrackingToken, boolean)}. */
    static final int PAGE = 1_000;

    private static final int SALT_BYTES = 16;

    private final LedgerWriter writer;
    private final LedgerReader reader;
    private final EventCodec codec;
    private final PersonalVault vault;
    private final PersonalKeys personalKeys;

    /**
     * @param writer appends
     * @param reader reads
     * @param codec  events ↔ bytes
     * @param vault  seals and opens personal fields
     */
    public LedgerEngine(LedgerWriter writer, LedgerReader reader, EventCodec codec, PersonalVault vault) {
        this.writer = writer;
        this.reader = reader;
        this.codec = codec;
        this.vault = vault;
        this.personalKeys = new PersonalKeys(vault, reader, codec);
    }

    /**
     * Appends all events of the current unit of work, durably.
     *
     * @throws ConcurrencyException     when another command was faster on one of the streams; decide again
     * @throws CommandReplayedException when the command was recorded before
     * @throws fr.grandlivre.events.ErasedPersonException when an event names somebody who was erased
     * @throws fr.grandlivre.store.LedgerException for every other reason why nothing was appended
     */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            Appended appended = append(request(events));
            if (appended.replayed()) {
                throw new CommandReplayedException(appended);
            }
            AppendScope.leave(appended);
        } catch (Error defect) {
            // Axon does not roll back on an Error: the cache would keep state that was never recorded.
            throw new IllegalStateException("the append failed", defect);
        }
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return Stream.iterate(
                        reader.page(positionOf(token), PAGE),
                        page -> !page.isEmpty(),
                        page -> reader.page(page.getLast().position(), PAGE))
                .flatMap(List::stream)
                .map(this::tracked);
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (StoredEvent stored :
                reader.stream(UUID.fromString(aggregateIdentifier), Math.toIntExact(firstSequenceNumber))) {
            events.add(domain(stored));
        }
        return DomainEventStream.of(events);
    }

    /** Streams are short by design. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("the ledger has no snapshots");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return reader.lastSeq(UUID.fromString(aggregateIdentifier)).stream()
                .boxed()
                .findFirst();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(reader.head());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return new GlobalSequenceTrackingToken(
                reader.positionAt(dateTime.minusNanos(1_000)).orElse(0));
    }

    /** @return the event as stored: a processor decodes what it wants of it, and opens what it may see */
    TrackedEventMessage<?> tracked(StoredEvent stored) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(stored.position()),
                message(stored, new GenericMessage<>(stored.eventId().toString(), stored, MetaData.emptyInstance())));
    }

    LedgerReader reader() {
        return reader;
    }

    static long positionOf(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        return token.position()
                .orElseThrow(() -> new IllegalArgumentException("a token without a position: " + token.getClass()));
    }

    /** Deciding needs no metadata: it is not parsed. */
    private DomainEventMessage<LedgerEvent> domain(StoredEvent stored) {
        LedgerEvent event = codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), vault);
        return message(stored, new GenericMessage<>(stored.eventId().toString(), event, MetaData.emptyInstance()));
    }

    private static <T> DomainEventMessage<T> message(StoredEvent stored, GenericMessage<T> delegate) {
        return new GenericDomainEventMessage<>(
                feature(stored.type()), stored.stream().toString(), stored.seq(), delegate, stored.recordedAt());
    }

    /** The word before the dot of a wire name. */
    private static String feature(String type) {
        return type.substring(0, type.indexOf('.'));
    }

    private Appended append(AppendRequest request) {
        try {
            return writer.append(request).get();
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case StreamConflictException conflict -> new ConcurrencyException(conflict.getMessage(), conflict);
                case RuntimeException other -> other;
                case null, default -> new IllegalStateException("the append failed", failure);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the ledger was writing: ask again with the same id");
        }
    }

    private AppendRequest request(List<? extends EventMessage<?>> events) {
        if (!CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException("events are recorded by a command, not published directly");
        }
        CommandMetadata command = CommandMetadata.of(CurrentUnitOfWork.get().getMessage());
        personalKeys.ensure(events);
        Map<UUID, Growth> streams = new LinkedHashMap<>();
        for (EventMessage<?> event : events) {
            if (!(event instanceof DomainEventMessage<?> domain)) {
                throw new IllegalArgumentException("an event without a stream: " + event.getPayloadType());
            }
            streams.computeIfAbsent(
                            UUID.fromString(domain.getAggregateIdentifier()),
                            _ -> new Growth(Math.toIntExact(domain.getSequenceNumber()), new ArrayList<>()))
                    .events()
                    .add(encoded(domain, command));
        }
        List<StreamAppend> appends = new ArrayList<>(streams.size());
        streams.forEach((stream, growth) -> appends.add(new StreamAppend(stream, growth.firstSeq(), growth.events())));
        return new AppendRequest(command.commandId(), command.fingerprint(), appends);
    }

    private record Growth(int firstSeq, List<EncodedEvent> events) {}

    private EncodedEvent encoded(DomainEventMessage<?> message, CommandMetadata command) {
        if (!(message.getPayload() instanceof LedgerEvent event)) {
            throw new IllegalArgumentException(message.getPayloadType() + " is no event of the ledger");
        }
        UUID eventId = UUID.fromString(message.getIdentifier());
        EventCatalog.Entry entry = codec.catalog().of(event.getClass());
        EventMetadata metadata = new EventMetadata(
                command.actor(),
                command.causationId(),
                command.commandId(),
                command.correlationId(),
                command.role(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(RandomBytes.next(SALT_BYTES)));
        return new EncodedEvent(
                eventId,
                entry.name(),
                entry.version(),
                codec.encodeMetadata(metadata),
                codec.encode(eventId, event, vault));
    }
}

package fr.grandlivre.query.audit;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.upcast.Upcasts;
import fr.grandlivre.store.EventFilter;
import fr.grandlivre.store.FilteredPage;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The ledger itself for auditors: events as stored, personal fields sealed. Thread-safe. */
public final class LedgerQueries {
    /** Policies answer within moments: causes and effects stand so near, in positions. */
    private static final long CHAIN_REACH = 20_000;

    /** Most events of one chain that are shown: a session of 200 candidates has fewer. */
    private static final int LONGEST_CHAIN = 1_000;

    private static final String SCHEDULED = "session.scheduled";
    private static final String FINALISED = "session.finalised";

    /** Stands for the access code of a session that is not over. */
    private static final String MASKED = "…";

    private final LedgerReader ledger;
    private final EventCodec codec;

    public LedgerQueries(LedgerReader ledger, EventCodec codec) {
        this.ledger = ledger;
        this.codec = codec;
    }

    /** @return position of the last event; 0 for an empty ledger */
    public long head() {
        return ledger.head();
    }

    /**
     * @param filter        which events
     * @param afterPosition events up to this one are left out; 0 for the first page
     * @param upToPosition  last position looked at: the same for all pages of one search
     * @param limit         1..100
     */
    public Page page(EventFilter filter, long afterPosition, long upToPosition, int limit) {
        FilteredPage page = ledger.filtered(filter, afterPosition, upToPosition, limit);
        return new Page(entries(page.events()), page.lookedUpTo(), page.complete());
    }

    /** @return the event at a position; empty beyond the head */
    public Optional<EventEntry> at(long position) {
        return ledger.at(position).map(this::entry);
    }

    /** @return where the event with an id stands; empty when there is none */
    public OptionalLong positionOf(UUID eventId) {
        return ledger.position(eventId);
    }

    /** @return wire names of all kinds of events, sorted */
    public List<String> types() {
        return codec.catalog().entries().stream()
                .map(EventCatalog.Entry::name)
                .sorted()
                .toList();
    }

    /** @return the event at a position with what stands around it; empty beyond the head */
    public Optional<EventInContext> inContext(long position) {
        return ledger.at(position).map(this::inContext);
    }

    private EventInContext inContext(StoredEvent stored) {
        EventEntry event = entry(stored);
        long from = Math.max(0, event.position() - CHAIN_REACH);
        long to = Math.min(ledger.head(), event.position() + CHAIN_REACH);
        EventFilter chain =
                new EventFilter(null, null, null, null, null, event.metadata().correlationId());
        List<EventEntry> related = entries(
                        ledger.filtered(chain, from, to, LONGEST_CHAIN).events())
                .stream()
                .filter(other -> other.position() != event.position())
                .toList();
        List<EventEntry> stream = ledger.stream(event.stream(), Math.max(0, event.seq() - 1)).stream()
                .limit(3)
                .map(this::entry)
                .toList();
        int current = codec.catalog().named(event.type()).orElseThrow().version();
        return new EventInContext(
                event,
                current,
                Upcasts.toCurrent(event.type(), event.version(), current, shown(stored))
                        .toString(),
                stream.stream().filter(other -> other.seq() == event.seq() - 1).findFirst(),
                stream.stream().filter(other -> other.seq() == event.seq() + 1).findFirst(),
                related.stream()
                        .filter(other -> other.eventId().equals(event.metadata().causationId()))
                        .findFirst(),
                related.stream()
                        .filter(other -> other.metadata()
                                .commandId()
                                .equals(event.metadata().commandId()))
                        .toList(),
                related.stream()
                        .filter(other -> event.eventId().equals(other.metadata().causationId()))
                        .toList(),
                from + 1,
                to);
    }

    EventEntry entry(StoredEvent stored) {
        return entries(List.of(stored)).getFirst();
    }

    private List<EventEntry> entries(List<StoredEvent> page) {
        Set<UUID> open = open(page);
        return page.stream().map(stored -> entry(stored, open)).toList();
    }

    private EventEntry entry(StoredEvent stored, Set<UUID> open) {
        EventMetadata metadata = codec.decodeMetadata(stored.metadata());
        return new EventEntry(
                stored.position(),
                stored.stream(),
                stored.seq(),
                stored.eventId(),
                stored.type(),
                stored.version(),
                stored.recordedAt(),
                metadata,
                isMasked(stored, open)
                        ? masked(stored).toString()
                        : new String(stored.payload(), StandardCharsets.UTF_8));
    }

    private ObjectNode shown(StoredEvent stored) {
        return isMasked(stored, open(List.of(stored))) ? masked(stored) : codec.readTree(stored.payload());
    }

    private ObjectNode masked(StoredEvent stored) {
        return codec.readTree(stored.payload()).put("accessCode", MASKED);
    }

    private static boolean isMasked(StoredEvent stored, Set<UUID> open) {
        return stored.type().equals(SCHEDULED) && open.contains(stored.stream());
    }

    /** @return the sessions among the events that are not over: whoever reads the code of one could enter it */
    private Set<UUID> open(List<StoredEvent> page) {
        Set<UUID> sessions = page.stream()
                .filter(stored -> stored.type().equals(SCHEDULED))
                .map(StoredEvent::stream)
                .collect(Collectors.toSet());
        if (!sessions.isEmpty()) {
            ledger.streams(sessions, Long.MAX_VALUE).stream()
                    .filter(stored -> stored.type().equals(FINALISED))
                    .forEach(stored -> sessions.remove(stored.stream()));
        }
        return sessions;
    }

    /**
     * @param events     in position order; a page may be short although more follow
     * @param lookedUpTo the next page begins after it
     * @param complete   whether nothing is left to look at
     */
    public record Page(List<EventEntry> events, long lookedUpTo, boolean complete) {}
}

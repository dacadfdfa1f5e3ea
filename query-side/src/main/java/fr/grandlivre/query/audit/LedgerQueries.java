package fr.grandlivre.query.audit;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.store.EventFilter;
import fr.grandlivre.store.FilteredPage;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The ledger itself for auditors: events as stored, personal fields sealed. Thread-safe. */
public final class LedgerQueries {
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
        return new Page(page.events().stream().map(this::entry).toList(), page.lookedUpTo(), page.complete());
    }

    /** @return the event at a position; empty beyond the head */
    public Optional<EventEntry> at(long position) {
        return ledger.at(position).map(this::entry);
    }

    private EventEntry entry(StoredEvent stored) {
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
                new String(stored.payload(), StandardCharsets.UTF_8));
    }

    /**
     * @param events     in position order; a page may be short although more follow
     * @param lookedUpTo the next page begins after it
     * @param complete   whether nothing is left to look at
     */
    public record Page(List<EventEntry> events, long lookedUpTo, boolean complete) {}
}

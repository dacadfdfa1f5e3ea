package fr.grandlivre.command;

import fr.grandlivre.events.LedgerEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The facts of other streams that a decision rests on without adding to them. Personal fields are opened. Implemented over
 * the ledger, never over a read model; safe for use by many threads.
 */
public interface LedgerHistory {
    /** @return the events of the streams as of one position; streams without events are allowed */
    Facts of(Collection<UUID> streams);

    /** @return the events of one stream in order; empty when it has none */
    default List<LedgerEvent> of(UUID stream) {
        return of(List.of(stream)).facts().stream().map(Fact::event).toList();
    }

    /**
     * @param position every event up to this position was seen, none after it
     * @param facts    of all the streams, in order of position
     */
    record Facts(long position, List<Fact> facts) {}

    /**
     * @param stream     where it stands
     * @param recordedAt when it was recorded
     * @param event      what happened
     */
    record Fact(UUID stream, Instant recordedAt, LedgerEvent event) {}
}

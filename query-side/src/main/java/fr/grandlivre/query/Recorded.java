package fr.grandlivre.query;

import fr.grandlivre.events.LedgerEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * An event as the ledger holds it, read into today's record.
 *
 * @param position   place in the ledger, from 1, without holes
 * @param stream     whose event it is
 * @param seq        place in the stream, from 0, without holes
 * @param eventId    its id
 * @param recordedAt when it was recorded; never goes back along positions
 * @param event      what happened
 */
public record Recorded(long position, UUID stream, int seq, UUID eventId, Instant recordedAt, LedgerEvent event) {}

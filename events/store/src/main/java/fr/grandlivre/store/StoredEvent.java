package fr.grandlivre.store;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in the ledger.
 *
 * @param position   dense, from 1, in the order of commits
 * @param stream     the stream it belongs to
 * @param seq        its place in the stream, from 0
 * @param eventId    id of the event
 * @param type       wire name as stored
 * @param version    version as stored
 * @param recordedAt whole milliseconds; never goes back along positions
 * @param metadata   bytes as hashed; not copied
 * @param payload    bytes as hashed; not copied
 */
public record StoredEvent(
        long position,
        UUID stream,
        int seq,
        UUID eventId,
        String type,
        int version,
        Instant recordedAt,
        byte[] metadata,
        byte[] payload) {}

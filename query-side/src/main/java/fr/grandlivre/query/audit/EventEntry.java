package fr.grandlivre.query.audit;

import fr.grandlivre.events.EventMetadata;
import java.time.Instant;
import java.util.UUID;

/**
 * One event as an auditor sees it.
 *
 * @param position   place in the ledger
 * @param stream     whose event it is
 * @param seq        place in the stream
 * @param eventId    its id
 * @param type       wire name
 * @param version    version as stored
 * @param recordedAt when it was recorded
 * @param metadata   who, in what capacity, caused by what
 * @param payload    canonical JSON as stored; personal fields are ciphertext
 */
public record EventEntry(
        long position,
        UUID stream,
        int seq,
        UUID eventId,
        String type,
        int version,
        Instant recordedAt,
        EventMetadata metadata,
        String payload) {}

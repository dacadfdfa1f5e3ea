package fr.grandlivre.store;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the transparency log needs it: its bytes only as hashes.
 *
 * @param position     dense, from 1
 * @param stream       the stream it belongs to
 * @param seq          its place in the stream, from 0
 * @param eventId      id of the event
 * @param type         wire name as stored
 * @param version      version as stored
 * @param recordedAt   whole milliseconds
 * @param metadataHash SHA-256 of the metadata's bytes; not copied
 * @param payloadHash  SHA-256 of the payload's bytes; not copied
 */
public record HashedEvent(
        long position,
        UUID stream,
        int seq,
        UUID eventId,
        String type,
        int version,
        Instant recordedAt,
        byte[] metadataHash,
        byte[] payloadHash) {}

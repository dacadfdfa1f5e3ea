package fr.grandlivre.store;

import java.util.UUID;

/**
 * An event in the bytes in which it will be kept and hashed.
 *
 * @param eventId  id of the event; unique by construction (version 7)
 * @param type     wire name
 * @param version  version of the wire name, at least 1
 * @param metadata canonical JSON; not copied, must not change any more
 * @param payload  canonical JSON; not copied, must not change any more
 */
public record EncodedEvent(UUID eventId, String type, int version, byte[] metadata, byte[] payload) {
    int size() {
        return metadata.length + payload.length;
    }
}

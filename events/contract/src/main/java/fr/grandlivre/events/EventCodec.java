package fr.grandlivre.events;

import fr.grandlivre.events.upcast.Upcasts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event records ↔ payload bytes. The bytes are canonical JSON (RFC 8785) when written and are stored, hashed and sent
 * as they are: nothing re-encodes them. Thread-safe.
 */
public final class EventCodec {
    private final EventCatalog catalog;
    private final JsonMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader trees;

    public EventCodec(EventCatalog catalog) {
        this.catalog = catalog;
        this.mapper = CanonicalJson.mapper();
        this.writer = mapper.writer();
        this.trees = mapper.readerFor(ObjectNode.class);
    }

    /** @return the catalogue whose events this codec reads and writes */
    public EventCatalog catalog() {
        return catalog;
    }

    /**
     * @param eventId the id the event will have; sealed fields are bound to it
     * @param event   a record of the catalogue
     * @param vault   seals the personal fields
     * @return canonical JSON
     */
    public byte[] encode(UUID eventId, LedgerEvent event, PersonalVault vault) {
        EventCatalog.Entry entry = catalog.of(event.getClass());
        return writer.withAttribute(
                        PersonalFields.CONTEXT,
                        new PersonalFields.Context(eventId, entry.name(), entry.version(), vault))
                .writeValueAsBytes(event);
    }

    /**
     * @param eventId the event's id
     * @param type    wire name as stored
     * @param version version as stored
     * @param payload bytes as stored
     * @param vault   opens the personal fields; without one they stay {@link Personal.Closed}
     * @return today's record of the event
     * @throws UnknownEventException when the type, or a version newer than this code, is unknown
     */
    public LedgerEvent decode(UUID eventId, String type, int version, byte[] payload, @Nullable PersonalVault vault) {
        EventCatalog.Entry entry = catalog.named(type)
                .filter(known -> version <= known.version())
                .orElseThrow(() -> new UnknownEventException(type, version));
        PersonalFields.Context context = new PersonalFields.Context(eventId, type, version, vault);
        ObjectReader reader = mapper.readerFor(entry.type()).withAttribute(PersonalFields.CONTEXT, context);
        if (version == entry.version()) {
            return reader.readValue(payload);
        }
        ObjectNode opened = PersonalFields.opened(readTree(payload), context, mapper);
        return reader.readValue(Upcasts.toCurrent(type, version, entry.version(), opened));
    }

    /** @return canonical JSON of the metadata */
    public byte[] encodeMetadata(EventMetadata metadata) {
        return writer.writeValueAsBytes(metadata);
    }

    /** @return the metadata of stored bytes */
    public EventMetadata decodeMetadata(byte[] bytes) {
        return mapper.readValue(bytes, EventMetadata.class);
    }

    /** @return the payload as a tree, sealed fields still sealed */
    public ObjectNode readTree(byte[] payload) {
        return trees.readValue(payload);
    }
}

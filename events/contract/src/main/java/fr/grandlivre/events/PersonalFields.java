package fr.grandlivre.events;

import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** How {@link Personal} components are written, read, and opened ahead of an upcast. */
final class PersonalFields {
    static final Object CONTEXT = Context.class;

    /** The component that holds them, in every event. */
    private static final String SEALED = "sealed";

    private static final String OPENED = "opened";
    private static final String ERASED = "erased";
    private static final String PERSON = "person";

    private PersonalFields() {}

    /** The event that is being written or read. */
    record Context(
            UUID eventId,
            String type,
            int version,
            @Nullable PersonalVault vault) {
        FieldContext of(DataClass dataClass) {
            return new FieldContext(eventId, type, version, dataClass);
        }
    }

    /** Replaces the ciphertext of an old version by its fields, so that upcasts see all of the event. */
    static ObjectNode opened(ObjectNode payload, Context context, JsonMapper mapper) {
        PersonalVault vault = context.vault();
        if (vault == null || !(payload.get(SEALED) instanceof ObjectNode sealed)) {
            return payload;
        }
        for (Map.Entry<String, JsonNode> field : sealed.properties()) {
            DataClass dataClass = dataClass(field.getKey());
            ObjectNode replacement = mapper.createObjectNode();
            vault.open(context.of(dataClass), sealedField(field.getValue()))
                    .ifPresentOrElse(
                            opened -> replacement
                                    .put(PERSON, opened.person().toString())
                                    .set(OPENED, mapper.readTree(opened.plaintext())),
                            () -> replacement.put(ERASED, true));
            field.setValue(replacement);
        }
        return payload;
    }

    private static DataClass dataClass(String name) {
        return new DataClass(name);
    }

    private static SealedField sealedField(JsonNode node) {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new SealedField(
                UUID.fromString(node.get("kid").asString()),
                base64.decode(node.get("iv").asString()),
                base64.decode(node.get("ct").asString()));
    }

    /** Writes {@code {"<class>":{"ct":…,"iv":…,"kid":…}}}. */
    @SuppressWarnings("rawtypes")
    static final class Writer extends StdSerializer<Personal> {
        Writer() {
            super(Personal.class);
        }

        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            switch ((Personal<?>) value) {
                case Personal.Clear<?>(UUID person, PersonalData data) -> {
                    Context event = (Context) context.getAttribute(CONTEXT);
                    if (event == null || event.vault() == null) {
                        throw new IllegalStateException("personal fields are written by EventCodec only");
                    }
                    FieldContext field = event.of(data.dataClass());
                    write(json, field.className(), event.vault().seal(field, person, CanonicalJson.bytes(data)));
                }
                case Personal.Closed<?>(DataClass dataClass, SealedField field) -> write(json, dataClass.name(), field);
                case Personal.Erased<?> _ -> throw new IllegalStateException("erased fields cannot be written again");
            }
        }

        private static void write(JsonGenerator json, String className, SealedField field) {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            json.writeStartObject();
            json.writeName(className);
            json.writeStartObject();
            json.writeStringProperty("ct", base64.encodeToString(field.ciphertext()));
            json.writeStringProperty("iv", base64.encodeToString(field.iv()));
            json.writeStringProperty("kid", field.kid().toString());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    /** Reads what {@link Writer} wrote, or what {@link #opened} left. */
    @SuppressWarnings("rawtypes")
    static final class Reader extends ValueDeserializer<Personal> {
        private final @Nullable JavaType data;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JavaType data) {
            this.data = data;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            JavaType personal = property == null ? context.getContextualType() : property.getType();
            return new Reader(personal.containedType(0));
        }

        @Override
        public Personal deserialize(JsonParser parser, DeserializationContext context) {
            ObjectNode node = context.readTree(parser).asObject();
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            JsonNode field = only.getValue();
            if (field.has(ERASED)) {
                return new Personal.Erased<>();
            }
            if (field.has(OPENED)) {
                return clear(UUID.fromString(field.get(PERSON).asString()), CanonicalJson.bytes(field.get(OPENED)));
            }
            DataClass dataClass = dataClass(only.getKey());
            SealedField sealed = sealedField(field);
            Context event = (Context) context.getAttribute(CONTEXT);
            if (event == null || event.vault() == null) {
                return new Personal.Closed<>(dataClass, sealed);
            }
            return event.vault()
                    .open(event.of(dataClass), sealed)
                    .<Personal<?>>map(opened -> clear(opened.person(), opened.plaintext()))
                    .orElseGet(Personal.Erased::new);
        }

        private Personal<?> clear(UUID person, byte[] plaintext) {
            PersonalData fields = CanonicalJson.mapper().readValue(plaintext, data);
            return new Personal.Clear<>(person, fields);
        }
    }
}

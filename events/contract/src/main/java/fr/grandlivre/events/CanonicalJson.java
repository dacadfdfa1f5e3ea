package fr.grandlivre.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one way in which Grand Livre writes JSON that is hashed: RFC 8785 for values without floats, whose text holds no
 * control character but tab, LF and CR. Every feature that touches bytes is set here, none is left to a default.
 */
public final class CanonicalJson {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(inclusion -> inclusion
                    .withValueInclusion(JsonInclude.Include.NON_NULL)
                    .withContentInclusion(JsonInclude.Include.NON_NULL))
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            // An older release reads a newer event of the same version: additive fields are not its business.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule("grand-livre")
                    .addSerializer(new InstantSerializer())
                    .addSerializer(new PersonalFields.Writer())
                    .addDeserializer(Personal.class, new PersonalFields.Reader()))
            .build();

    private CanonicalJson() {}

    /** @return canonical JSON of a record, map or list */
    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** @return the tree of what {@link #bytes} wrote */
    public static JsonNode tree(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /** @return UTC with exactly three decimals, as canonical JSON writes it */
    public static String instant(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** UTC with exactly three decimals: {@code 2026-06-01T08:00:00.000Z}. */
    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            if (value.getNano() % 1_000_000 != 0) {
                throw new IllegalArgumentException("an instant of the ledger has whole milliseconds");
            }
            json.writeString(instant(value));
        }
    }
}

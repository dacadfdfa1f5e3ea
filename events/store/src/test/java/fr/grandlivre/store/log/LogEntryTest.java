package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The vector that other implementations were checked against. */
class LogEntryTest {
    private static final String PAYLOAD = """
        {"certificateId":"018f0000-0000-4000-8000-0000000000c1","code":"P-234567","sealed":{"identity":{"ct":"uXbf6CICrU8zRjUKv2hgSyu2sLLFbZfrTNK2YgmYu2qaf359U_6bBB32T-3u8IvN8rqPWc-ZpLMfiaxCHIcZcEeUweY3Dx5ui28lalHvA0UyZmebxcaR4GNMqIx42hDFtaF9CGkWVAe1XA","iv":"QEFCQ0RFRkdISUpL","kid":"018f0000-0000-4000-8000-000000000001"}}}\
        """;
    private static final String METADATA = """
        {"actor":"018f0000-0000-4000-8000-0000000000ac","commandId":"018f0000-0000-4000-8000-0000000000d1","correlationId":"018f0000-0000-4000-8000-0000000000d1","role":"jury","salt":"AAECAwQFBgcICQoLDA0ODw"}\
        """;
    private static final String ENTRY = """
        {"eventId":"018f0000-0000-4000-8000-0000000000e1","meta":"D37SSMPa9jRzpcnIcwd3QH2aZ5OvPBSGYL-RrhVtCD8","payload":"pwVPg6XE_PM_bBmxqJaUxVc_1hNm8qZmk8PdeM6D4Ck","recordedAt":"2026-06-01T08:00:00.000Z","seq":0,"stream":"018f0000-0000-4000-8000-0000000000c1","type":"certificate.issued","v":1,"version":1}\
        """;

    private final LogEntry entries = new LogEntry();

    private static StoredEvent event(Instant recordedAt) {
        return new StoredEvent(
                73,
                UUID.fromString("018f0000-0000-4000-8000-0000000000c1"),
                0,
                UUID.fromString("018f0000-0000-4000-8000-0000000000e1"),
                "certificate.issued",
                1,
                recordedAt,
                METADATA.getBytes(StandardCharsets.UTF_8),
                PAYLOAD.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_entry_and_its_leaf_hash_are_those_of_the_published_vector() {
        StoredEvent event = event(Instant.parse("2026-06-01T08:00:00Z"));
        assertThat(new String(entries.of(event), StandardCharsets.UTF_8)).isEqualTo(ENTRY);
        assertThat(Base64.getEncoder().encodeToString(entries.leafHash(event)))
                .isEqualTo("cFKxVTczn9qmvJnmrRgKaNpUwmAyPCH7bAgdHfN6cWE=");
    }

    @Test
    void a_change_of_a_microsecond_shows() {
        assertThat(new String(entries.of(event(Instant.parse("2026-06-01T08:00:00.000001Z"))), StandardCharsets.UTF_8))
                .contains("\"recordedAt\":\"2026-06-01T08:00:00.000001000Z\"");
    }

    @Test
    void a_type_of_any_length_fits() {
        String type = "a".repeat(5_000);
        StoredEvent stored = event(Instant.EPOCH);
        assertThat(entries.of(new StoredEvent(
                        1,
                        stored.stream(),
                        Integer.MAX_VALUE,
                        stored.eventId(),
                        type,
                        Integer.MAX_VALUE,
                        Instant.EPOCH,
                        stored.metadata(),
                        stored.payload())))
                .asString(StandardCharsets.UTF_8)
                .contains("\"type\":\"" + type + "\"")
                .endsWith("\"version\":2147483647}");
    }
}

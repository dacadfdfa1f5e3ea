package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.TransparencyLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read back from Parquet is what stands in the export. */
class ParquetExportTest {
    private static final Instant RECORDED = Instant.parse("2022-05-16T06:00:00.125Z");

    @TempDir
    Path folder;

    @BeforeEach
    void duckDbRunsHere() {
        try (Connection duck = ParquetExport.open()) {
            assertThat(duck.isValid(1)).isTrue();
        } catch (SQLException | LinkageError unable) {
            String reason = "NOT RUN: DuckDB does not run on this machine: " + unable.getMessage();
            System.out.println(reason);
            assumeTrue(false, reason);
        }
    }

    private List<StoredEvent> exported(int count) throws IOException {
        List<StoredEvent> events = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            StoredEvent event = new StoredEvent(
                    i,
                    new UUID(1, i % 3),
                    i / 3,
                    new UUID(2, i),
                    "evaluation.answer-recorded",
                    1,
                    RECORDED.plusMillis(i),
                    "{\"actor\":\"é\",\"n\":%d}".formatted(i).getBytes(StandardCharsets.UTF_8),
                    "{\"big\":9007199254740993,\"deep\":{\"list\":[1,null,\"'\\\"\"]},\"n\":%d}"
                            .formatted(i)
                            .getBytes(StandardCharsets.UTF_8));
            events.add(event);
            lines.append("{\"entry\":%s,\"meta\":%s,\"payload\":%s,\"position\":%d}\n"
                    .formatted(text(TransparencyLog.entry(event)), text(event.metadata()), text(event.payload()), i));
        }
        String name = "ledger-1-%d.jsonl".formatted(count);
        Files.writeString(folder.resolve(name), lines);
        manifest("jsonl", name, count);
        return events;
    }

    private void manifest(String format, String name, int count) throws IOException {
        Files.write(
                folder.resolve(LedgerExport.MANIFEST),
                CanonicalJson.bytes(new LedgerExport.Manifest(
                        format, 1, count, count, List.of(new LedgerExport.File(name, 0, "")), null, RECORDED)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void every_event_comes_back_as_it_was_hashed() throws Exception {
        List<StoredEvent> events = exported(500);
        Path parquet = ParquetExport.write(folder);
        try (Connection duck = ParquetExport.open();
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM '" + ParquetExport.quoted(parquet) + "'")) {
            for (StoredEvent event : events) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong("position")).isEqualTo(event.position());
                assertThat(row.getObject("event_id", UUID.class)).isEqualTo(event.eventId());
                assertThat(row.getObject("stream", UUID.class)).isEqualTo(event.stream());
                assertThat(row.getInt("seq")).isEqualTo(event.seq());
                assertThat(row.getString("type")).isEqualTo(event.type());
                assertThat(row.getObject("recorded_at", OffsetDateTime.class).toInstant())
                        .isEqualTo(event.recordedAt());
                assertThat(row.getString("meta")).isEqualTo(text(event.metadata()));
                assertThat(row.getString("payload")).isEqualTo(text(event.payload()));
                assertThat(digests(event.payload())).contains(row.getString("payload_sha256"));
                assertThat(digests(event.metadata())).contains(row.getString("meta_sha256"));
            }
            assertThat(row.next()).isFalse();
        }
    }

    private static Set<String> digests(byte[] bytes) throws Exception {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
        return Set.of(
                HexFormat.of().formatHex(sha256),
                Base64.getEncoder().encodeToString(sha256),
                Base64.getUrlEncoder().withoutPadding().encodeToString(sha256));
    }

    @Test
    void what_is_no_export_in_jsonl_is_refused_and_so_is_one_that_lacks_events() throws Exception {
        assertThatThrownBy(() -> ParquetExport.write(folder)).isInstanceOf(IllegalArgumentException.class);
        manifest("cloudevents", "ledger-1-2.cloudevents", 2);
        assertThatThrownBy(() -> ParquetExport.write(folder)).isInstanceOf(IllegalArgumentException.class);
        exported(2);
        manifest("jsonl", "ledger-1-2.jsonl", 3);
        assertThatThrownBy(() -> ParquetExport.write(folder)).hasMessageContaining("the manifest says 3");
    }
}

package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LedgerExportTest {
    private static final int EVENTS = 700;
    private static final long SEED = new Random().nextLong();
    private static final Instant MADE = Instant.parse("2026-06-01T08:00:00.000Z");

    private static LedgerExport.Manifest export(SealedLedger sealed, LedgerExport.Format format, Path folder) {
        long head = sealed.ledger().reader().head();
        return new LedgerExport(sealed.ledger().reader(), sealed.log())
                .write(
                        new LedgerExport.Wish(format, 1, head, "https://ledger.example.fr/ledger"),
                        folder,
                        MADE,
                        _ -> {});
    }

    @Test
    void an_export_proves_itself_and_an_altered_one_gives_itself_away(@TempDir Path directory, @TempDir Path folder)
            throws IOException {
        try (SealedLedger sealed = new SealedLedger(directory)) {
            sealed.append(EVENTS, new Random(SEED));
            sealed.seal();
            sealed.awaitSealed();
            LedgerExport.Manifest manifest = export(sealed, LedgerExport.Format.JSONL, folder);
            ExportCheck.Found clean = ExportCheck.of(folder, sealed.log().keys());
            assertThat(clean.findings()).as("seed %d", SEED).isEmpty();
            assertThat(clean.rootCompared()).isTrue();
            assertThat(clean.count()).isEqualTo(manifest.count());
            assertThat(LedgerExport.manifest(folder)).contains(manifest);
            assertThat(LedgerExport.manifest(directory)).isEmpty();

            Path lines = folder.resolve(manifest.files().getFirst().name());
            List<String> written = Files.readAllLines(lines);
            JsonNode line = CanonicalJson.tree(written.get(5).getBytes(StandardCharsets.UTF_8));
            assertThat(line.propertyNames()).containsExactly("entry", "meta", "payload", "position");
            assertThat(line.get("position").asLong()).isEqualTo(6);

            Files.write(lines, written.subList(1, written.size()));
            assertThat(ExportCheck.of(folder, sealed.log().keys()).findings())
                    .anySatisfy(finding -> assertThat(finding).contains("position 2 follows 0"))
                    .anySatisfy(finding -> assertThat(finding).contains("digest"));
            written.set(9, written.get(9).replaceFirst("\"seq\":\\d+", "\"seq\":99"));
            Files.write(lines, written);
            assertThat(ExportCheck.of(folder, sealed.log().keys()).findings())
                    .anySatisfy(finding -> assertThat(finding).contains("the root at"));
        }
    }

    @Test
    void events_are_written_as_cloud_events_when_asked_so(@TempDir Path directory, @TempDir Path folder)
            throws IOException {
        try (SealedLedger sealed = new SealedLedger(directory)) {
            sealed.append(3, new Random(SEED));
            LedgerExport.Manifest manifest = export(sealed, LedgerExport.Format.CLOUDEVENTS, folder);
            assertThat(manifest.checkpoint()).as("nothing is sealed").isNull();
            List<String> written = Files.readAllLines(
                    folder.resolve(manifest.files().getFirst().name()));
            JsonNode event = CanonicalJson.tree(written.get(1).getBytes(StandardCharsets.UTF_8));
            assertThat(event.get("specversion").asString()).isEqualTo("1.0");
            assertThat(event.get("position").asString()).isEqualTo("2");
            assertThat(event.get("type").asString())
                    .startsWith("fr.grandlivre.")
                    .contains(".v");
            assertThat(event.propertyNames()).contains("id", "source", "subject", "time", "data");
            assertThat(ExportCheck.of(folder, List.of()).clean()).isTrue();
        }
    }
}

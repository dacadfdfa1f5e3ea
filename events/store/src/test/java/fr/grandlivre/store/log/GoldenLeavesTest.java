package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log hashes of every event ever written. A file is added, never edited, never deleted. */
class GoldenLeavesTest {
    private static final Path WIRE = Path.of("../contract/src/test/resources/wire");
    private static final Path LEAVES = Path.of("src/test/resources/leaf");
    private static final UUID EVENT_ID = UUID.fromString("018f0000-0000-4000-8000-0000000000e1");
    private static final UUID STREAM = UUID.fromString("018f0000-0000-4000-8000-0000000000c1");
    private static final Instant RECORDED_AT = Instant.parse("2026-06-01T08:00:00.000Z");

    private static final String METADATA = """
        {"actor":"018f0000-0000-4000-8000-0000000000ac","commandId":"018f0000-0000-4000-8000-0000000000d1","correlationId":"018f0000-0000-4000-8000-0000000000d1","role":"jury","salt":"AAECAwQFBgcICQoLDA0ODw"}\
        """;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(WIRE)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_leaf_of_a_golden_file_never_changes(Path wire) throws IOException {
        String name = wire.getFileName().toString().replaceFirst("\\.json$", "");
        int mark = name.lastIndexOf(".v");
        StoredEvent event = new StoredEvent(
                1,
                STREAM,
                0,
                EVENT_ID,
                name.substring(0, mark),
                Integer.parseInt(name.substring(mark + 2)),
                RECORDED_AT,
                METADATA.getBytes(StandardCharsets.UTF_8),
                Files.readAllBytes(wire));
        LogEntry entries = new LogEntry();
        String leaf = "{\"entry\":%s,\"leafHash\":\"%s\",\"metadata\":%s}"
                .formatted(
                        new String(entries.of(event), StandardCharsets.UTF_8),
                        Base64.getEncoder().encodeToString(entries.leafHash(event)),
                        METADATA);
        Path golden = LEAVES.resolve(name + ".leaf.json");
        if (Boolean.getBoolean("golden.add") && !Files.exists(golden)) {
            Files.createDirectories(LEAVES);
            Files.writeString(golden, leaf);
        }
        assertThat(golden)
                .as("run once with -Dgolden.add=true to add a new file")
                .exists();
        assertThat(leaf).isEqualTo(Files.readString(golden));
    }
}

package fr.grandlivre.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.GivenAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every event ever written. A file is added, never edited, never deleted. */
class GoldenFilesTest {
    private static final Path WIRE = Path.of("src/test/resources/wire");

    private final TestVault vault = new TestVault();
    private final EventCodec codec = new EventCodec(EventCatalog.standard());

    static List<LedgerEvent> samples() {
        return Samples.all();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(WIRE)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_is_written_as_its_golden_file_says(LedgerEvent event) throws IOException {
        EventCatalog.Entry entry = codec.catalog().of(event.getClass());
        Path file = WIRE.resolve(entry.name() + ".v" + entry.version() + ".json");
        byte[] written = codec.encode(Samples.EVENT_ID, event, vault);
        if (Boolean.getBoolean("golden.add") && !Files.exists(file)) {
            Files.write(file, written);
        }
        assertThat(file).as("run once with -Dgolden.add=true to add a new file").exists();
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_golden_file_is_read_and_written_again_with_the_same_bytes(Path file) throws IOException {
        String[] name = file.getFileName().toString().split("\\.v(?=[0-9]+\\.json)|\\.json", -1);
        int version = Integer.parseInt(name[1]);
        LedgerEvent read = codec.decode(Samples.EVENT_ID, name[0], version, Files.readAllBytes(file), vault);
        EventCatalog.Entry entry = codec.catalog().of(read.getClass());
        assertThat(entry.name()).isEqualTo(name[0]);
        if (version == entry.version()) {
            assertThat(codec.encode(Samples.EVENT_ID, read, vault)).isEqualTo(Files.readAllBytes(file));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_golden_file_is_canonical_json_for_an_independent_canonicaliser(Path file) throws IOException {
        assertThat(Files.readString(file)).isEqualTo(new JsonCanonicalizer(Files.readString(file)).getEncodedString());
    }

    @Test
    void every_event_of_the_catalogue_has_a_sample() {
        assertThat(samples().stream().map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(EventCatalog.standard().entries().stream()
                        .<Class<?>>map(EventCatalog.Entry::type)
                        .toList());
    }

    @Test
    void version_1_of_an_answer_counted_seconds_and_is_read_as_version_2() throws IOException {
        byte[] stored = Files.readAllBytes(WIRE.resolve("evaluation.answer-recorded.v1.json"));
        AnswerRecorded read =
                (AnswerRecorded) codec.decode(Samples.EVENT_ID, "evaluation.answer-recorded", 1, stored, vault);
        assertThat(read.elapsedMs()).isEqualTo(61_000);
        assertThat(read.sealed().value()).contains(new GivenAnswer(List.of("Éléphant 😀", "naïf")));
    }

    @Test
    void an_erased_field_is_read_as_erased_in_every_version() throws IOException {
        vault.erase(Samples.LEARNER.value());
        for (int version : List.of(1, 2)) {
            byte[] stored = Files.readAllBytes(WIRE.resolve("evaluation.answer-recorded.v" + version + ".json"));
            AnswerRecorded read = (AnswerRecorded)
                    codec.decode(Samples.EVENT_ID, "evaluation.answer-recorded", version, stored, vault);
            assertThat(read.sealed()).isEqualTo(new Personal.Erased<GivenAnswer>());
        }
    }

    @Test
    void without_a_vault_fields_stay_closed_and_the_bytes_stay_the_same() throws IOException {
        byte[] stored = Files.readAllBytes(WIRE.resolve("certificate.imported.v1.json"));
        LedgerEvent read = codec.decode(Samples.EVENT_ID, "certificate.imported", 1, stored, null);
        assertThat(codec.encode(Samples.EVENT_ID, read, vault)).isEqualTo(stored);
    }

    @Test
    void a_field_moved_to_another_event_does_not_open() throws IOException {
        byte[] stored = Files.readAllBytes(WIRE.resolve("certificate.imported.v1.json"));
        assertThatThrownBy(() -> codec.decode(Samples.LEARNER.value(), "certificate.imported", 1, stored, vault))
                .hasRootCauseInstanceOf(javax.crypto.AEADBadTagException.class);
    }

    @Test
    void an_unknown_type_or_a_newer_version_stops_the_reader() {
        byte[] any = "{}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> codec.decode(Samples.EVENT_ID, "evaluation.forgotten", 1, any, vault))
                .isInstanceOf(UnknownEventException.class);
        assertThatThrownBy(() -> codec.decode(Samples.EVENT_ID, "evaluation.answer-recorded", 3, any, vault))
                .isInstanceOf(UnknownEventException.class);
    }

    @Test
    void nothing_personal_shows_in_an_event_as_text() {
        assertThat(samples().toString()).doesNotContain("Dupuis", "Zoé", "1988", "Brest", "H4KQ7X", "ada", "naïf");
    }
}

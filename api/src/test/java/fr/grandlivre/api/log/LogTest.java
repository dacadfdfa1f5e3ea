package fr.grandlivre.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.wiring.FsckCommand;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SeededTest
class LogTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROOFS = "/api/v1/ledger/proofs";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private Visitor stranger;

    @BeforeEach
    void seal() {
        new CertificationScene(application).awaitSealed();
        stranger = Visitor.anonymous(port);
    }

    private byte[] bytes(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void everybody_may_hold_checkpoint_key_and_tiles() throws Exception {
        HttpResponse<String> checkpoint = stranger.get("/log1/checkpoint");
        assertThat(checkpoint.statusCode()).isEqualTo(200);
        assertThat(header(checkpoint, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(header(checkpoint, "Cache-Control")).isEqualTo("max-age=2");
        assertThat(checkpoint.body()).startsWith("localhost/log1\n").contains("\n\n\u2014 localhost/log1 ");
        assertThat(stranger.get("/log1/vkey").body())
                .startsWith("localhost/log1+")
                .endsWith("\n");
        HttpResponse<String> tile = stranger.get("/log1/tile/0/000");
        assertThat(header(tile, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(tile, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(tile.headers().firstValue("Set-Cookie")).isEmpty();
        byte[] full = bytes("/log1/tile/0/000", "");
        assertThat(full).hasSize(8_192);
        assertThat(bytes("/log1/tile/0/000.p/3", "")).isEqualTo(Arrays.copyOf(full, 96));
    }

    @Test
    void entries_are_absent_for_strangers_and_fit_the_tiles_for_auditors() throws Exception {
        for (String absent : new String[] {
            "/log1/tile/entries/000", "/log1/tile/8/000", "/log1/tile/0/999", "/log1/tile/-1/000", "/log1/tile/0/0"
        }) {
            assertThat(stranger.get(absent).statusCode()).as(absent).isEqualTo(404);
        }
        String auditor =
                Visitor.program(port, DemoLogins.of(application, Role.AUDITOR)).token();
        ByteBuffer bundle = ByteBuffer.wrap(bytes("/api/v1/audit/log/tile/entries/000", auditor));
        byte[] tile = bytes("/log1/tile/0/000", "");
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (int place = 0; place < 256; place++) {
            byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
            bundle.get(entry);
            sha.update((byte) 0);
            assertThat(sha.digest(entry)).isEqualTo(Arrays.copyOfRange(tile, 32 * place, 32 * place + 32));
        }
        assertThat(bundle.hasRemaining()).isFalse();
    }

    @Test
    void an_event_is_proved_by_its_id_and_by_its_position() throws Exception {
        StoredEvent event = ledger.at(300).orElseThrow();
        JsonNode proof =
                JSON.readTree(stranger.get(PROOFS + "/" + event.eventId()).body());
        assertThat(proof.get("leafIndex").asLong()).isEqualTo(299);
        assertThat(Base64.getDecoder().decode(proof.get("leafHash").asString()))
                .isEqualTo(Arrays.copyOfRange(bytes("/log1/tile/0/001", ""), 43 * 32, 44 * 32));
        assertThat(proof.get("hashes").size()).isGreaterThan(10);
        assertThat(JSON.readTree(stranger.get(PROOFS + "?position=300").body()).get("leafHash"))
                .isEqualTo(proof.get("leafHash"));
        HttpResponse<String> file = stranger.get(PROOFS + "?position=300", "Accept", "text/plain");
        assertThat(file.body()).startsWith("c2sp.org/tlog-proof@v1\nindex 299\n");
        assertThat(header(file, "Content-Disposition")).contains("300.tlog-proof");
    }

    @Test
    void what_cannot_be_proved_is_said_to_be_so() {
        assertThat(stranger.get(PROOFS + "/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(stranger.get(PROOFS + "?position=0").statusCode()).isEqualTo(404);
        assertThat(stranger.get(PROOFS + "?position=" + (ledger.head() + 1_000)).statusCode())
                .isEqualTo(404);
        assertThat(stranger.get(PROOFS + "?position=x").statusCode()).isEqualTo(422);
        String consistency = "/api/v1/ledger/consistency";
        assertThat(stranger.get(consistency + "?from=0&to=5").statusCode()).isEqualTo(422);
        assertThat(stranger.get(consistency + "?from=6&to=5").statusCode()).isEqualTo(422);
        assertThat(stranger.get(consistency + "?from=1&to=" + (ledger.head() + 1_000))
                        .statusCode())
                .isEqualTo(422);
        assertThat(JSON.readTree(stranger.get(consistency + "?from=256&to=300").body())
                        .get("hashes")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void software_that_shares_nothing_with_ours_accepts_checkpoints_tiles_and_proofs(@TempDir Path place)
            throws Exception {
        Path held = Files.writeString(
                place.resolve("held.tlog-proof"),
                application.getBean(Proofs.class).fileForHolder(1));
        StrangersCheck.Verdict verdict =
                StrangersCheck.run("-samples", "5", "-proof", held.toString(), "http://127.0.0.1:" + port);
        assertThat(verdict.accepted()).as(verdict.said()).isTrue();
        assertThat(verdict.said()).contains("ok: " + held);

        String text = Files.readString(held);
        String extra = text.lines()
                .filter(line -> line.startsWith("extra "))
                .findFirst()
                .orElseThrow();
        byte[] carried = Base64.getDecoder().decode(extra.substring("extra ".length()));
        JsonNode event = JSON.readTree(carried);
        assertThat(event.get("payload").asString())
                .isEqualTo(new String(ledger.at(1).orElseThrow().payload(), StandardCharsets.UTF_8));
    }

    @Test
    void an_auditor_has_everything_read_again() {
        Visitor auditor = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        HttpResponse<String> before = auditor.get("/audit/integrite");
        assertThat(before.body()).contains("tout est scellé", "localhost/log1+");
        HttpResponse<String> started = auditor.postForm("/audit/integrite", Map.of());
        assertThat(started.statusCode()).isEqualTo(303);
        Jobs jobs = application.getBean(Jobs.class);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!jobs.latest(Job.Kind.REREAD, Jobs.LEDGER).orElseThrow().isOver()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
        Job job = jobs.latest(Job.Kind.REREAD, Jobs.LEDGER).orElseThrow();
        assertThat(job.reread())
                .hasValueSatisfying(read -> assertThat(read.findings()).isEmpty());
        assertThat(auditor.get("/audit/integrite").body()).contains("0 anomalie", "Vérifier maintenant");
        Visitor program = Visitor.program(port, DemoLogins.of(application, Role.AUDITOR));
        JsonNode shown = JSON.readTree(program.get("/api/v1/jobs/" + job.id()).body());
        assertThat(shown.get("kind").asString()).isEqualTo("reread");
        assertThat(shown.get("reread").get("findings").size()).isZero();
    }

    @Test
    void the_command_reads_the_ledger_of_a_running_application() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path home = application.getBean(Settings.class).data().getParent();
        int status = FsckCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "--json",
                "--grandlivre.home=" + home,
                "--spring.profiles.active=demo");
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        JsonNode found = JSON.readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(found.get("findings").size()).isZero();
        assertThat(found.get("from").asLong()).isEqualTo(1);
        assertThat(found.get("to").asLong()).isPositive();
        assertThat(found.get("checkpointsCompared").asLong()).isPositive();
        assertThat(FsckCommand.run(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        "--from",
                        "zero"))
                .isEqualTo(1);
    }
}

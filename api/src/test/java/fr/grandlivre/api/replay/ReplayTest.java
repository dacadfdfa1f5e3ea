package fr.grandlivre.api.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.replay.JobNotes;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Leaves the views as the ledger gives them. */
@SeededTest
class ReplayTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    Jobs jobs;

    @Autowired
    JdbcTemplate jdbc;

    private Visitor auditor;

    @BeforeEach
    void signIn() {
        auditor = Visitor.program(port, DemoLogins.of(application, Role.AUDITOR));
    }

    private JsonNode replayed(String view) {
        HttpResponse<String> accepted = auditor.postJson("/api/v1/audit/replays", "{\"view\":\"" + view + "\"}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String address = accepted.headers().firstValue("Location").orElseThrow();
        return over(address);
    }

    private JsonNode over(String address) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            HttpResponse<String> answer = auditor.get(address);
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode job = JSON.readTree(answer.body());
            if (List.of("succeeded", "failed", "interrupted", "cancelled")
                    .contains(job.get("state").asString())) {
                return job;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("job " + address + " is not over after " + LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile", "verification", "session", "schoolreport", "evaluation", "document"})
    void the_rows_that_the_ledger_gives_are_the_live_rows(String view) {
        JsonNode job = replayed(view);
        assertThat(job.get("state").asString()).isEqualTo("succeeded");
        assertThat(job.get("kind").asString()).isEqualTo("replay");
        assertThat(job.get("done").asLong())
                .isEqualTo(job.get("total").asLong())
                .isPositive();
        JsonNode result = job.get("result");
        assertThat(result.get("equal").asBoolean()).isTrue();
        assertThat(result.get("liveDigest").asString())
                .matches("[0-9a-f]{64}")
                .isEqualTo(result.get("rebuiltDigest").asString());
        assertThat(result.get("position").asLong()).isEqualTo(ledger.head());
        assertThat(replayed(view).get("result").get("rebuiltDigest"))
                .as("a second replay")
                .isEqualTo(result.get("rebuiltDigest"));
    }

    @Test
    void a_row_that_somebody_edited_is_found_and_a_rebuild_mends_it() {
        int edited = jdbc.update("""
            UPDATE profile.competence SET pix = pix + 1
            WHERE (learner, competence) = (SELECT learner, competence FROM profile.competence ORDER BY 1, 2 LIMIT 1)\
            """);
        assertThat(edited).isEqualTo(1);
        JsonNode found = replayed("profile").get("result");
        assertThat(found.get("equal").asBoolean()).isFalse();
        assertThat(found.get("liveDigest")).isNotEqualTo(found.get("rebuiltDigest"));
        assertThat(found.get("rowsDifferent").asLong()).isEqualTo(1);
        assertThat(found.get("differences").get(0).get("field").asString()).isEqualTo("pix");
        Visitor pages = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        assertThat(pages.get("/audit/recompter").body())
                .contains("✘ lignes différentes : 1")
                .contains("<td>pix</td>")
                .contains(found.get("liveDigest").asString())
                .contains(found.get("rebuiltDigest").asString());

        Visitor operator = Visitor.signedIn(port, DemoLogins.of(application, Role.OPERATOR));
        HttpResponse<String> unconfirmed =
                operator.postForm("/exploitation", Map.of("vue", "profile", "confirmation", "Profils"));
        assertThat(unconfirmed.statusCode()).isEqualTo(422);
        assertThat(unconfirmed.body()).contains("le nom saisi n’est pas profile");
        assertThat(jobs.latest(Job.Kind.REBUILD, "profile")).isEmpty();
        HttpResponse<String> confirmed =
                operator.postForm("/exploitation", Map.of("vue", "profile", "confirmation", "profile"));
        assertThat(confirmed.statusCode()).isEqualTo(303);
        UUID rebuild = jobs.latest(Job.Kind.REBUILD, "profile").orElseThrow().id();
        assertThat(over("/api/v1/jobs/" + rebuild).get("state").asString()).isEqualTo("succeeded");
        assertThat(operator.get("/exploitation").body()).contains("✔ remplacée");
        JsonNode mended = replayed("profile").get("result");
        assertThat(mended.get("equal").asBoolean()).isTrue();
        assertThat(mended.get("liveDigest")).isEqualTo(found.get("rebuiltDigest"));

        assertThat(kept("profile").get("ofThisRelease").asBoolean()).isTrue();
        exchange(operator, "revenir", Job.Kind.ROLLBACK);
        assertThat(replayed("profile").get("result").get("equal").asBoolean())
                .as("the edited row is served again")
                .isFalse();
        exchange(operator, "revenir", Job.Kind.ROLLBACK);
        assertThat(replayed("profile").get("result").get("equal").asBoolean()).isTrue();
        String page = operator.get("/exploitation/vues").body();
        assertThat(page)
                .contains("L’ancienne vue est gardée")
                .contains("lignes différentes : 1")
                .doesNotContain("??");
        assertThat(operator.postForm(
                                "/exploitation/vues",
                                Map.of("vue", "profile", "acte", "garder", "confirmation", "profile"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(kept("profile").isMissingNode()).isTrue();
        assertThat(operator.postForm("/exploitation/vues", Map.of("vue", "profile", "acte", "garder"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.get("/exploitation/vues").body()).doesNotContain("L’ancienne vue est gardée");
    }

    private void exchange(Visitor operator, String act, Job.Kind kind) {
        operator.postForm("/exploitation/vues", Map.of("vue", "profile", "acte", act, "confirmation", "profile"));
        UUID job = jobs.latest(kind, "profile").orElseThrow().id();
        assertThat(over("/api/v1/jobs/" + job).get("state").asString()).isEqualTo("succeeded");
    }

    private JsonNode kept(String view) {
        String views = Visitor.program(port, DemoLogins.of(application, Role.OPERATOR))
                .get("/api/v1/operations/views")
                .body();
        for (JsonNode one : JSON.readTree(views).get("items")) {
            if (one.get("view").asString().equals(view)) {
                return one.path("kept");
            }
        }
        throw new AssertionError("no view " + view);
    }

    @Test
    void asked_for_twice_it_is_one_job() {
        Job first = jobs.start(Job.Kind.REPLAY, "session");
        Job again = jobs.start(Job.Kind.REPLAY, "session");
        // Under way, the second wish joins the first; over, it is another job. Never two at once.
        assertThat(again.id().equals(first.id())
                        || jobs.find(first.id()).orElseThrow().isOver())
                .isTrue();
        over("/api/v1/jobs/" + again.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"view\":\"tables\"}|422",
                "{\"view\":\"profile_shadow\"}|422",
                "{}|422",
                "{\"view\":null}|422",
                "{\"view\":7}|422",
                "{\"view\":\"profile\",\"schema\":\"ledger\"}|400",
                "{\"view\":|400",
                "[]|400",
            })
    void bad_input_starts_nothing(String body, int status) {
        long before = ledger.head();
        HttpResponse<String> answer = auditor.postJson("/api/v1/audit/replays", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(ledger.head()).isEqualTo(before);
    }

    @Test
    void work_that_a_stop_interrupts_says_so_afterwards_and_can_be_asked_for_again() throws Exception {
        Jobs stopped = new Jobs(
                application.getBean(Rebuild.class),
                application.getBean(Rereading.class),
                application.getBean(JobNotes.class),
                List.of(),
                application.getBean(ServerClock.class));
        CountDownLatch begun = new CountDownLatch(1);
        Job running = stopped.start(Job.Kind.RECOUNT, "all to 7 as-recorded", (_, watch) -> {
            while (true) {
                watch.reached(3, 7, Duration.ofSeconds(1));
                begun.countDown();
                LockSupport.parkNanos(1_000_000);
            }
        });
        Job waiting = stopped.start(Job.Kind.EXPORT, "jsonl 1 to 7", (_, _) -> {
            throw new AssertionError("its turn never comes");
        });
        begun.await();
        Visitor pages = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        String page = "/audit/resultats/" + running.id();
        assertThat(state(running)).as("told by another process").isEqualTo("running");
        assertThat(pages.get(page).body()).contains("En cours : 42 %").contains("/travaux/flux");

        stopped.destroy();

        assertThat(state(running)).isEqualTo("interrupted");
        assertThat(state(waiting)).isEqualTo("interrupted");
        assertThat(pages.get(page).body())
                .contains("Résultats de tous")
                .contains("interrompu par un redémarrage")
                .contains("Recompter de nouveau")
                .doesNotContain("/travaux/flux")
                .doesNotContain("??");
        assertThat(pages.get("/audit/exports").body())
                .contains("Positions 1 à 7, JSONL")
                .contains("interrompu par un redémarrage")
                .doesNotContain("??");
    }

    @Test
    void work_that_fell_silent_is_not_waited_for_and_work_of_another_process_can_be_cancelled() {
        JobNotes notes = application.getBean(JobNotes.class);
        UUID lost = UUID.randomUUID();
        UUID elsewhere = UUID.randomUUID();
        for (UUID job : List.of(lost, elsewhere)) {
            notes.begin(job, "REBUILD", "session", "RUNNING", Instant.EPOCH);
        }
        jdbc.update("UPDATE processing.job SET heard_at = heard_at - interval '1 minute' WHERE id = ?", lost);
        assertThat(over("/api/v1/jobs/" + lost).get("state").asString()).isEqualTo("interrupted");
        assertThat(auditor.request("DELETE", "/api/v1/jobs/" + elsewhere, "").statusCode())
                .isEqualTo(200);
        assertThat(over("/api/v1/jobs/" + elsewhere).get("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void an_export_outlives_the_process_that_wrote_it() throws Exception {
        JsonNode asked = JSON.readTree(auditor.postJson("/api/v1/exports", "{\"format\":\"jsonl\",\"to\":5}")
                .body());
        UUID export = UUID.fromString(asked.get("id").asString());
        over("/api/v1/jobs/" + export);
        UUID earlier = UUID.randomUUID();
        JobNotes notes = application.getBean(JobNotes.class);
        notes.begin(earlier, "EXPORT", "jsonl 1 to 5", "RUNNING", Instant.EPOCH);
        notes.change(earlier, "SUCCEEDED", 5, 5, Duration.ZERO);
        assertThat(auditor.get("/api/v1/exports/" + earlier).statusCode())
                .as("its files are not here")
                .isEqualTo(404);
        Path exports = application.getBean(Settings.class).data().resolve("exports");
        try (Stream<Path> files = Files.list(exports.resolve(export.toString()))) {
            Path place = Files.createDirectory(exports.resolve(earlier.toString()));
            for (Path file : files.toList()) {
                Files.copy(file, place.resolve(file.getFileName()));
            }
        }
        assertThat(auditor.get("/api/v1/exports/" + earlier).body())
                .isEqualTo(auditor.get("/api/v1/exports/" + export).body());
        Visitor pages = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        assertThat(pages.get("/audit/exports").body())
                .contains("/api/v1/exports/" + earlier + "/manifest.json")
                .contains("Positions 1 à 5, JSONL")
                .doesNotContain("??");
        assertThat(Visitor.signedIn(port, DemoLogins.of(application, Role.OPERATOR))
                        .get("/exploitation")
                        .body())
                .contains("<td>Positions 1 à 5, JSONL</td>")
                .doesNotContain("??");
    }

    private String state(Job job) {
        return JSON.readTree(auditor.get("/api/v1/jobs/" + job.id()).body())
                .get("state")
                .asString();
    }

    @Test
    void an_unknown_job_is_absent() {
        assertThat(auditor.get("/api/v1/jobs/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        assertThat(auditor.get("/api/v1/jobs/1").statusCode()).isEqualTo(404);
    }

    @Test
    void the_auditor_replays_a_view_by_page_without_a_script() {
        Visitor pages = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        assertThat(pages.postForm("/audit/recompter", Map.of("vue", "tables")).statusCode())
                .isEqualTo(422);
        HttpResponse<String> started = pages.postForm("/audit/recompter", Map.of("vue", "verification"));
        assertThat(started.statusCode()).isEqualTo(303);
        UUID job = jobs.latest(Job.Kind.REPLAY, "verification").orElseThrow().id();
        over("/api/v1/jobs/" + job);
        HttpResponse<String> done = pages.get("/audit/recompter");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("✔ 0 écart").doesNotContain("??");
    }

    @Test
    void the_operator_sees_how_far_everything_has_come() {
        Visitor operator = Visitor.signedIn(port, DemoLogins.of(application, Role.OPERATOR));
        String page = operator.get("/exploitation").body();
        assertThat(page)
                .contains("schoolreport")
                .contains("issue-certificates")
                .contains("score-exams")
                .contains("✔ en marche")
                .contains("Rien n’est mis de côté")
                .doesNotContain("✘")
                .doesNotContain("??");
    }
}

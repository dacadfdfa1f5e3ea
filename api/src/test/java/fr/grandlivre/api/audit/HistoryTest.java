package fr.grandlivre.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.api.wiring.ExportCommand;
import fr.grandlivre.api.wiring.RecountCommand;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.ExportCheck;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.TransparencyLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SeededTest
class HistoryTest {
    private static final long SEED = 20_220_516;
    private static final int CASES = 20;
    private static final JsonMapper JSON = new JsonMapper();

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    @Autowired
    ProfileQueries profiles;

    private CertificationScene scene;
    private Visitor auditor;
    private Visitor pages;

    @BeforeEach
    void signIn() {
        scene = new CertificationScene(application);
        scene.awaitViews();
        auditor = Visitor.program(port, DemoLogins.of(application, Role.AUDITOR));
        pages = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = auditor.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode first(String type) {
        return read("/api/v1/audit/events?limit=1&type=" + type).get("items").get(0);
    }

    private static LearnerId pupil() {
        return new LearnerId(DemoAccount.accountOf("eleve-tilleuls-3e").value());
    }

    @Test
    void a_profile_as_of_a_position_equals_what_the_learner_is_shown_for_it() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            long position = random.nextLong(ledger.head() + 1);
            JsonNode state = read("/api/v1/audit/profile/" + pupil() + "/state?asOf=" + position);
            ProfileView shown = profiles.asOf(
                    pupil(),
                    position,
                    ledger.at(Math.max(1, position)).orElseThrow().recordedAt());
            shown.competences().forEach(competence -> {
                JsonNode told = state.get("state")
                        .path("competences")
                        .path(competence.competence().value());
                assertThat(told.path("pix").asInt(0))
                        .as("position %d", position)
                        .isEqualTo(competence.pix().value());
                assertThat(told.path("level").asInt(0))
                        .isEqualTo(competence.level().value());
            });
            assertThat(state.get("state").path("totalPix").asInt(0))
                    .isEqualTo(shown.total().value());
        }
        assertThat(read("/api/v1/audit/profile/" + pupil() + "/state?asOf=0")
                        .get("state")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_state_at_the_end_of_a_day_is_not_todays_and_what_is_misspelt_is_refused() {
        String state = "/api/v1/audit/profile/" + pupil() + "/state";
        assertThat(read(state + "?au=2015-03-01").get("state").isEmpty()).isTrue();
        assertThat(read(state).get("state").isEmpty()).isFalse();
        assertThat(auditor.get(state + "?asOf=3&au=2020-03-01").statusCode()).isEqualTo(400);
        assertThat(auditor.get(state + "?as-of=3").statusCode()).isEqualTo(400);
        assertThat(auditor.get(state.replace("state", "diff") + "?from=x").body())
                .contains("\"/from\"");
        assertThat(pages.get("/audit/au?vue=profile&id=" + pupil() + "&position=3&instant=2020-03-01")
                        .body())
                .contains("Une position ou un instant, pas les deux.");
        assertThat(pages.get("/audit/au?vue=profile&id=" + pupil() + "&position=999999999")
                        .body())
                .contains("Le registre ne va pas jusqu’à cette position.");
    }

    @Test
    void an_event_is_proved_from_its_page() {
        scene.awaitSealed();
        assertThat(pages.get("/audit/evenements/2").body())
                .contains("Rang de la feuille")
                .contains("/audit/evenements/2/preuve.tlog-proof")
                .doesNotContain("??");
        assertThat(pages.get("/audit/evenements/2/preuve.tlog-proof").body()).contains("c2sp.org/tlog-proof");
    }

    @Test
    void a_certificate_is_found_by_its_code_and_followed_without_its_code_in_an_address() {
        JsonNode issued = first("certificate.issued");
        String id = issued.get("stream").asString();
        String code = issued.get("payload").get("code").asString();
        HttpResponse<String> found = pages.postForm("/audit/chercher", Map.of("quoi", code.replace("-", " ")));
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body())
                .contains("/audit/histoire?vue=certificate&amp;id=" + id)
                .doesNotContain("??");
        JsonNode told = read("/api/v1/audit/certificate/" + id + "/history?limit=100");
        String history = "/audit/histoire?vue=certificate&id=" + id;
        assertThat(pages.get(history).body()).contains("rel=\"next\"").doesNotContain("??");
        long scored = StreamSupport.stream(told.get("items").spliterator(), false)
                .map(item -> item.get("event"))
                .filter(item -> item.get("type").asString().equals("session.exam-scored"))
                .mapToLong(item -> item.get("position").asLong())
                .max()
                .orElseThrow();
        assertThat(pages.get(history + "&apres=" + (scored - 1)).body())
                .contains("session.exam-scored")
                .contains("certificate.issued")
                .contains("à cause du fait")
                .doesNotContain("??");
        assertThat(told.get("items").size()).isGreaterThan(3);
        String event = pages.get("/audit/evenements/" + issued.get("position").asLong())
                .body();
        assertThat(event)
                .contains("Avant et après ce fait")
                .contains("validUntil")
                .doesNotContain("??");
        assertThat(pages.get("/audit/flux/" + id).body()).contains("certificate.issued");
        assertThat(pages.get("/audit/flux/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_state_and_a_difference_are_shown_with_the_events_behind_them() {
        JsonNode published = first("session.published");
        String session = published.get("stream").asString();
        long position = published.get("position").asLong();
        String then = pages.get("/audit/au?vue=session&id=" + session + "&position=" + (position - 1))
                .body();
        assertThat(then)
                .contains("in-process")
                .contains("candidates")
                .doesNotContain("processed<")
                .doesNotContain("??");
        String difference = pages.get(
                        "/audit/comparer?vue=session&id=" + session + "&de=" + (position - 1) + "&a=" + position)
                .body();
        assertThat(difference)
                .contains("<td>in-process</td><td>processed</td>")
                .contains("/audit/evenements/" + position)
                .doesNotContain("??");
        HttpResponse<String> patch = auditor.get(
                "/api/v1/audit/session/" + session + "/diff?from=" + (position - 1) + "&to=" + position,
                "Accept",
                "application/json-patch+json");
        assertThat(patch.statusCode()).as(patch.body()).isEqualTo(200);
        assertThat(patch.body()).contains("\"op\":\"replace\"").doesNotContain("position");
        assertThat(pages.get("/audit/au?vue=session&id=" + session + "&position=999999999")
                        .statusCode())
                .isEqualTo(422);
        assertThat(pages.get("/audit/comparer?vue=session&id=" + session + "&de=9&a=3")
                        .statusCode())
                .isEqualTo(422);
        assertThat(pages.get("/audit/histoire?vue=campaign&id=" + session).statusCode())
                .isEqualTo(200);
        assertThat(pages.get("/audit/histoire?vue=campaign&id=nothing").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_class_is_followed_by_what_stands_on_its_papers() {
        String school = DemoAccount.TILLEULS.value();
        String form =
                "/audit/histoire?vue=division&uai=" + school.toLowerCase(Locale.ROOT) + "&annee=2021-2022&classe=3eA";
        String history = pages.get(form).body();
        assertThat(history)
                .contains("school.pupil-enrolled")
                .contains("/audit/au?vue=division")
                .doesNotContain("??");
        String papers = school + ".2021-2022.3eA";
        JsonNode state = read("/api/v1/audit/division/" + papers + "/state");
        assertThat(state.get("state").isEmpty()).isFalse();
        assertThat(pages.get("/audit/au?vue=division&id=" + papers.replace('.', '+'))
                        .body())
                .contains("<code>pupils / ")
                .doesNotContain("??");
        for (String unknown :
                List.of("0999999Z.2021-2022.3eA", school + ".2021-2023.3eA", school + ".2021-2022", "x")) {
            assertThat(pages.get("/audit/histoire?vue=division&id=" + unknown).statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
    }

    @Test
    void who_is_read_about_finds_the_reading() {
        assertThat(auditor.get("/api/v1/audit/division/" + DemoAccount.TILLEULS.value() + ".2021-2022.9Z/history")
                        .statusCode())
                .isEqualTo(404);
        assertThat(auditor.get("/api/v1/audit/mention/" + pupil() + ".2099-2100/history")
                        .statusCode())
                .isEqualTo(404);
        long before = accesses();
        read("/api/v1/audit/people/" + pupil() + "/history");
        assertThat(accesses()).isEqualTo(before + 1);
        assertThat(auditor.get("/api/v1/audit/people/" + UUID.randomUUID() + "/history")
                        .statusCode())
                .isEqualTo(404);
        assertThat(accesses()).as("nobody was read about").isEqualTo(before + 1);
    }

    private long accesses() {
        return scene.head() - scene.facts();
    }

    private UUID over(String address) {
        UUID id = UUID.fromString(address.substring(address.lastIndexOf('/') + 1));
        Jobs jobs = application.getBean(Jobs.class);
        CertificationScene.await(() -> jobs.find(id).filter(Job::isOver).isPresent());
        return id;
    }

    private UUID asked(String path, String body) {
        HttpResponse<String> accepted = auditor.postJson(path, body);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return over(accepted.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void everything_that_was_recorded_is_what_the_answers_give() {
        UUID job = asked("/api/v1/audit/recounts", "{\"scope\":\"all\"}");
        JsonNode report = read("/api/v1/audit/recounts/" + job);
        assertThat(report.get("discrepancies")).isEmpty();
        assertThat(report.get("checked").asLong()).isGreaterThan(100);
        UUID ofPupil = asked("/api/v1/audit/recounts", "{\"scope\":{\"learner\":\"" + pupil() + "\"}}");
        assertThat(read("/api/v1/audit/recounts/" + ofPupil).get("discrepancies"))
                .isEmpty();
        HttpResponse<String> started = pages.postForm("/audit/resultats", Map.of("portee", "all", "regles", "2019"));
        assertThat(started.statusCode()).isEqualTo(303);
        String address = started.headers().firstValue("Location").orElseThrow();
        over(address);
        assertThat(pages.get(address.substring(address.indexOf("/audit"))).body())
                .contains("à l’essai : règles 2019")
                .doesNotContain("✘")
                .doesNotContain("??");
        assertThat(pages.get("/audit/resultats").body()).contains("terminé").doesNotContain("??");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rules\":\"1999\"}",
                "{\"to\":999999999}",
                "{\"to\":-1}",
                "{\"to\":0}",
                "{\"scope\":\"some\"}",
                "{\"scope\":{\"learner\":\"00000000-0000-0000-0000-000000000000\"}}",
                "{\"scope\":{\"learner\":\"018f0000-0000-4000-8000-0000000000aa\",\"school\":\"018f0000-0000-4000-8000-0000000000aa\"}}",
            })
    void bad_input_recounts_nothing(String body) {
        assertThat(auditor.postJson("/api/v1/audit/recounts", body).statusCode())
                .isEqualTo(422);
        assertThat(auditor.postJson("/api/v1/exports", body.replace("rules", "format"))
                        .statusCode())
                .isBetween(400, 422);
    }

    @Test
    void an_export_is_taken_away_in_files_that_check_themselves(@TempDir Path folder) throws Exception {
        scene.awaitSealed();
        UUID job = asked("/api/v1/exports", "{\"format\":\"jsonl\"}");
        JsonNode manifest = read("/api/v1/exports/" + job);
        String name = manifest.get("files").get(0).get("name").asString();
        for (String file : List.of(LedgerExport.MANIFEST, LedgerExport.CHECKPOINT, name)) {
            HttpResponse<String> taken =
                    auditor.get("/api/v1/exports/" + job + "/" + URLEncoder.encode(file, StandardCharsets.UTF_8));
            assertThat(taken.statusCode()).isEqualTo(200);
            Files.writeString(folder.resolve(file), taken.body());
        }
        ExportCheck.Found found = ExportCheck.of(
                folder, application.getBean(TransparencyLog.class).keys());
        assertThat(found.findings()).isEmpty();
        assertThat(found.rootCompared()).isTrue();
        assertThat(found.count()).isEqualTo(manifest.get("to").asLong());
        assertThat(auditor.get("/api/v1/exports/" + job + "/..%2fmanifest.json").statusCode())
                .isIn(400, 404);
        assertThat(pages.postForm("/audit/exports", Map.of("format", "xml")).statusCode())
                .isEqualTo(422);
        assertThat(pages.get("/audit/exports").body()).contains(name).doesNotContain("??");
    }

    @Test
    void the_commands_do_the_same_beside_the_running_application(@TempDir Path folder) {
        scene.awaitSealed();
        Path home = application.getBean(Settings.class).data().getParent();
        String[] place = {"--grandlivre.home=" + home, "--spring.profiles.active=demo"};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(RecountCommand.run(told, told, "--json", "--threads", "2", place[0], place[1]))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"discrepancies\":[]");
        assertThat(ExportCommand.run(told, told, place[0], place[1], folder.toString()))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(ExportCommand.run(told, told, "--check", folder.toString()))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(ExportCommand.run(told, told, "--from", "zero", folder.toString()))
                .isEqualTo(1);
    }
}

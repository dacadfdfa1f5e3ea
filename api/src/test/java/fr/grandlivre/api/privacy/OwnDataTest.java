package fr.grandlivre.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.school.SchoolCommand.CorrectPupil;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a learner takes away and has corrected, and what auditors see of readings. */
@GrandLivreTest
class OwnDataTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLASS = "3eDonnees";
    private static final String PURPOSE = "Plainte du 12 mai, contrôle";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private DemoAccount learner;

    @BeforeEach
    void aPupil() {
        scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        learner = scene.account("eleve-tilleuls-3e");
        scene.pupil(DemoAccount.TILLEULS, new LearnerId(learner.account().value()), CLASS, "Maud", "Donnée-Propre");
        scene.pupil(DemoAccount.TILLEULS, new LearnerId(new UUID(77, 1)), CLASS, "Paul", "Donnée-Autrui");
        scene.awaitViews();
    }

    private Map<String, String> export() throws IOException {
        Map<String, String> files = new HashMap<>();
        HttpResponse<byte[]> archive = Visitor.signedIn(port, learner).download("/moi/donnees/export");
        assertThat(archive.statusCode()).isEqualTo(200);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void a_learner_takes_every_own_event_away_and_nothing_of_anybody_else() throws IOException {
        scene.certifiable(new LearnerId(learner.account().value()));
        Map<String, String> files = export();
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "donnees.json", "evenements.csv", "donnees-personnelles.csv", "lectures.csv");
        assertThat(files.get("donnees-personnelles.csv")).contains("Donnée-Propre");
        files.values().forEach(file -> assertThat(file).doesNotContain("Donnée-Autrui", new UUID(77, 1).toString()));
        JsonNode everything = JSON.readTree(files.get("donnees.json"));
        List<Long> told = StreamSupport.stream(everything.get("events").spliterator(), false)
                .map(event -> event.get("position").asLong())
                .toList();
        // Whatever names the learner is there, but readings by others, which are told apart, and sessions of many.
        List<Long> naming = application
                .getBean(JdbcTemplate.class)
                .queryForList("""
                    SELECT position FROM ledger.event e JOIN ledger.event_type t ON t.id = e.type
                    WHERE position(convert_to(?, 'UTF8') in payload) > 0 AND t.name NOT LIKE 'access.%'
                      AND t.name NOT LIKE 'audit.%' AND t.name <> 'export.produced' ORDER BY position\
                    """, Long.class, learner.account().toString());
        assertThat(told).isSorted().containsAll(naming);
        assertThat(Visitor.program(port, learner).get("/api/v1/me/export").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_corrected_name_takes_the_place_of_the_former_one_and_is_said_to_be_corrected() throws IOException {
        LearnerId person = new LearnerId(learner.account().value());
        SchoolReportQueries rosters = application.getBean(SchoolReportQueries.class);
        SchoolYear year = SchoolYear.of(
                ParisDays.of(application.getBean(ServerClock.class).now()));
        scene.send(new CorrectPupil(
                rosters.school(DemoAccount.TILLEULS).orElseThrow(),
                year,
                person,
                "3e",
                new PupilIdentity("Maude", null, null, "Donnée-Propre", LocalDate.of(2007, 10, 5), null)));
        scene.awaitViews();
        String page = Visitor.signedIn(port, learner).get("/moi/donnees").body();
        assertThat(page).contains("Maude", "Corrigé le").doesNotContain("<dd>Maud</dd>");
        assertThat(export().get("donnees-personnelles.csv"))
                .contains("Maude", "(corrigé)")
                .doesNotContain(";Maud\r");
    }

    @Test
    void a_learner_asks_for_an_erasure_and_takes_it_back() {
        Visitor pages = Visitor.signedIn(port, learner);
        assertThat(pages.postForm(
                                "/moi/donnees",
                                Map.of("commandId", UUID.randomUUID().toString(), "classe", "answers"))
                        .statusCode())
                .as("not understood")
                .isEqualTo(422);
        HttpResponse<String> asked = pages.postForm(
                "/moi/donnees",
                Map.of("commandId", UUID.randomUUID().toString(), "classe", "answers", "compris", "true"));
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(pages.get(asked.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Retirer la demande");
        String operator = Visitor.signedIn(port, scene.account("exploitant"))
                .get("/exploitation/effacements")
                .body();
        assertThat(operator)
                .contains(learner.account().toString().substring(0, 8))
                .doesNotContain("Donnée-Propre");
        HttpResponse<String> back = pages.postForm(
                "/moi/donnees/retrait", Map.of("commandId", UUID.randomUUID().toString()));
        assertThat(pages.get(back.headers().firstValue("Location").orElseThrow())
                        .body())
                .doesNotContain("Retirer la demande");
    }

    @Test
    void an_auditor_finds_each_reading_and_sees_a_name_only_with_a_purpose_that_is_recorded() {
        DemoAccount auditor = scene.account("auditrice");
        DemoAccount head = scene.account("principale-tilleuls");
        Visitor.program(port, head).get("/api/v1/schools/" + DemoAccount.TILLEULS + "/mentions?division=" + CLASS);
        scene.awaitViews();
        Visitor program = Visitor.program(port, auditor);
        String person = learner.account().toString();
        JsonNode lines =
                JSON.readTree(program.get("/api/v1/audit/access?limit=1&person=" + person + "&actor=" + head.account())
                        .body());
        assertThat(lines.get("items").get(0).get("role").asString()).isEqualTo("head");
        Visitor pages = Visitor.signedIn(port, auditor);
        assertThat(pages.get("/audit/lectures?person=" + person).body())
                .contains(person.substring(0, 8))
                .doesNotContain("Donnée-Propre");
        assertThat(pages.get("/audit/lectures?person=personne").statusCode()).isEqualTo(422);

        assertThat(program.get("/api/v1/audit/people/" + person).statusCode()).isEqualTo(404);
        assertThat(pages.get("/audit/personnes/" + person).body()).doesNotContain("Donnée-Propre");
        assertThat(pages.postForm(
                                "/audit/personnes/" + person,
                                Map.of("commandId", UUID.randomUUID().toString(), "motif", "court"))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> opened = pages.postForm(
                "/audit/personnes/" + person,
                Map.of("commandId", UUID.randomUUID().toString(), "motif", PURPOSE));
        assertThat(opened.statusCode()).isEqualTo(303);
        assertThat(pages.get(opened.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Donnée-Propre");
        assertThat(program.get("/api/v1/audit/people/" + person).body()).contains("Donnée-Propre");
        scene.awaitViews();
        assertThat(Visitor.program(port, learner).get("/api/v1/me/accesses").body())
                .contains("\"auditor\"", PURPOSE);
        assertThat(program.get("/api/v1/audit/people/" + new UUID(77, 1)).statusCode())
                .as("somebody else stays masked")
                .isEqualTo(404);
    }
}

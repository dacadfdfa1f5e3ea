package fr.grandlivre.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.StoppedLedger;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GrandLivreTest
class ReadingsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLASS = "3eLecture";
    private static final String REPORT = "/etablissement/livret?division=" + CLASS;
    private static final String MENTIONS = "/api/v1/schools/" + DemoAccount.TILLEULS + "/mentions?division=" + CLASS;

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private DemoAccount head;
    private DemoAccount pupil;

    @BeforeEach
    void aClassOfTwo() {
        scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        head = DemoLogins.of(application, Role.HEAD);
        pupil = DemoLogins.of(application).stream()
                .filter(account -> account.login().equals("eleve-port-3e"))
                .findFirst()
                .orElseThrow();
        scene.pupil(DemoAccount.TILLEULS, new LearnerId(pupil.account().value()), CLASS, "Zoé", "Lecture-Essai");
        scene.pupil(
                DemoAccount.TILLEULS,
                new LearnerId(UUID.nameUUIDFromBytes(new byte[] {1, 2, 3})),
                CLASS,
                "Ali",
                "Lecture-Second");
    }

    private List<JsonNode> readings(String path) {
        scene.awaitViews();
        HttpResponse<String> answer = Visitor.program(port, pupil).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(JSON.readTree(answer.body()).get("items").spliterator(), false)
                .toList();
    }

    @Test
    void each_reading_of_a_class_is_one_event_and_a_line_for_each_of_its_pupils() {
        int before = readings("/api/v1/me/accesses?limit=100").size();
        long head0 = scene.head();
        assertThat(Visitor.signedIn(port, head).get(REPORT).body()).contains("Lecture-Essai");
        assertThat(Visitor.program(port, head).get(MENTIONS).statusCode()).isEqualTo(200);
        assertThat(scene.head()).isEqualTo(head0 + 2);
        List<JsonNode> after = readings("/api/v1/me/accesses?limit=100");
        assertThat(after).hasSize(before + 2);
        assertThat(after.get(0).get("role").asString()).isEqualTo("head");
        assertThat(after.get(0).get("surface").asString()).isEqualTo("school-report");
        assertThat(after.get(0).get("fieldsClass").asString()).isEqualTo("results");
        assertThat(after.get(1).get("fieldsClass").asString()).isEqualTo("identity-and-results");
        assertThat(Visitor.signedIn(port, pupil).get("/moi/confidentialite").body())
                .contains("chef d’établissement", "livret scolaire", "non déclaré");
    }

    @Test
    void older_readings_stand_on_further_pages_without_repeats() {
        for (int i = 0; i < 3; i++) {
            Visitor.program(port, head).get(MENTIONS);
        }
        List<JsonNode> all = readings("/api/v1/me/accesses?limit=100");
        HttpResponse<String> first = Visitor.program(port, pupil).get("/api/v1/me/accesses?limit=2");
        JsonNode page = JSON.readTree(first.body());
        assertThat(first.headers().firstValue("Link").orElse("")).contains("rel=\"next\"");
        assertThat(page.get("items").size()).isEqualTo(2);
        List<JsonNode> next = readings(
                "/api/v1/me/accesses?limit=2&cursor=" + page.get("next").asString());
        assertThat(next.getFirst()).isEqualTo(all.get(2));
        for (String refused : List.of(
                "limit=0",
                "limit=101",
                "cursor=AAAA",
                "cursor=" + page.get("next").asString() + "A")) {
            assertThat(Visitor.program(port, pupil)
                            .get("/api/v1/me/accesses?" + refused)
                            .statusCode())
                    .as(refused)
                    .isIn(400, 422);
        }
    }

    @Test
    void a_reading_that_cannot_be_recorded_shows_nobody() throws SQLException {
        Visitor person = Visitor.signedIn(port, head);
        Visitor program = Visitor.program(port, head);
        try (StoppedLedger _ = StoppedLedger.of(application)) {
            HttpResponse<String> page = person.get(REPORT);
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.body()).doesNotContain("Lecture-Essai", "Zoé");
            assertThat(program.get(MENTIONS).statusCode()).isEqualTo(503);
        }
    }
}

package fr.grandlivre.api.verification;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.TestPlace;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GrandLivreTest
class VerificationTest {
    private static final String PATH = "/api/v1/verifications";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private Visitor reader;

    @BeforeEach
    void importTheCertificateOfTheBrief() {
        scene = new CertificationScene(application);
        reader = Visitor.anonymous(port);
        if (verify("P-234567").statusCode() == 404) {
            Visitor jury = Visitor.program(port, DemoLogins.of(application, Role.JURY));
            HttpResponse<String> imported = jury.postJson(
                    "/api/v1/certificates/imports",
                    """
                    {"code":"P-234567","source":"brief",
                     "holder":{"firstName":"Martin","lastName":"Dupuis","birthDate":"1988-10-05","birthPlace":"Paris 8"},
                     "centre":{"name":"Lycée Léonard de Vinci"},
                     "examDate":"2020-06-13","deliveredDate":"2020-07-13","validUntil":"2023-07-13",
                     "competences":[{"code":"1.1","level":4},{"code":"1.2","level":3},{"code":"1.3","level":2},
                       {"code":"2.1","level":3}]}
                    """,
                    "Idempotency-Key",
                    UUID.randomUUID().toString());
            assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
        }
        scene.awaitViews();
    }

    private HttpResponse<String> verify(String code) {
        return reader.postJson(PATH, new JsonMapper().writeValueAsString(Map.of("code", code)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-234567", "p 234 567", "P234567", "Ｐ－２３４５６７"})
    void the_certificate_of_the_brief_answers_however_its_code_is_typed(String typed) {
        HttpResponse<String> answer = verify(typed);
        JsonNode body = new JsonMapper().readTree(answer.body());
        assertThat(body.get("checkedAt").asString()).matches("2022-05-16T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(body.get("ledger").get("position").asLong()).isPositive();
        assertThat(answer.body()
                        .replaceFirst("\"checkedAt\":\"[^\"]+\"", "\"checkedAt\":\"AT\"")
                        .replaceFirst("\"position\":\\d+", "\"position\":0"))
                .isEqualTo(
                        "{\"tier\":1,\"code\":\"P-234567\",\"status\":\"VALID\",\"checkedAt\":\"AT\",\"holder\":{\"initials\":\"M."
                            + " D.\"},\"framework\":\"2019\",\"maxReachableLevel\":5,\"overall\":{},\"competences\":[{\"code\":\"1.1\",\"label\":\"Mener"
                            + " une recherche et une veille"
                            + " d’information\",\"level\":4},{\"code\":\"1.2\",\"label\":\"Gérer des"
                            + " données\",\"level\":3},{\"code\":\"1.3\",\"label\":\"Traiter des"
                            + " données\",\"level\":2},"
                            + "{\"code\":\"2.1\",\"label\":\"Interagir\",\"level\":3}],\"centre\":{\"name\":\"Lycée"
                            + " Léonard de Vinci\"},\"examDate\":\"2020-06-13\","
                            + "\"deliveredDate\":\"2020-07-13\",\"validUntil\":\"2023-07-13\",\"secondFact\":\"ABSENT\","
                            + "\"ledger\":{\"position\":0}}");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Content-Language")).hasValue("fr");
        assertThat(answer.headers().firstValue("RateLimit-Policy")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"P-234567\"}",
                "{\"code\":\"P-234567\",\"second\":{\"familyName\":\"Dupuis\",\"birthDate\":\"1988-10-05\"}}",
                "{\"code\":\"P-BBBBBB\"}",
                "{\"code\":\"P23\"}",
                "{\"code\":\"P-234567\",\"second\":{\"key\":\"H4KQ7X\",\"familyName\":\"Dupuis\"}}",
                "{\"code\":234567}",
                "{\"code\":\"P-234567\",\"name\":1}",
                "null",
                "{"
            })
    void the_short_way_and_the_common_way_answer_alike(String body) {
        HttpResponse<String> shortWay = reader.postJson(PATH, body);
        // A query that means nothing is enough to leave the short way.
        HttpResponse<String> commonWay = reader.postJson(PATH + "?any=1", body);

        assertThat(shortWay.statusCode()).isEqualTo(commonWay.statusCode());
        assertThat(lasting(shortWay)).isEqualTo(lasting(commonWay));
        assertThat(names(shortWay)).isEqualTo(names(commonWay));
        for (String name : names(shortWay)) {
            if (!Set.of("date", "ratelimit").contains(name)) {
                assertThat(shortWay.headers().allValues(name))
                        .as(name)
                        .isEqualTo(commonWay.headers().allValues(name));
            }
        }
    }

    private static Set<String> names(HttpResponse<String> answer) {
        Set<String> names = new TreeSet<>(answer.headers().map().keySet());
        // How the end of the body is told is the container's matter.
        names.removeAll(Set.of("content-length", "transfer-encoding"));
        return names;
    }

    private static String lasting(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"(checkedAt|traceId)\":\"[^\"]+\"", "");
    }

    @Test
    void labels_follow_the_language_of_the_reader() {
        HttpResponse<String> answer =
                reader.postJson(PATH, "{\"code\":\"P-234567\"}", "Accept-Language", "en-GB,en;q=0.9");
        assertThat(answer.headers().firstValue("Content-Language")).hasValue("en");
        assertThat(answer.body()).doesNotContain("Gérer des données");
    }

    @Test
    void codes_that_nobody_holds_get_the_same_bytes_but_for_the_reference() {
        String one = verify("P-BBBBBB").body();
        String other = verify("P-CCCCCCCC").body();
        assertThat(one)
                .contains("/problemes/certificate-not-found", "\"status\":404")
                .doesNotContain("hint");
        assertThat(other.replaceFirst("\"traceId\":\"\\w+\"", ""))
                .isEqualTo(one.replaceFirst("\"traceId\":\"\\w+\"", ""));
    }

    @Test
    void a_letter_that_is_mistaken_for_a_digit_earns_a_hint_and_nothing_is_guessed() {
        HttpResponse<String> answer = verify("P-2345O7");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"hint\":");
    }

    @Test
    void what_cannot_be_a_code_is_refused_and_the_ledger_stays_as_it_is() {
        long before = scene.head();
        for (String typed : new String[] {"", "P23", "P".repeat(200), "Р-234567", "234567", "P-2345_7"}) {
            HttpResponse<String> answer = verify(typed);
            assertThat(answer.statusCode()).as(typed).isEqualTo(422);
            assertThat(answer.body()).contains("/problemes/invalid-code");
        }
        for (String body : new String[] {
            "{\"code\":\"P-234567\"",
            "{\"code\":\"P-234567\",\"name\":\"Dupuis\"}",
            "[]",
            "",
            "null",
            "{\"code\":\"P-234567\",\"code\":\"P-234567\"}"
        }) {
            assertThat(reader.postJson(PATH, body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(reader.postJson(PATH, "{}").statusCode()).isEqualTo(422);
        assertThat(reader.postJson(PATH, "{\"code\":234567}").statusCode()).isEqualTo(422);
        assertThat(reader.postJson(PATH, "{\"code\":\"" + "P".repeat(300_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(scene.head()).isEqualTo(before);
    }

    @Test
    void too_many_look_ups_are_refused_to_that_client_and_not_to_another() {
        Visitor many = Visitor.anonymousFrom("127.0.0.2", port);
        HttpResponse<String> answer = many.postJson(PATH, "{\"code\":\"P-BBBBBB\"}");
        for (int i = 1; i < TestPlace.LOOK_UPS_PER_MINUTE; i++) {
            answer = many.postJson(PATH, "{\"code\":\"P-BBBBBB\"}");
        }
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("RateLimit").orElse("")).contains("\"verify\";r=0;t=");
        HttpResponse<String> refused = many.postJson(PATH, "{\"code\":\"P-234567\"}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("/problemes/rate-limited");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1, 60);
        assertThat(many.postForm("/verifier", Map.of("code", "P-234567")).statusCode())
                .isEqualTo(429);
        assertThat(verify("P-234567").statusCode()).isEqualTo(200);
    }

    @Test
    void the_page_answers_without_an_account_without_a_session_and_without_a_name() {
        HttpResponse<String> result = reader.postForm("/verifier", Map.of("code", "p 234 567"));
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(result.body())
                .contains("P-234567", "Valide", "M. D.", "niveau 4 sur 5", "13 juillet 2023", "Lycée Léonard de Vinci")
                .doesNotContain("Dupuis", "Martin", "Paris 8", "1988");
        assertThat(result.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void the_page_says_what_to_do_about_unknown_and_impossible_codes() {
        HttpResponse<String> unknown = reader.postForm("/verifier", Map.of("code", "P-23456O"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Aucun certificat vérifiable", "O, I ou L", "value=\"P-23456O\"");
        HttpResponse<String> impossible = reader.postForm("/verifier", Map.of("code", "abc"));
        assertThat(impossible.statusCode()).isEqualTo(422);
        assertThat(impossible.body()).contains("ne peut pas être un code");
    }
}

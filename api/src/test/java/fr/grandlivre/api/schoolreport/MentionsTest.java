package fr.grandlivre.api.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SeededTest
// It counts certificates as seeded: nobody may have revoked one.
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class MentionsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MENTIONS = "/api/v1/schools/" + DemoAccount.TILLEULS + "/mentions";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private Visitor head;

    @BeforeEach
    void signIn() {
        head = Visitor.program(port, DemoLogins.of(application, Role.HEAD));
    }

    private List<JsonNode> items(String path) {
        HttpResponse<String> answer = head.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Ledger-Position")).isPresent();
        return StreamSupport.stream(JSON.readTree(answer.body()).get("items").spliterator(), false)
                .toList();
    }

    @Test
    void every_pupil_of_the_class_has_a_line_and_only_a_held_certificate_gives_the_mention() {
        List<JsonNode> items = items(MENTIONS + "?schoolYear=2021-2022&division=3eA");
        assertThat(items).hasSize(30);
        List<JsonNode> obtained = items.stream()
                .filter(item -> item.get("mention").asString().equals("certification-obtained"))
                .toList();
        // Eleven of the class sat in March: one failed, one exam was cancelled, one was rejected for fraud, one
        // certificate
        // revoked for it, one suspended; the replaced one counts by its replacement.
        assertThat(obtained).hasSize(6).allSatisfy(item -> {
            assertThat(item.get("label").asString()).isEqualTo("Certification obtenue");
            assertThat(item.get("certificateCode").asString()).matches("P-[2346789BCDFGHJKMPQRTVWXY]{6}");
            assertThat(item.get("status").asString()).isEqualTo("validated");
            assertThat(item.get("ruleVersion").asString()).isEqualTo("2021-1");
            assertThat(item.get("note").asString()).isEqualTo("sans incidence sur le DNB");
            assertThat(item.get("positions").get(0).asLong()).isPositive();
        });
        assertThat(items.stream().filter(item -> !obtained.contains(item)))
                .hasSize(24)
                .allSatisfy(item -> {
                    assertThat(item.get("mention").asString()).isEqualTo("none");
                    assertThat(item.has("label")).isFalse();
                    assertThat(item.has("certificateCode")).isFalse();
                });
        assertThat(items.stream()
                        .filter(item -> item.path("status").asString("").equals("rejected")))
                .as("failed, rejected for fraud, and revoked for fraud")
                .hasSize(3);
        assertThat(items.stream()
                        .filter(item -> item.path("status").asString("").equals("pending")))
                .as("suspended")
                .hasSize(1);
    }

    @Test
    void nothing_was_certified_the_year_before() {
        assertThat(items(MENTIONS + "?schoolYear=2020-2021&division=4eA"))
                .hasSize(30)
                .allSatisfy(item -> assertThat(item.get("mention").asString()).isEqualTo("none"));
    }

    @Test
    void a_certificate_of_another_centre_counts_for_the_pupils_own_school() {
        Visitor portHead = Visitor.program(
                port,
                DemoLogins.of(application).stream()
                        .filter(account -> account.login().equals("principal-port"))
                        .findFirst()
                        .orElseThrow());
        assertThat(portHead.get("/api/v1/schools/" + DemoAccount.PORT + "/mentions?division=3eB")
                        .body())
                .contains("certification-obtained");
    }

    @Test
    void another_school_answers_like_an_absent_one() {
        HttpResponse<String> other = head.get("/api/v1/schools/" + DemoAccount.PORT + "/mentions?division=3eB");
        HttpResponse<String> absent = head.get("/api/v1/schools/0990009Z/mentions?division=3eB");
        HttpResponse<String> malformed = head.get("/api/v1/schools/nowhere/mentions?division=3eB");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(malformed.statusCode()).isEqualTo(404);
        assertThat(withoutTrace(other)).isEqualTo(withoutTrace(absent)).isEqualTo(withoutTrace(malformed));
    }

    private static String withoutTrace(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }

    @ParameterizedTest
    @CsvSource({
        "?schoolYear=2021-2022, 422, /division",
        "?division=, 422, /division",
        "?division=3eA&schoolYear=2021-2023, 422, /schoolYear",
        "?division=3eA&schoolYear=yesterday, 422, /schoolYear",
        "?division=3eA&atLeast=soon, 422, /atLeast",
    })
    void bad_input_is_refused_at_its_field_and_records_nothing(String query, int status, String pointer) {
        long before = ledger.head();
        HttpResponse<String> answer = head.get(MENTIONS + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body())
                        .get("violations")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo(pointer);
        assertThat(ledger.head()).isEqualTo(before);
    }

    @Test
    void a_class_that_nobody_is_in_has_no_lines() {
        assertThat(items(MENTIONS + "?division=9zZ")).isEmpty();
    }

    @Test
    void the_head_finds_the_class_list_from_the_dashboard() {
        Visitor browser = Visitor.signedIn(port, DemoLogins.of(application, Role.HEAD));
        HttpResponse<String> dashboard = browser.get("/etablissement");
        assertThat(dashboard.statusCode()).isEqualTo(200);
        assertThat(dashboard.body())
                .contains("Collège des Tilleuls")
                .contains("Élèves sans INE : 1")
                .contains("/etablissement/livret?division=3eA&amp;annee=2021-2022");
        HttpResponse<String> checked = browser.get("/etablissement/livret?division=3eA&annee=2021-2022");
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(checked.body())
                .contains("Bloquant : 3 élève(s) sur 30")
                .contains("Saisir l’INE de")
                .contains("Vérifier l’identité de")
                .contains("/etablissement/livret/apercu?division=3eA&amp;annee=2021-2022");
        HttpResponse<String> list = browser.get("/etablissement/livret/apercu?division=3eA&annee=2021-2022");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body())
                .contains("Certification obtenue : 6 sur 30 élèves")
                .contains("sans incidence sur le DNB")
                .contains("✔ validée")
                .contains("… en attente")
                .contains("✘ rejetée")
                .contains("✘ annulée");
        assertThat(list.body().split("<strong>Certification obtenue</strong>", -1))
                .hasSize(7);
        HttpResponse<String> nobody = browser.get("/etablissement/livret?division=9zZ");
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("Aucun élève n’est inscrit en 9zZ");
        HttpResponse<String> before = browser.get("/etablissement/livret?annee=2012-2013");
        assertThat(before.statusCode()).isEqualTo(404);
        assertThat(before.body()).contains("Aucune classe n’est inscrite");
        for (String step : new String[] {"apercu", "export", "attestations"}) {
            assertThat(browser.get("/etablissement/livret/" + step + "?division=9zZ&annee=2021-2022")
                            .statusCode())
                    .as(step)
                    .isEqualTo(404);
        }
        assertThat(browser.get("/etablissement/livret", "Accept-Language", Locale.ENGLISH.getLanguage())
                        .body())
                .contains("School report");
    }
}

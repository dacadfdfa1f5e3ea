package fr.grandlivre.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SeededTest
class AuditTest {
    /** Certificates of the demonstration's publication; one of them is replaced later. */
    private static final int PUBLISHED = 9;
    /** Later certificates are other tests’. */
    private static final String LAST_DEMO_DAY = "2022-05-15";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENTS = "/api/v1/audit/events";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private Visitor auditor;

    @BeforeEach
    void signIn() {
        auditor = Visitor.program(port, DemoLogins.of(application, Role.AUDITOR));
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = auditor.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private List<JsonNode> items(String query) {
        return list(read(EVENTS + query).get("items"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String text(JsonNode item, String name) {
        return item.get(name).asString();
    }

    private static String metadata(JsonNode item, String name) {
        return item.get("metadata").get(name).asString();
    }

    @Test
    void pages_hold_every_event_once_up_to_the_pinned_head() {
        String query = "?from=1&to=450&limit=100";
        List<Long> positions = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read(EVENTS + query + cursor);
            list(page.get("items"))
                    .forEach(item -> positions.add(item.get("position").asLong()));
            cursor = page.has("next") ? "&cursor=" + text(page, "next") : "";
        } while (!cursor.isEmpty());
        assertThat(positions).isEqualTo(LongStream.rangeClosed(1, 450).boxed().toList());
    }

    @Test
    void the_link_to_the_next_page_can_be_followed() {
        HttpResponse<String> first = auditor.get(EVENTS + "?type=evaluation.answer-recorded&limit=3");
        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link).endsWith(">; rel=\"next\"");
        JsonNode second = read(link.substring(1, link.indexOf('>')));
        List<JsonNode> before = list(JSON.readTree(first.body()).get("items"));
        assertThat(list(second.get("items"))).hasSize(3).allSatisfy(item -> {
            assertThat(text(item, "type")).isEqualTo("evaluation.answer-recorded");
            assertThat(item.get("position").asLong())
                    .isGreaterThan(before.getLast().get("position").asLong());
        });
    }

    @Test
    void each_filter_shows_what_it_says_and_nothing_else() {
        assertThat(items("?type=certificate.issued&to=" + LAST_DEMO_DAY))
                .hasSize(PUBLISHED + 1)
                .allSatisfy(item -> assertThat(text(item, "type")).isEqualTo("certificate.issued"));
        JsonNode published = items("?type=session.published").getFirst();
        String stream = text(published, "stream");
        assertThat(items("?stream=" + stream))
                .hasSizeGreaterThan(13)
                .allSatisfy(item -> assertThat(text(item, "stream")).isEqualTo(stream));
        String jury = metadata(published, "actor");
        assertThat(jury).isEqualTo(DemoAccount.accountOf("jury-1").toString());
        assertThat(items("?actor=" + jury))
                .hasSizeGreaterThan(1)
                .allSatisfy(item -> assertThat(metadata(item, "actor")).isEqualTo(jury));
        String correlation = metadata(published, "correlationId");
        assertThat(items("?correlation=" + correlation))
                .hasSize(1 + 2 * PUBLISHED)
                .allSatisfy(item -> assertThat(metadata(item, "correlationId")).isEqualTo(correlation));
        assertThat(items("?from=2022-04-04&to=2022-04-04"))
                .hasSize(1 + 2 * PUBLISHED)
                .allSatisfy(item -> assertThat(text(item, "recordedAt")).startsWith("2022-04-04T"));
        assertThat(items("?from=2022-04-20T12:00:00Z&to=2022-04-20T12:00:59Z"))
                .allSatisfy(item -> assertThat(text(item, "recordedAt")).startsWith("2022-04-20T12:00:"))
                .extracting(item -> text(item, "type"))
                .contains("session.jury-act-proposed");
        assertThat(items("?from=2022-04-20&to=2022-04-20&type=certificate.revoked"))
                .hasSize(1);
        assertThat(items("?type=certificate.issued&actor=" + jury)).isEmpty();
    }

    @Test
    void an_event_names_its_cause_its_effects_and_its_neighbours() {
        JsonNode published = items("?type=session.published").getFirst();
        long position = published.get("position").asLong();
        JsonNode cause = read(EVENTS + "/" + position);
        assertThat(cause.has("cause")).isFalse();
        assertThat(list(cause.get("effects"))).hasSize(2 * PUBLISHED);
        long certificate =
                items("?type=certificate.issued").getFirst().get("position").asLong();
        JsonNode effect = read(EVENTS + "/" + certificate);
        assertThat(effect.get("cause").asLong()).isEqualTo(position);
        assertThat(list(effect.get("sameCommand"))).extracting(JsonNode::asLong).containsExactly(certificate - 1);
        assertThat(effect.get("event").get("payload").get("certificateId").asString())
                .isEqualTo(effect.get("event").get("stream").asString());
        assertThat(cause.get("before").asLong()).isLessThan(position);
    }

    @Test
    void personal_fields_stay_sealed() {
        List<JsonNode> enrolments = items("?type=school.pupil-enrolled&limit=100");
        assertThat(enrolments).hasSize(100).allSatisfy(item -> {
            JsonNode sealed = item.get("payload").get("sealed");
            assertThat(sealed.propertyNames()).containsExactly("identity");
            assertThat(sealed.get("identity").propertyNames()).containsExactlyInAnyOrder("ct", "iv", "kid");
        });
        assertThat(enrolments.toString()).doesNotContain("Viguier").doesNotContain("lastName");
    }

    @ParameterizedTest
    @CsvSource({
        "?from=2022-05-17, 422, /from",
        "?to=2099-01-01T00:00:00Z, 422, /to",
        "?to=1000000000, 422, /to",
        "?from=99999999999999999999, 422, /from",
        "?from=0, 422, /from",
        "?from=2022-02-30, 422, /from",
        "?to=hier, 422, /to",
        "?from=9&to=3, 422, /from",
        "?from=2022-05-16&to=2022-05-15, 422, /from",
        "?form=3, 400, ''",
        "?type=certificate.eaten, 422, /type",
        "?stream=1-2-3-4-5, 422, /stream",
        "?actor=Dupuis, 422, /actor",
        "?correlation=1, 422, /correlation",
        "?limit=0, 422, /limit",
        "?limit=101, 422, /limit",
        "?limit=many, 422, /limit",
    })
    void bad_input_is_refused_at_its_field_and_records_nothing(String query, int status, String pointer) {
        long before = ledger.head();
        HttpResponse<String> answer = auditor.get(EVENTS + query);
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
    void a_cursor_that_was_made_up_or_belongs_to_another_search_is_refused() {
        String cursor = text(read(EVENTS + "?limit=2"), "next");
        char last = cursor.charAt(10);
        String forged = cursor.substring(0, 10) + (last == 'A' ? 'B' : 'A') + cursor.substring(11);
        for (String query : List.of(
                "?cursor=" + forged,
                "?cursor=AAAA",
                "?cursor=%21%21",
                "?cursor=",
                "?type=session.published&cursor=" + cursor)) {
            HttpResponse<String> answer = auditor.get(EVENTS + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("/problemes/invalid-cursor");
        }
        assertThat(auditor.get(EVENTS + "?limit=2&cursor=" + cursor).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_position_beyond_the_head_is_absent() {
        assertThat(auditor.get(EVENTS + "/" + (ledger.head() + 1)).statusCode()).isEqualTo(404);
        assertThat(auditor.get(EVENTS + "/0").statusCode()).isEqualTo(404);
        assertThat(auditor.get(EVENTS + "/-1").statusCode()).isEqualTo(404);
        assertThat(auditor.get(EVENTS + "/last").statusCode()).isEqualTo(404);
    }

    @Test
    void the_auditor_walks_from_a_search_to_an_event_and_along_its_chain() {
        Visitor browser = Visitor.signedIn(port, DemoLogins.of(application, Role.AUDITOR));
        HttpResponse<String> search = browser.get("/audit?type=certificate.issued");
        assertThat(search.statusCode()).isEqualTo(200);
        long certificate =
                items("?type=certificate.issued").getFirst().get("position").asLong();
        assertThat(search.body())
                .contains("/audit/evenements/" + certificate)
                .doesNotContain("session.scheduled</code>");
        HttpResponse<String> event = browser.get("/audit/evenements/" + certificate);
        long cause = items("?type=session.published").getFirst().get("position").asLong();
        assertThat(event.statusCode()).isEqualTo(200);
        assertThat(event.body())
                .contains("/audit/evenements/" + cause)
                .contains("scellé : données «certificate»")
                .contains("verification.code-reserved")
                .doesNotContain("??");
        assertThat(browser.get("/audit/evenements/999999999").statusCode()).isEqualTo(404);
        HttpResponse<String> all = browser.get("/audit");
        assertThat(all.body()).contains("rel=\"next\"").doesNotContain("??");
        HttpResponse<String> refused = browser.get("/audit?from=2099-01-01&stream=x");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("href=\"#from\"")
                .contains("value=\"2099-01-01\"")
                .contains("href=\"#stream\"");
        assertThat(browser.get("/audit?cursor=AAAA").statusCode()).isEqualTo(400);
    }
}

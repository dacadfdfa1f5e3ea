package fr.grandlivre.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.events.vocabulary.Role;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@GrandLivreTest
@Import(ProblemsTest.Probe.class)
class ProblemsTest {
    private static final String KEY = "0190b3c4-7d5e-7f60-8a1b-2c3d4e5f6a7b";

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private Visitor teacher;

    @TestConfiguration(proxyBeanMethods = false)
    @RestController
    @Allowed(Role.TEACHER)
    static class Probe {
        record Inner(int count) {}

        record Body(String name, Inner inner) {}

        @PostMapping("/api/v1/probe")
        Map<String, String> post(@RequestBody Body body, CommandKey key) {
            return Map.of(
                    "name", body.name(),
                    "command", key.commandId().toString(),
                    "fingerprint", Base64.getUrlEncoder().encodeToString(key.fingerprint()));
        }

        @GetMapping("/api/v1/probe/{id}")
        String get(@PathVariable UUID id) {
            return id.toString();
        }

        @GetMapping("/api/v1/probe-refusal/{code}")
        String refuse(@PathVariable String code) {
            Refusal refusal = Refusal.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
            throw new ProblemException(Refusals.problem(refusal, Map.of("from", "2022-05-20")));
        }

        @GetMapping({"/api/v1/probe-failure", "/sonde-erreur"})
        String fail() {
            throw new IllegalStateException("secret detail of fr.grandlivre");
        }
    }

    @BeforeEach
    void signIn() {
        teacher = Visitor.program(port, DemoLogins.of(application, Role.TEACHER));
    }

    private HttpResponse<String> post(String body) {
        return teacher.postJson("/api/v1/probe", body, "Idempotency-Key", KEY);
    }

    @Test
    void a_request_that_is_right_to_the_letter_passes() {
        assertThat(post("{\"name\":\"a\",\"inner\":{\"count\":1}}").body()).contains("\"command\":\"" + KEY + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"name":"a","inner":{"count":1}                     | 400 | malformed-request
        {"name":"a","inner":{"count":1},"role":"head"}      | 400 | malformed-request
        {"name":"a","name":"b","inner":{"count":1}}         | 400 | malformed-request
        {"name":"a","inner":{"count":1}} {}                 | 400 | malformed-request
        {"name":"a","inner":{"count":"1"}}                  | 422 | validation
        {"name":"a","inner":{"count":1.5}}                  | 422 | validation
        {"name":"a","inner":{"count":null}}                 | 422 | validation
        {"name":1,"inner":{"count":1}}                      | 422 | validation
        """)
    void what_is_not_understood_is_refused_and_never_guessed(String body, int status, String slug) {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("/problemes/" + slug + "\"")
                .doesNotContain("tools.jackson", "fr.grandlivre");
    }

    @Test
    void a_wrong_value_is_named_by_its_pointer() {
        assertThat(post("{\"name\":\"a\",\"inner\":{\"count\":\"x\"}}").body())
                .contains("\"pointer\":\"/inner/count\"", "\"code\":\"invalid\"");
    }

    @Test
    void nesting_deeper_than_twenty_is_refused() {
        String deep = "{\"a\":".repeat(21) + "1" + "}".repeat(21);
        assertThat(post(deep).statusCode()).isEqualTo(400);
    }

    @Test
    void a_body_above_256_KiB_is_too_large_with_or_without_an_announced_length() {
        String large = "{\"name\":\"" + "x".repeat(256 * 1024) + "\"}";
        assertThat(post(large).statusCode()).isEqualTo(413);
        assertThat(post(large).body()).contains("payload-too-large");
    }

    @Test
    void another_content_type_is_unsupported() {
        HttpResponse<String> answer =
                teacher.request("POST", "/api/v1/probe", "a=b", "Content-Type", "text/plain", "Idempotency-Key", KEY);
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"''", "not-a-uuid", "1-2-3-4-5"})
    void a_command_needs_a_whole_uuid_as_its_key(String key) {
        String body = "{\"name\":\"a\",\"inner\":{\"count\":1}}";
        HttpResponse<String> answer = key.isEmpty()
                ? teacher.postJson("/api/v1/probe", body)
                : teacher.postJson("/api/v1/probe", body, "Idempotency-Key", key);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("idempotency-key-missing");
    }

    @Test
    void the_fingerprint_ignores_the_order_and_spacing_of_names_and_nothing_else() {
        String one = post("{\"name\":\"a\",\"inner\":{\"count\":1}}").body();
        String same = post("{ \"inner\": {\"count\": 1}, \"name\": \"a\" }").body();
        String other = post("{\"name\":\"b\",\"inner\":{\"count\":1}}").body();
        assertThat(fingerprint(same)).isEqualTo(fingerprint(one));
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(one));
        Visitor colleague = Visitor.program(
                port,
                DemoLogins.of(application).stream()
                        .filter(a -> a.login().equals("professeur-port"))
                        .findFirst()
                        .orElseThrow());
        String theirs = colleague
                .postJson("/api/v1/probe", "{\"name\":\"a\",\"inner\":{\"count\":1}}", "Idempotency-Key", KEY)
                .body();
        assertThat(fingerprint(theirs)).isNotEqualTo(fingerprint(one));
    }

    private static String fingerprint(String body) {
        return body.replaceAll(".*\"fingerprint\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void an_identifier_that_is_none_names_nothing() {
        assertThat(teacher.get("/api/v1/probe/42").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "too-early, 409, refused-by-rule, true",
        "answer-shape, 422, validation, true",
        "unknown-certificate, 404, certificate-not-found, false",
        "legal-hold, 409, legal-hold, true",
        "exam-over, 410, refused-by-rule, true",
        "code-space-exhausted, 503, overloaded, true"
    })
    void a_domain_refusal_has_the_status_of_the_table_and_names_its_rule(
            String code, int status, String slug, boolean named) {
        HttpResponse<String> answer = teacher.get("/api/v1/probe-refusal/" + code);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("/problemes/" + slug + "\"");
        assertThat(answer.body().contains("\"rule\":\"" + code + "\"")).isEqualTo(named);
        assertThat(answer.body().contains("2022-05-20")).isEqualTo(named);
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void sentences_follow_the_language_of_the_caller_and_are_french_otherwise() {
        assertThat(teacher.get("/api/v1/probe-refusal/too-early").body()).contains("C’est trop tôt");
        assertThat(teacher.get("/api/v1/probe-refusal/too-early", "Accept-Language", "en-GB,fr;q=0.5")
                        .body())
                .contains("It is too early");
        assertThat(teacher.get("/api/v1/probe-refusal/too-early", "Accept-Language", "de")
                        .body())
                .contains("C’est trop tôt");
    }

    @Test
    void an_unexpected_failure_shows_a_reference_and_nothing_of_the_inside() {
        HttpResponse<String> document = teacher.get("/api/v1/probe-failure");
        assertThat(document.statusCode()).isEqualTo(500);
        assertThat(document.body())
                .containsPattern("\"traceId\":\"[0-9a-f]{32}\"")
                .doesNotContain("secret", "Exception");
        Visitor person = Visitor.signedIn(port, DemoLogins.of(application, Role.TEACHER));
        HttpResponse<String> page = person.get("/sonde-erreur");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body())
                .contains("Erreur inattendue")
                .containsPattern("<code>[0-9a-f]{32}</code>")
                .doesNotContain("secret", "Exception");
    }

    @Test
    void every_slug_has_a_page_in_both_languages() {
        Visitor reader = Visitor.anonymous(port);
        for (Slug slug : Slug.values()) {
            String french = reader.get("/problemes/" + slug.text(), "Accept-Language", "fr")
                    .body();
            String english = reader.get("/problemes/" + slug.text(), "Accept-Language", "en")
                    .body();
            assertThat(french).contains("<html lang=\"fr\"").contains("Que faire");
            assertThat(english).contains("<html lang=\"en\"").contains("What to do");
        }
    }
}

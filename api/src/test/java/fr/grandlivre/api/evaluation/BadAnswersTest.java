package fr.grandlivre.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is no answer changes nothing, and is told so. */
@GrandLivreTest
class BadAnswersTest {
    private static final String ANSWERS = "/api/v1/evaluations/4.2/answers";
    private static final JsonMapper JSON = new JsonMapper();

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private Visitor learner;

    @BeforeEach
    void signIn() {
        learner = Visitor.program(port, DemoLogins.of(application, Role.LEARNER));
    }

    private JsonNode next(String competence) {
        return JSON.readTree(
                learner.get("/api/v1/evaluations/" + competence + "/next").body());
    }

    private HttpResponse<String> post(String path, String body) {
        return learner.postJson(path, body, "Idempotency-Key", CommandKey.draw().toString());
    }

    private void refused(String path, String body, int status, String word) {
        long head = ledger.head();
        HttpResponse<String> answer = post(path, body);
        String shown = body.length() > 300 ? body.substring(0, 300) : body;
        assertThat(answer.statusCode()).as(shown + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).as(shown).contains(word).doesNotContain("fr.grandlivre", "Exception");
        assertThat(ledger.head()).as(shown).isEqualTo(head);
    }

    /** A due challenge and where it is asked. */
    private record Due(String competence, Challenge challenge) {
        String path() {
            return "/api/v1/evaluations/" + competence + "/answers";
        }
    }

    /** Skips until an untimed challenge of the wanted sort is due. */
    private Due due(boolean choices) {
        for (String competence : List.of("1.2", "1.3", "2.2", "2.3", "3.2", "3.3", "4.1", "4.3", "5.1")) {
            for (JsonNode next = next(competence); next.has("challenge"); next = next(competence)) {
                Due due = new Due(
                        competence, Solver.challenge(next.get("challenge").asString()));
                boolean chosen = due.challenge() instanceof Qcu || due.challenge() instanceof Qcm;
                if (chosen == choices && !due.challenge().isTimed()) {
                    return due;
                }
                HttpResponse<String> skipped =
                        post(due.path(), "{\"challenge\":\"" + due.challenge().id() + "\",\"skipped\":true}");
                assertThat(skipped.statusCode()).isEqualTo(201);
            }
        }
        throw new AssertionError("nothing left to ask");
    }

    private static String fields(Challenge challenge, String... texts) {
        return "{\"challenge\":\"" + challenge.id() + "\",\"fields\":[\"" + String.join("\",\"", texts) + "\"]}";
    }

    @Test
    void what_is_no_request_is_refused() {
        String due = next("4.2").get("challenge").asString();
        refused(ANSWERS, "{\"challenge\":", 400, "malformed-request");
        refused(ANSWERS, "", 400, "malformed-request");
        refused(ANSWERS, "[]", 400, "malformed-request");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"skipped\":true,\"at\":\"2022\"}", 400, "malformed-request");
        refused(ANSWERS, "{\"challenge\":\"a\",\"challenge\":\"b\",\"skipped\":true}", 400, "malformed-request");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"skipped\":\"yes\"}", 422, "/skipped");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"choices\":[1.5]}", 422, "/choices");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"choices\":[null]}", 422, "/choices/0");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"choices\":[99999999999]}", 422, "/choices");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\"}", 422, "answer.missing");
        refused(ANSWERS, "{\"challenge\":\"" + due + "\",\"choices\":[0],\"fields\":[\"a\"]}", 422, "answer.several");
        refused(ANSWERS, "{\"skipped\":true}", 422, "/challenge");
        refused(ANSWERS, "{\"challenge\":\"../etc\",\"skipped\":true}", 422, "/challenge");
        refused(ANSWERS, "{\"challenge\":\"" + "x".repeat(1_000_000) + "\"}", 413, "payload-too-large");
        refused(ANSWERS, "[".repeat(50_000), 400, "malformed-request");
        assertThat(learner.postJson(ANSWERS, "{\"challenge\":\"" + due + "\",\"skipped\":true}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_does_not_fit_the_challenge_is_refused() {
        Due first = due(true);
        Challenge choice = first.challenge();
        String path = first.path();
        String challenge = "{\"challenge\":\"" + choice.id() + "\",";
        refused(path, challenge + "\"choices\":[99]}", 422, "answer-shape");
        refused(path, challenge + "\"choices\":[-1]}", 422, "answer-shape");
        refused(path, challenge + "\"choices\":[0,0]}", 422, "answer-shape");
        refused(path, challenge + "\"fields\":[\"a\"]}", 422, "answer-shape");
        if (choice instanceof Qcu) {
            refused(path, challenge + "\"choices\":[]}", 422, "answer-shape");
            refused(path, challenge + "\"choices\":[0,1]}", 422, "answer-shape");
        }
        Due second = due(false);
        Challenge text = second.challenge();
        String texts = second.path();
        refused(texts, "{\"challenge\":\"" + text.id() + "\",\"choices\":[0]}", 422, "answer-shape");
        refused(texts, "{\"challenge\":\"" + text.id() + "\",\"fields\":[]}", 422, "answer-shape");
        refused(texts, fields(text, "a", "b", "c", "d", "e"), 422, "answer-shape");
        refused(texts, fields(text, "a".repeat(501)), 422, "too-long");
        refused(texts, fields(text, "a\\u0000b"), 422, "control-character");
        refused(texts, fields(text, "a\\u001bb"), 422, "control-character");
        refused(texts, fields(text, "a\\u007fb"), 422, "control-character");
        refused(texts, fields(text, "a\\ud800b"), 422, "lone-surrogate");
        refused(texts, fields(text, "\\udc00"), 422, "lone-surrogate");
    }

    @Test
    void what_is_not_asked_is_refused() {
        String due = next("5.2").get("challenge").asString();
        String other = next("4.2").get("challenge").asString();
        String path = "/api/v1/evaluations/5.2/answers";
        refused(path, "{\"challenge\":\"" + other + "\",\"skipped\":true}", 409, "not-the-due-challenge");
        refused(path, "{\"challenge\":\"nothingLikeThis3a\",\"skipped\":true}", 409, "not-the-due-challenge");
        refused(
                "/api/v1/evaluations/9.9/answers",
                "{\"challenge\":\"" + due + "\",\"skipped\":true}",
                404,
                "not-found");
        refused("/api/v1/evaluations/x/answers", "{\"challenge\":\"" + due + "\",\"skipped\":true}", 404, "not-found");
        refused("/api/v1/evaluations/5.2/improvements", "", 409, "not-started");
        refused("/api/v1/evaluations/5.2/resets", "", 409, "not-started");
        assertThat(post(path, "{\"challenge\":\"" + due + "\",\"skipped\":true}")
                        .statusCode())
                .isEqualTo(201);
        refused(path, "{\"challenge\":\"" + due + "\",\"skipped\":true}", 409, "already-answered");
        refused("/api/v1/evaluations/5.2/improvements", "", 409, "too-early");
        refused("/api/v1/evaluations/5.2/resets", "", 409, "too-early");
    }

    @Test
    void every_script_and_every_sign_of_a_text_is_kept_as_typed() {
        for (String text : List.of("\u202eabc\u202c", "e\u0301\u0327\u0323".repeat(10), "👩‍👩‍👧", "مرحبا", "   ")) {
            Due due = due(false);
            int fields = due.challenge() instanceof Challenge.Qrocm several
                    ? several.answers().size()
                    : 1;
            String key = CommandKey.draw().toString();
            String body =
                    fields(due.challenge(), Collections.nCopies(fields, text).toArray(String[]::new));
            HttpResponse<String> recorded = learner.postJson(due.path(), body, "Idempotency-Key", key);
            assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
            JsonNode feedback =
                    JSON.readTree(learner.get(due.path() + "/" + key).body());
            assertThat(feedback.get("given").get(0).get("text").asString()).isEqualTo(text);
            assertThat(feedback.get("outcome").asString()).isEqualTo("ko");
        }
    }

    @Test
    void the_same_key_records_once_and_never_another_answer() {
        String due = next("2.4").get("challenge").asString();
        String path = "/api/v1/evaluations/2.4/answers";
        String key = CommandKey.draw().toString();
        String body = "{\"challenge\":\"" + due + "\",\"skipped\":true}";
        HttpResponse<String> first = learner.postJson(path, body, "Idempotency-Key", key);
        assertThat(first.statusCode()).isEqualTo(201);
        long head = ledger.head();
        HttpResponse<String> again = learner.postJson(path, body, "Idempotency-Key", key);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        HttpResponse<String> other =
                learner.postJson(path, "{\"challenge\":\"" + due + "\",\"choices\":[0]}", "Idempotency-Key", key);
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
        assertThat(ledger.head()).isEqualTo(head);
    }
}

package fr.grandlivre.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.events.vocabulary.LearnerId;
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
    private static final JsonMapper JSON = new JsonMapper();

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    @Autowired
    LedgerReader ledger;

    private Visitor learner;
    private Answering answering;

    @BeforeEach
    void signIn() {
        DemoAccount account = DemoLogins.of(application, Role.LEARNER);
        learner = Visitor.program(port, account);
        answering = new Answering(learner, new LearnerId(account.account().value()));
    }

    /** Competences that no other test of this ledger has begun, whatever ran before. */
    private List<String> untouched(int count) {
        List<String> found = answering.untouched().limit(count).toList();
        assertThat(found).hasSize(count);
        return found;
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
        String competence = untouched(1).getFirst();
        String answers = "/api/v1/evaluations/" + competence + "/answers";
        String due = next(competence).get("challenge").asString();
        refused(answers, "{\"challenge\":", 400, "malformed-request");
        refused(answers, "", 400, "malformed-request");
        refused(answers, "[]", 400, "malformed-request");
        refused(answers, "{\"challenge\":\"" + due + "\",\"skipped\":true,\"at\":\"2022\"}", 400, "malformed-request");
        refused(answers, "{\"challenge\":\"a\",\"challenge\":\"b\",\"skipped\":true}", 400, "malformed-request");
        refused(answers, "{\"challenge\":\"" + due + "\",\"skipped\":\"yes\"}", 422, "/skipped");
        refused(answers, "{\"challenge\":\"" + due + "\",\"choices\":[1.5]}", 422, "/choices");
        refused(answers, "{\"challenge\":\"" + due + "\",\"choices\":[null]}", 422, "/choices/0");
        refused(answers, "{\"challenge\":\"" + due + "\",\"choices\":[99999999999]}", 422, "/choices");
        refused(answers, "{\"challenge\":\"" + due + "\"}", 422, "answer.missing");
        refused(answers, "{\"challenge\":\"" + due + "\",\"choices\":[0],\"fields\":[\"a\"]}", 422, "answer.several");
        refused(answers, "{\"skipped\":true}", 422, "/challenge");
        refused(answers, "{\"challenge\":\"../etc\",\"skipped\":true}", 422, "/challenge");
        refused(answers, "{\"challenge\":\"" + "x".repeat(1_000_000) + "\"}", 413, "payload-too-large");
        refused(answers, "[".repeat(50_000), 400, "malformed-request");
        assertThat(learner.postJson(answers, "{\"challenge\":\"" + due + "\",\"skipped\":true}")
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
        refused(path, challenge + "\"choices\":[]}", 422, "answer.missing");
        if (choice instanceof Qcu) {
            refused(path, challenge + "\"choices\":[0,1]}", 422, "answer-shape");
        }
        Due second = due(false);
        Challenge text = second.challenge();
        String texts = second.path();
        refused(texts, "{\"challenge\":\"" + text.id() + "\",\"choices\":[0]}", 422, "answer-shape");
        refused(texts, "{\"challenge\":\"" + text.id() + "\",\"fields\":[]}", 422, "answer.missing");
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
        List<String> untouched = untouched(2);
        String due = next(untouched.getFirst()).get("challenge").asString();
        String other = next(untouched.getLast()).get("challenge").asString();
        String evaluation = "/api/v1/evaluations/" + untouched.getFirst();
        String path = evaluation + "/answers";
        refused(path, "{\"challenge\":\"" + other + "\",\"skipped\":true}", 409, "not-the-due-challenge");
        refused(path, "{\"challenge\":\"nothingLikeThis3a\",\"skipped\":true}", 409, "not-the-due-challenge");
        refused(
                "/api/v1/evaluations/9.9/answers",
                "{\"challenge\":\"" + due + "\",\"skipped\":true}",
                404,
                "not-found");
        refused("/api/v1/evaluations/x/answers", "{\"challenge\":\"" + due + "\",\"skipped\":true}", 404, "not-found");
        refused(evaluation + "/improvements", "", 409, "not-started");
        refused(evaluation + "/resets", "", 409, "not-started");
        assertThat(post(path, "{\"challenge\":\"" + due + "\",\"skipped\":true}")
                        .statusCode())
                .isEqualTo(201);
        refused(path, "{\"challenge\":\"" + due + "\",\"skipped\":true}", 409, "already-answered");
        refused(evaluation + "/improvements", "", 409, "too-early");
        refused(evaluation + "/resets", "", 409, "too-early");
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
        String competence = untouched(1).getFirst();
        String due = next(competence).get("challenge").asString();
        String path = "/api/v1/evaluations/" + competence + "/answers";
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

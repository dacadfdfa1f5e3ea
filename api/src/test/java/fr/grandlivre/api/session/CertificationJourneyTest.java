package fr.grandlivre.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.PersonName;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a plan to a verified code and its revocation, by four people's programs. */
@GrandLivreTest
// Its learner must not sit another exam.
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class CertificationJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private Visitor head;
    private Visitor invigilator;
    private Visitor learner;
    private Visitor jury;
    private RosterPupil pupil;

    @BeforeEach
    void signIn() {
        scene = new CertificationScene(application);
        DemoAccount account = scene.account("eleve-tilleuls-3e");
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        pupil = scene.pupil(
                DemoAccount.TILLEULS, new LearnerId(account.account().value()), "3A", "Ada", "d’Été-Martin");
        scene.certifiable(pupil.learner());
        head = Visitor.program(port, scene.account("principale-tilleuls"));
        invigilator = Visitor.program(port, scene.account("surveillant-tilleuls"));
        learner = Visitor.program(port, account);
        jury = Visitor.program(port, scene.account("jury-1"));
    }

    @Test
    void a_session_leads_to_a_code_that_verifies_until_it_is_revoked() {
        JsonNode session = schedule();
        String path = "/api/v1/sessions/" + session.get("stream").asString();
        String candidate = enrol(path);
        admit(path, candidate, session);
        ExamId exam = start(session);
        badAnswersChangeNothing(exam);
        secondEntryTakesOver(path, candidate, session, exam);
        answerAll(exam);
        created(post(learner, "/api/v1/exams/" + exam + "/end", ""), 200);
        tooLate(exam);
        created(post(head, path + "/finalisation", "{\"incident\":false,\"absent\":[]}"), 200);
        CertificationScene.await(() -> {
            // Until the view has the finalisation, the session is none of the jury's business: a 404.
            JsonNode seats = read(jury.get(path)).get("candidates");
            JsonNode seat = seats == null ? null : seats.get(0);
            return seat != null
                    && seat.has("outcome")
                    && seat.get("outcome").asString().equals("validated");
        });
        assertThat(read(head.get(path)).get("candidates").get(0).has("outcome")).isFalse();
        created(post(jury, path + "/publication", ""), 200);
        CertificateStatement certificate = issued(exam);
        verifies(certificate, "VALID");
        revoke(certificate);
    }

    private JsonNode schedule() {
        String key = UUID.randomUUID().toString();
        String body = "{\"date\":\"2022-05-16\",\"time\":\"08:30\",\"room\":\"12\"}";
        HttpResponse<String> first = head.postJson("/api/v1/sessions", body, "Idempotency-Key", key);
        HttpResponse<String> again = head.postJson("/api/v1/sessions", body, "Idempotency-Key", key);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(first.body());
        JsonNode session = read(first);
        assertThat(session.get("accessCode").asString()).matches("[BCDFGHJKMPQRTVWXY]{4}[2346789]{2}");
        assertThat(session.get("invigilatorCode").asString()).matches("[2346789BCDFGHJKMPQRTVWXY]{5}");
        return session;
    }

    private String enrol(String path) {
        Visitor other = Visitor.program(port, scene.account("principal-port"));
        String body = "{\"learner\":\"" + pupil.learner() + "\",\"birthPlace\":\"Lyon\"}";
        long before = scene.head();
        assertThat(post(other, path + "/candidates", body).statusCode()).isEqualTo(404);
        assertThat(other.get(path).statusCode()).isEqualTo(404);
        assertThat(post(head, path + "/candidates", body.replace("Lyon", " ")).statusCode())
                .isEqualTo(422);
        assertThat(post(head, path + "/candidates", body.replace("}", ",\"code\":1}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(
                                head,
                                path + "/candidates",
                                body.replace(
                                        pupil.learner().toString(),
                                        UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(scene.head()).isEqualTo(before);
        JsonNode enrolled = created(post(head, path + "/candidates", body), 201);
        assertThat(post(head, path + "/candidates", body).body()).contains("already-candidate");
        return enrolled.get("candidate").asString();
    }

    private void admit(String path, String candidate, JsonNode session) {
        String seat = path + "/candidates/" + candidate;
        String right =
                "{\"invigilatorCode\":\"" + session.get("invigilatorCode").asString() + "\"}";
        long before = scene.head();
        HttpResponse<String> wrong = post(invigilator, seat + "/presence", "{\"invigilatorCode\":\"BBBBB\"}");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(post(invigilator, seat + "/admission", right).body()).contains("not-present");
        assertThat(scene.head()).isEqualTo(before);
        created(post(invigilator, seat + "/presence", right), 200);
        long present = scene.head();
        created(post(invigilator, seat + "/presence", right), 200);
        assertThat(scene.head()).isEqualTo(present);
        assertThat(post(learner, "/api/v1/exams", join(session)).body()).contains("not-admitted");
        created(post(invigilator, seat + "/admission", right), 200);
    }

    private ExamId start(JsonNode session) {
        long before = scene.head();
        HttpResponse<String> refused =
                post(learner, "/api/v1/exams", join(session).replace(pupil.lastName(), "Durand"));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).doesNotContain("rule", "Durand");
        assertThat(scene.head()).isEqualTo(before);
        JsonNode started = created(post(learner, "/api/v1/exams", join(session)), 201);
        assertThat(post(learner, "/api/v1/exams", join(session)).body()).contains("exam-already-running");
        return ExamId.of(started.get("stream").asString());
    }

    private String join(JsonNode session) {
        return "{\"session\":%d,\"firstName\":\"%s\",\"lastName\":\"%s\",\"birthDate\":\"%s\",\"accessCode\":\"%s\"}"
                .formatted(
                        session.get("number").asInt(),
                        pupil.firstName(),
                        pupil.lastName(),
                        pupil.birthDate(),
                        session.get("accessCode").asString().toLowerCase(java.util.Locale.ROOT));
    }

    private void badAnswersChangeNothing(ExamId exam) {
        String answers = "/api/v1/exams/" + exam + "/answers";
        Visitor other = Visitor.program(port, scene.account("eleve-port-3e"));
        long before = scene.head();
        assertThat(post(other, answers, "{\"number\":1,\"skipped\":true}").statusCode())
                .isEqualTo(404);
        assertThat(other.get("/api/v1/exams/" + exam).statusCode()).isEqualTo(404);
        assertThat(post(learner, answers, "{\"number\":2,\"skipped\":true}").body())
                .contains("question-out-of-order", "\"due\":1");
        for (String unfit : new String[] {
            "{\"number\":0,\"skipped\":true}",
            "{\"skipped\":true}",
            "{\"number\":1}",
            "{\"number\":1,\"skipped\":true,\"choices\":[0]}",
            "{\"number\":1,\"choices\":[null]}",
            "{\"number\":1,\"choices\":[20]}",
            "{\"number\":1,\"texts\":[\"a\\u0000\"]}",
            "{\"number\":1,\"texts\":[\"a\",\"a\",\"a\",\"a\",\"a\"]}",
            "{\"number\":1,\"texts\":[\"" + "a".repeat(501) + "\"]}"
        }) {
            assertThat(post(learner, answers, unfit).statusCode()).as(unfit).isEqualTo(422);
        }
        assertThat(post(learner, answers, "{\"number\":1,\"skipped\":true,\"outcome\":\"ok\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(learner, answers, "{\"number\":1,\"texts\":[\"" + "a".repeat(300_000) + "\"]}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(learner.postJson(answers, "{\"number\":1,\"skipped\":true}").statusCode())
                .isEqualTo(400);
        assertThat(scene.head()).isEqualTo(before);
    }

    /** Every act of a device carries its entry: an older one answers no more, and nothing is lost. */
    private void secondEntryTakesOver(String path, String candidate, JsonNode session, ExamId exam) {
        String exams = "/api/v1/exams/" + exam;
        String seat = path + "/candidates/" + candidate;
        String code = "\"invigilatorCode\":\"" + session.get("invigilatorCode").asString() + "\"";
        assertThat(post(learner, exams + "/entries", join(session)).body()).contains("not-admitted");
        created(post(invigilator, seat + "/admission", "{" + code + "}"), 200);
        created(post(invigilator, seat + "/admission/withdrawal", "{" + code + "}"), 200);
        assertThat(post(learner, exams + "/entries", join(session)).body()).contains("not-admitted");
        created(post(invigilator, seat + "/admission", "{" + code + "}"), 200);
        assertThat(created(post(learner, exams + "/entries", join(session)), 201)
                        .get("entry")
                        .asInt())
                .isEqualTo(2);
        long before = scene.head();
        HttpResponse<String> out = post(learner, exams + "/answers", "{\"number\":1,\"skipped\":true}");
        assertThat(out.statusCode()).isEqualTo(409);
        assertThat(out.body()).contains("exam-taken-over");
        assertThat(scene.head()).isEqualTo(before);

        JsonNode alert = created(
                post(learner, exams + "/alerts", "{\"entry\":2,\"number\":1,\"category\":\"website-blocked\"}"), 201);
        assertThat(alert.get("stream").asString()).isEqualTo(exam.toString());
        assertThat(read(learner.get(exams)).get("status").asString()).isEqualTo("alert-open");
        ExamSitting waiting = application.getBean(ExamQueries.class).byId(exam).orElseThrow();
        String raised = Objects.requireNonNull(waiting.alert()).alert().toString();
        assertThat(post(
                                invigilator,
                                seat + "/alert-resolution",
                                "{\"invigilatorCode\":\"BBBBB\",\"alert\":\"" + raised
                                        + "\",\"resolution\":\"replaced\"}")
                        .statusCode())
                .isEqualTo(403);
        created(
                post(
                        invigilator,
                        seat + "/alert-resolution",
                        "{" + code + ",\"alert\":\"" + raised + "\",\"resolution\":\"dismissed\"}"),
                200);
        created(post(invigilator, seat + "/restored-time", "{" + code + ",\"minutes\":30}"), 200);
        assertThat(post(invigilator, seat + "/restored-time", "{" + code + ",\"minutes\":1}")
                        .body())
                .contains("time-range");
    }

    private void answerAll(ExamId exam) {
        String answers = "/api/v1/exams/" + exam + "/answers";
        Frameworks frameworks = application.getBean(Frameworks.class);
        ExamSitting sitting = application.getBean(ExamQueries.class).byId(exam).orElseThrow();
        for (int number = 1; number <= sitting.questions().size(); number++) {
            JsonNode due = read(learner.get("/api/v1/exams/" + exam));
            if (due.get("status").asString().equals("to-open")) {
                assertThat(due.has("question")).isFalse();
                created(
                        post(learner, "/api/v1/exams/" + exam + "/timers", "{\"entry\":2,\"number\":" + number + "}"),
                        201);
                due = read(learner.get("/api/v1/exams/" + exam));
                assertThat(due.has("dueUntil")).isTrue();
            }
            assertThat(due.get("number").asInt()).isEqualTo(number);
            assertThat(due.get("question").toString()).doesNotContain("right", "solutions", "explanation");
            var challenge = frameworks
                    .of(sitting.framework())
                    .challenge(sitting.questions().get(number - 1).challenge())
                    .orElseThrow();
            String body = body(number, CertificationScene.right(challenge));
            String key = UUID.randomUUID().toString();
            HttpResponse<String> first = learner.postJson(answers, body, "Idempotency-Key", key);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            long recorded = scene.head();
            HttpResponse<String> again = learner.postJson(answers, body, "Idempotency-Key", key);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
            HttpResponse<String> other = post(learner, answers, body);
            boolean last = number == sitting.questions().size();
            assertThat(other.statusCode()).isEqualTo(last ? 410 : 409);
            assertThat(other.body()).contains(last ? "exam-ended" : "already-answered");
            assertThat(scene.head()).isEqualTo(recorded);
        }
        assertThat(read(learner.get("/api/v1/exams/" + exam)).get("status").asString())
                .isEqualTo("ended");
    }

    private static String body(int number, Response response) {
        return switch (response) {
            case Response.Chosen(var indexes) ->
                "{\"entry\":2,\"number\":%d,\"choices\":%s}".formatted(number, JSON.writeValueAsString(indexes));
            case Response.Typed(var texts) ->
                "{\"entry\":2,\"number\":%d,\"texts\":%s}".formatted(number, JSON.writeValueAsString(texts));
            case Response.Skipped _ -> "{\"entry\":2,\"number\":%d,\"skipped\":true}".formatted(number);
        };
    }

    private void tooLate(ExamId exam) {
        long before = scene.head();
        HttpResponse<String> late =
                post(learner, "/api/v1/exams/" + exam + "/answers", "{\"entry\":2,\"number\":1,\"skipped\":true}");
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).contains("exam-ended");
        created(post(learner, "/api/v1/exams/" + exam + "/end", ""), 200);
        assertThat(scene.head()).isEqualTo(before);
    }

    private CertificateStatement issued(ExamId exam) {
        CertificateQueries certificates = application.getBean(CertificateQueries.class);
        CertificationScene.await(
                () -> certificates.byId(StreamIds.certificate(exam, 1)).isPresent());
        scene.awaitViews();
        CertificateStatement certificate =
                certificates.byId(StreamIds.certificate(exam, 1)).orElseThrow();
        JsonNode own = read(learner.get("/api/v1/certificates/" + certificate.certificate()));
        assertThat(own.get("code").asString()).matches("P-[2346789BCDFGHJKMPQRTVWXY]{6}");
        assertThat(own.get("key").asString()).matches("[2346789BCDFGHJKMPQRTVWXY]{6}");
        assertThat(own.get("holder").get("birthPlace").asString()).isEqualTo("Lyon");
        JsonNode jurys = read(jury.get("/api/v1/certificates/" + certificate.certificate()));
        assertThat(jurys.has("key") || jurys.has("holder")).isFalse();
        assertThat(Visitor.program(port, scene.account("eleve-port-3e"))
                        .get("/api/v1/certificates/" + certificate.certificate())
                        .statusCode())
                .isEqualTo(404);
        return certificate;
    }

    private void verifies(CertificateStatement certificate, String status) {
        HttpResponse<String> answer = verify(certificate);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode verified = read(answer);
        assertThat(verified.get("status").asString()).isEqualTo(status);
        assertThat(verified.get("code").asString()).isEqualTo(certificate.code().value());
        assertThat(verified.get("holder").get("initials").asString())
                .isEqualTo(PersonName.initials(pupil.firstName(), pupil.lastName()));
        assertThat(verified.get("competences").size())
                .isEqualTo(certificate.levels().size())
                .isPositive();
        assertThat(answer.body())
                .doesNotContain("Lyon", pupil.lastName(), pupil.birthDate().toString());
    }

    private HttpResponse<String> verify(CertificateStatement certificate) {
        return Visitor.anonymous(port)
                .postJson(
                        "/api/v1/verifications",
                        "{\"code\":\"" + certificate.code().value() + "\"}");
    }

    private void revoke(CertificateStatement certificate) {
        String path = "/api/v1/certificates/" + certificate.certificate() + "/revocations";
        long before = scene.head();
        assertThat(post(jury, path, "{\"reasonCode\":\"jury\",\"reason\":\"bref\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(jury, path, "{\"reasonCode\":\"whim\",\"reason\":\"décision du jury\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(head, path, "{\"reasonCode\":\"jury\",\"reason\":\"décision du jury\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(scene.head()).isEqualTo(before);
        JsonNode proposed = created(post(jury, path, "{\"reasonCode\":\"jury\",\"reason\":\"décision du jury\"}"), 201);
        String settle = "{\"proposal\":\"" + proposed.get("proposal").asString() + "\"}";
        String confirmations = path.replace("revocations", "confirmations");
        assertThat(read(verify(certificate)).get("status").asString()).isEqualTo("VALID");
        assertThat(post(jury, confirmations, settle).body()).contains("same-person");
        created(post(Visitor.program(port, scene.account("jury-2")), confirmations, settle), 200);
        CertificationScene.await(
                () -> read(verify(certificate)).get("status").asString().equals("REVOKED"));
        long revoked = scene.head();
        created(post(jury, path, "{\"reasonCode\":\"fraud\",\"reason\":\"décision répétée\"}"), 200);
        assertThat(scene.head()).isEqualTo(revoked);
        assertThat(post(
                                jury,
                                path.replace("revocations", "suspensions"),
                                "{\"reasonCode\":\"jury\",\"reason\":\"décision du jury\"}")
                        .body())
                .contains("already-revoked");
    }

    /** Sends a command and waits until every view shows what it recorded. */
    private HttpResponse<String> post(Visitor visitor, String path, String body) {
        HttpResponse<String> answer = visitor.postJson(
                path, body, "Idempotency-Key", UUID.randomUUID().toString());
        scene.awaitViews();
        return answer;
    }

    private static JsonNode created(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(status);
        return read(answer);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

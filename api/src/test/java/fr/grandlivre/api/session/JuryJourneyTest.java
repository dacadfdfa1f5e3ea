package fr.grandlivre.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.CertificationScene;
import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.api.Visitor;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A jury at work on an exam, by its programs: before publication one person, afterwards two. */
@GrandLivreTest
class JuryJourneyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CALLERS = 32;
    private static final String WORDS = "Le site était indisponible.";
    private static final LocalDate BIRTH = LocalDate.of(2007, 10, 5);

    /** Numbers that no other test plans. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(910_000);

    @Value("${server.port}")
    int port;

    @Autowired
    ApplicationContext application;

    private CertificationScene scene;
    private Visitor jury;
    private Visitor second;
    private SessionId session;
    private ExamId exam;

    @BeforeEach
    void sitAnExam() {
        scene = new CertificationScene(application);
        scene.school(DemoAccount.TILLEULS, "Collège des Tilleuls");
        jury = Visitor.program(port, account("jury-1"));
        second = Visitor.program(port, account("jury-2"));
        LearnerId learner = new LearnerId(UUID.randomUUID());
        scene.certifiable(learner);
        session = new SessionId(UUID.randomUUID());
        CandidateId candidate = new CandidateId(UUID.randomUUID());
        exam = StreamIds.exam(session, candidate);
        int number = NUMBERS.incrementAndGet();
        String mac = application.getBean(CodeMacs.class).ofInvigilators(number, "BCDFG");
        recorded(new ScheduleSession(
                session,
                number,
                application
                        .getBean(SessionQueries.class)
                        .centreOf(DemoAccount.TILLEULS)
                        .orElseThrow(),
                ParisDays.of(application.getBean(Clock.class).instant()),
                LocalTime.of(8, 30),
                "1",
                List.of(),
                "BCDF23",
                mac));
        recorded(new EnrolCandidate(
                session, candidate, learner, 0, new CandidateIdentity("Ada", "Essai", BIRTH, "Ici")));
        recorded(new ConfirmPresence(session, candidate, mac));
        recorded(new GrantAdmission(session, candidate, mac));
        recorded(new StartExam(session, learner, "BCDF23", "Ada", "Essai", BIRTH));
        answer();
        recorded(new EndExam(exam, EndReason.COMPLETED));
    }

    private DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(known -> known.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private void recorded(Command command) {
        assertThat(scene.send(command)).as(command.toString()).isInstanceOf(Outcome.Recorded.class);
    }

    /** The last question is skipped, all others are answered right. */
    private void answer() {
        ExamSitting sitting = application.getBean(ExamQueries.class).byId(exam).orElseThrow();
        var framework = application.getBean(Frameworks.class).of(sitting.framework());
        int last = sitting.questions().size();
        for (var question : sitting.questions()) {
            var challenge = framework.challenge(question.challenge()).orElseThrow();
            recorded(new RecordExamAnswer(
                    exam,
                    question.number(),
                    question.number() == last ? new Response.Skipped() : CertificationScene.right(challenge),
                    null,
                    application.getBean(Clock.class).instant()));
        }
    }

    private void finalised() {
        recorded(new FinaliseSession(session, false, Set.of()));
        await(() -> application
                .getBean(JuryQueries.class)
                .byExam(exam)
                .filter(found -> found.scored().isPresent())
                .isPresent());
        scene.awaitViews();
    }

    private void published() {
        finalised();
        assertThat(post(jury, "/api/v1/sessions/" + session + "/publication", "")
                        .statusCode())
                .isEqualTo(200);
        await(() -> certificate(1) != null);
        scene.awaitViews();
    }

    private CertificateStatement certificate(int number) {
        return application
                .getBean(CertificateQueries.class)
                .byId(StreamIds.certificate(exam, number))
                .orElse(null);
    }

    private String path(String rest) {
        return "/api/v1/jury/certifications/" + exam + rest;
    }

    private JsonNode examined() {
        return read(jury.get(path("")));
    }

    private static String act(String kind, String more) {
        return "{\"kind\":\"" + kind + "\",\"reasonCode\":\"jury\",\"reason\":\"" + WORDS + "\"" + more + "}";
    }

    private static String onQuestion(String kind, int number) {
        return act(kind, ",\"number\":" + number);
    }

    @Test
    void a_preview_is_what_the_act_then_gives_and_undoing_it_gives_the_first_result() {
        assertThat(jury.get(path("")).statusCode())
                .as("before the session is finalised")
                .isEqualTo(404);
        finalised();
        JsonNode first = examined().get("result");
        int last = examined().get("questions").size();
        long before = scene.facts();
        JsonNode preview = read(jury.postJson(path("/previews"), onQuestion("neutralise-question", last)));
        assertThat(scene.facts()).as("a preview records nothing").isEqualTo(before);
        assertThat(preview.get("before")).isEqualTo(first);
        assertThat(preview.get("after")).isNotEqualTo(first);

        String key = UUID.randomUUID().toString();
        HttpResponse<String> done =
                jury.postJson(path("/acts"), onQuestion("neutralise-question", last), "Idempotency-Key", key);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        long recorded = scene.facts();
        HttpResponse<String> again =
                jury.postJson(path("/acts"), onQuestion("neutralise-question", last), "Idempotency-Key", key);
        assertThat(again.body()).isEqualTo(done.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(read(post(second, path("/acts"), onQuestion("neutralise-question", last)))
                        .has("seq"))
                .isFalse();
        assertThat(scene.facts()).as("one act, one event").isEqualTo(recorded);
        assertThat(examined().get("result")).isEqualTo(preview.get("after"));
        assertThat(examined().get("scoring").asInt()).isEqualTo(2);

        assertThat(read(post(jury, path("/acts"), "{\"kind\":\"rescore\"}")).has("seq"))
                .as("rescoring by the same rules records nothing")
                .isFalse();
        assertThat(post(jury, path("/acts"), onQuestion("reinstate-question", last))
                        .statusCode())
                .isEqualTo(200);
        assertThat(examined().get("result")).isEqualTo(first);
        assertThat(examined().get("scoring").asInt()).isEqualTo(3);
        assertThat(examined().get("timeline").findValuesAsString("act"))
                .contains("exam-scored", "question-neutralised", "question-reinstated", "session-finalised");
    }

    @Test
    void bad_input_changes_nothing() {
        finalised();
        long before = scene.facts();
        for (String unfit : List.of(
                "{}",
                "{\"kind\":\"whim\"}",
                act("cancel-exam", "").replace(WORDS, "court"),
                act("cancel-exam", "").replace(WORDS, "x".repeat(501)),
                act("cancel-exam", "").replace("\"jury\"", "\"whim\""),
                act("neutralise-question", ""),
                onQuestion("neutralise-question", 99),
                act("correct-identity", ""),
                act(
                        "correct-identity",
                        ",\"identity\":{\"firstName\":\"A\",\"lastName\":\"B\",\"birthDate\":\"2021-02-30\",\"birthPlace\":\"C\"}"))) {
            assertThat(post(jury, path("/acts"), unfit).statusCode()).as(unfit).isEqualTo(422);
            assertThat(post(jury, path("/previews"), unfit).statusCode())
                    .as(unfit)
                    .isEqualTo(422);
        }
        assertThat(post(jury, path("/acts"), act("cancel-exam", ",\"outcome\":\"ok\""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(jury.postJson(path("/acts"), act("cancel-exam", "")).statusCode())
                .as("no key")
                .isEqualTo(400);
        assertThat(post(jury, path("/proposals"), act("cancel-exam", "")).body())
                .contains("not-published");
        assertThat(post(jury, path("/confirmations"), "{\"proposal\":\"" + UUID.randomUUID() + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(scene.facts()).isEqualTo(before);
    }

    @Test
    void after_publication_two_persons_correct_an_identity_and_the_certificate_is_replaced() {
        published();
        CertificateStatement old = certificate(1);
        scene.send(new ChooseVisibility(old.certificate(), old.learner(), Visibility.NOBODY));
        String correction = act(
                "correct-identity",
                ",\"identity\":{\"firstName\":\"Adèle\",\"lastName\":\"Essai\",\"birthDate\":\"2007-10-05\",\"birthPlace\":\"Brest\"}");
        assertThat(post(jury, path("/acts"), correction).body()).contains("second-person-required");
        JsonNode preview = read(jury.postJson(path("/previews"), correction));
        assertThat(preview.get("certificate").asString()).isEqualTo("replaced");
        HttpResponse<String> proposed = post(jury, path("/proposals"), correction);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        String proposal = "{\"proposal\":\""
                + JSON.readTree(proposed.body()).get("proposal").asString() + "\"}";
        assertThat(read(second.get("/api/v1/jury/proposals?atLeast=" + scene.head()))
                        .findValuesAsString("exam"))
                .contains(exam.toString());
        assertThat(post(jury, path("/confirmations"), proposal).body()).contains("same-person");
        assertThat(certificate(2)).isNull();
        assertThat(post(second, path("/confirmations"), proposal).statusCode()).isEqualTo(200);
        await(() -> certificate(2) != null);
        assertThat(certificate(2).holder().firstName()).isEqualTo("Adèle");
        assertThat(certificate(2).code()).isNotEqualTo(old.code());
        assertThat(certificate(2).deliveredDate()).isEqualTo(old.deliveredDate());
        assertThat(certificate(1).standing().revocation()).isNotNull();
        await(() -> certificate(1).replacedBy() != null);
        assertThat(certificate(1).replacedBy().code()).isEqualTo(certificate(2).code());
        assertThat(read(jury.get("/api/v1/certificates/" + old.certificate()))
                        .get("replacedBy")
                        .get("certificate")
                        .asString())
                .isEqualTo(certificate(2).certificate().toString());
        assertThat(examined().get("result")).isEqualTo(preview.get("after"));
        assertThat(examined().get("timeline").findValuesAsString("act"))
                .as("what the holder shows to others is not the jury's")
                .contains("certificate-replaced")
                .doesNotContain("visibility-chosen");
        long before = scene.facts();
        assertThat(post(second, path("/confirmations"), proposal).statusCode()).isEqualTo(200);
        assertThat(post(jury, path("/withdrawals"), proposal).body()).contains("state-changed-since-preview");
        assertThat(scene.facts()).isEqualTo(before);
    }

    @Test
    void of_many_heads_and_jurors_at_once_one_act_is_recorded() throws Exception {
        assertThat(events(session.value(), "session.finalised", new FinaliseSession(session, false, Set.of())))
                .isEqualTo(1);
        await(() -> application
                .getBean(JuryQueries.class)
                .byExam(exam)
                .filter(found -> found.scored().isPresent())
                .isPresent());
        assertThat(events(session.value(), "session.published", new PublishSession(session)))
                .isEqualTo(1);
        CertificateId certificate = StreamIds.certificate(exam, 1);
        assertThat(events(certificate.value(), "certificate.issued", new IssueCertificate(session, exam)))
                .isEqualTo(1);
        assertThat(certificate(2)).isNull();
    }

    @Test
    void a_certificate_is_issued_once_when_its_answer_was_lost() {
        published();
        CertificateStatement first = certificate(1);
        UUID lost = UUID.randomUUID();
        IssueCertificate issue = new IssueCertificate(session, exam);
        Commands commands = application.getBean(Commands.class);
        long before = scene.facts();
        for (int sending = 0; sending < 3; sending++) {
            assertThat(commands.dispatch(issue, Caller.first(lost, lost, Role.SYSTEM, null)))
                    .isInstanceOf(Outcome.Unchanged.class);
        }
        assertThat(scene.facts()).isEqualTo(before);
        assertThat(certificate(1).code()).isEqualTo(first.code());
    }

    /** Sends the command from many callers at once, each with an id of its own. */
    private long events(UUID stream, String type, Command command) throws Exception {
        Commands commands = application.getBean(Commands.class);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                outcomes.add(callers.submit(() -> commands.dispatch(
                        command, Caller.first(UUID.randomUUID(), UUID.randomUUID(), Role.SYSTEM, null))));
            }
        }
        for (Future<Outcome> outcome : outcomes) {
            assertThat(outcome.get()).isNotInstanceOf(Outcome.Refused.class);
        }
        return application.getBean(LedgerReader.class).stream(stream, 0).stream()
                .filter(event -> event.type().equals(type))
                .count();
    }

    /** Sends a command and waits until every view shows what it recorded. */
    private HttpResponse<String> post(Visitor visitor, String path, String body) {
        HttpResponse<String> answer = visitor.postJson(
                path, body, "Idempotency-Key", UUID.randomUUID().toString());
        scene.awaitViews();
        return answer;
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void await(Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.get()) {
            assertThat(System.nanoTime()).as("still not so after " + SOON).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

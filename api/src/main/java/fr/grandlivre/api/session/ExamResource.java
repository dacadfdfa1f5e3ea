package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Response;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Exams for programs of candidates. */
@RestController
@Tag(name = "session")
@Allowed(Role.LEARNER)
class ExamResource {
    private static final int MOST_QUESTIONS = 99;
    private static final int MOST_PARTS = 20;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final ExamQueries exams;
    private final ExamAnswers answers;

    ExamResource(Dispatch dispatch, Sittings sittings, ExamQueries exams, ExamAnswers answers) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.exams = exams;
        this.answers = answers;
    }

    /**
     * @param session    its number
     * @param birthDate  {@code 2007-10-05}
     * @param accessCode as read out in the room
     */
    record StartRequest(
            @Nullable Integer session,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String accessCode) {
        /** Never shows what identifies the candidate. */
        @Override
        public String toString() {
            return "StartRequest";
        }
    }

    /**
     * An answer: exactly one of choices, texts and skipped.
     *
     * @param number     of the question, from 1
     * @param choices    indexes of the chosen options, from 0
     * @param texts      one a field, in order
     * @param skipped    true to pass
     * @param focusedOut whether the candidate left the page
     */
    record AnswerRequest(
            @Nullable Integer number,
            @Nullable List<@Nullable Integer> choices,
            @Nullable List<@Nullable String> texts,
            @Nullable Boolean skipped,
            @Nullable Boolean focusedOut) {
        /** Never shows the texts. */
        @Override
        public String toString() {
            return "AnswerRequest[" + number + "]";
        }
    }

    /**
     * @param status    running, all-answered, time-over or ended
     * @param number    of the due question; absent when none is
     * @param questions how many are asked
     * @param answered  how many answers are recorded
     * @param endsAt    last instant at which an answer counts
     * @param question  the due one; absent when none is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exam(
            UUID exam,
            UUID session,
            String status,
            @Nullable Integer number,
            int questions,
            int answered,
            Instant endsAt,
            @Nullable AskedQuestion question) {}

    @PostMapping("/api/v1/exams")
    @Operation(
            operationId = "startExam",
            summary = "Enter an exam and start its clock",
            description = "Roles: learner. The stream of the answer is the exam. Refusals in order: session-finalised,"
                    + " not-today, exam-ended, exam-already-running, not-admitted, not-certifiable, nothing-to-ask."
                    + " Problems: not-found (whatever does not match), validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> start(
            @RequestBody StartRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        Fields fields = new Fields();
        JoinRequest join = JoinRequest.read(
                fields,
                body.session() == null ? null : body.session().toString(),
                body.firstName(),
                body.lastName(),
                body.birthDate(),
                body.accessCode(),
                ParisDays.of(answers.now()));
        fields.check();
        return switch (answers.enter(join, key, learner)) {
            case Outcome.Refused(var code, var facts) -> throw new ProblemException(Refusals.problem(code, facts));
            case Outcome.Unchanged _ -> throw new IllegalStateException("entering an exam records it");
            case Outcome.Recorded(var position, var stream, var seq, var replayed) ->
                Acknowledged.created(new Done(position, stream, seq, replayed));
        };
    }

    @GetMapping("/api/v1/exams/{exam}")
    @Operation(
            operationId = "exam",
            summary = "The question that is due",
            description = "Roles: learner who sits the exam. Problems: not-found.")
    Exam exam(@PathVariable UUID exam, @Parameter(hidden = true) SignedIn learner, Locale language) {
        ExamSitting sitting = sittings.started(exam, learner);
        AskedQuestion due = answers.due(sitting, language).orElse(null);
        return new Exam(
                sitting.exam().value(),
                sitting.session().value(),
                status(sitting, due != null),
                due == null ? null : sitting.answered() + 1,
                sitting.questions().size(),
                sitting.answered(),
                sitting.endsAt(),
                due);
    }

    private static String status(ExamSitting sitting, boolean due) {
        if (sitting.ended() != null) {
            return "ended";
        }
        if (due) {
            return "running";
        }
        return sitting.due().isPresent() ? "time-over" : "all-answered";
    }

    @PostMapping("/api/v1/exams/{exam}/answers")
    @Operation(
            operationId = "answerExam",
            summary = "Answer the due question",
            description =
                    "Roles: learner who sits the exam. Refusals: exam-not-started, exam-ended (410), exam-over (410),"
                        + " question-out-of-order (names the due one), already-answered, answer-shape. Problems:"
                        + " not-found, validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> answer(
            @PathVariable UUID exam,
            @RequestBody AnswerRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        Instant receivedAt = answers.now();
        ExamId own = sittings.ofLearner(exam, learner);
        Fields fields = new Fields();
        int number = fields.number("/number", body.number(), 1, MOST_QUESTIONS);
        Response response = response(fields, body);
        fields.check();
        Outcome outcome = answers.answer(own, number, response, body.focusedOut(), receivedAt, key, learner);
        return switch (outcome) {
            case Outcome.Refused refused -> throw new ProblemException(ExamAnswers.problem(refused));
            case Outcome.Unchanged _ -> throw new IllegalStateException("answering a question records it");
            case Outcome.Recorded(var position, var stream, var seq, var replayed) ->
                Acknowledged.created(new Done(position, stream, seq, replayed));
        };
    }

    private static Response response(Fields fields, AnswerRequest body) {
        boolean skipped = Boolean.TRUE.equals(body.skipped());
        int given = (body.choices() == null ? 0 : 1) + (body.texts() == null ? 0 : 1) + (skipped ? 1 : 0);
        if (given != 1) {
            fields.refuse("", given == 0 ? "missing" : "invalid");
        } else if (body.choices() != null) {
            return new Response.Chosen(chosen(fields, body.choices()));
        } else if (body.texts() != null) {
            return new Response.Typed(typed(fields, body.texts()));
        }
        return new Response.Skipped();
    }

    private static List<Integer> chosen(Fields fields, List<@Nullable Integer> values) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), MOST_PARTS); i++) {
            chosen.add(fields.number("/choices/" + i, values.get(i), 0, MOST_PARTS));
        }
        if (values.size() > MOST_PARTS) {
            fields.refuse("/choices", "too-long");
        }
        return chosen;
    }

    private static List<String> typed(Fields fields, List<@Nullable String> values) {
        List<String> typed = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), MOST_PARTS); i++) {
            typed.add(fields.answer("/texts/" + i, values.get(i)));
        }
        if (values.size() > MOST_PARTS) {
            fields.refuse("/texts", "too-long");
        }
        return typed;
    }

    @PostMapping("/api/v1/exams/{exam}/end")
    @Operation(
            operationId = "endExam",
            summary = "End an exam",
            description = "Roles: learner who sits the exam. Repeating it changes nothing. Refusals: exam-not-started."
                    + " Problems: not-found, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> end(
            @PathVariable UUID exam,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        ExamId own = sittings.ofLearner(exam, learner);
        ExamSitting sitting = exams.byId(own).orElse(null);
        return Acknowledged.done(dispatch.send(answers.end(own, sitting), key, learner, Role.LEARNER));
    }
}

package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.events.session.SessionEvent.Question;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
    private static final int MOST_ENTRIES = 9_999;
    private static final int LONGEST_CODE = 60;

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
     * @param entry      of the device: 1 when left out, for the one that started the exam
     * @param number     of the question, from 1
     * @param choices    indexes of the chosen options, from 0
     * @param texts      one a field, in order
     * @param skipped    true to pass
     * @param focusedOut whether the candidate left the page
     */
    record AnswerRequest(
            @Nullable Integer entry,
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
     * @param entry  of the device: 1 when left out
     * @param number of the due question, from 1
     */
    record TimerRequest(@Nullable Integer entry, @Nullable Integer number) {}

    /**
     * @param entry    of the device: 1 when left out
     * @param number   of the due question, from 1
     * @param category code of an issue with a question
     */
    record AlertRequest(
            @Nullable Integer entry,
            @Nullable Integer number,
            @Nullable String category) {}

    /** @param entry number of the entry, to be sent with every act of this device */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entered(long position, UUID stream, @Nullable Integer seq, int entry) {}

    /**
     * What the due question is. The number of the entry is not told: whoever was let in has it, and no other device.
     *
     * @param status    running, to-open (timed, not opened yet), alert-open, all-answered, time-over or ended
     * @param number    of the due question; absent when none is
     * @param questions how many are asked
     * @param answered  how many answers are recorded
     * @param endsAt    last instant at which an answer counts
     * @param timerMs   time allowed for the due question, milliseconds; absent when untimed
     * @param dueUntil  last instant at which the due question is in time; absent when untimed or not opened
     * @param question  the due one; absent when none may be answered now
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
            @Nullable Long timerMs,
            @Nullable Instant dueUntil,
            @Nullable AskedQuestion question) {}

    @PostMapping("/api/v1/exams")
    @Operation(
            operationId = "startExam",
            summary = "Enter an exam and start its clock",
            description = "Roles: learner. The stream of the answer is the exam. Refusals in order: session-finalised,"
                    + " not-today, exam-ended, exam-already-running, not-admitted, not-certifiable, nothing-to-ask."
                    + " Problems: not-found (whatever does not match), validation, refused-by-rule,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Entered> start(
            @RequestBody StartRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        return entered(answers.start(join(body), key, learner));
    }

    @PostMapping("/api/v1/exams/{exam}/entries")
    @Operation(
            operationId = "enterExam",
            summary = "Enter a running exam again, from now on by this device alone",
            description = "Roles: learner who sits the exam. Every entry needs an admission of its own; the clock never"
                    + " stopped. Refusals in order: session-finalised, not-today, exam-ended, exam-already-running"
                    + " (another one), exam-not-started, not-admitted. Problems: not-found (whatever does not match),"
                    + " validation, refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Entered> enter(
            @PathVariable UUID exam,
            @RequestBody StartRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        ExamId own = sittings.ofLearner(exam, learner);
        JoinRequest join = join(body);
        // The form names a session: it must be the one of this exam.
        boolean same = sittings.numbered(join.number()).stream()
                .flatMap(session -> session.candidates().stream())
                .anyMatch(candidate -> candidate.exam().equals(own));
        if (!same) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return entered(answers.again(join, key, learner));
    }

    private JoinRequest join(StartRequest body) {
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
        return join;
    }

    private ResponseEntity<Entered> entered(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused(var code, var facts) -> throw new ProblemException(Refusals.problem(code, facts));
            case Outcome.Unchanged _ -> throw new IllegalStateException("entering an exam records it");
            case Outcome.Recorded recorded ->
                Acknowledged.answer(
                        HttpStatus.CREATED,
                        new Done(recorded.position(), recorded.stream(), recorded.seq(), recorded.replayed()),
                        new Entered(recorded.position(), recorded.stream(), recorded.seq(), answers.entry(recorded)));
        };
    }

    @GetMapping("/api/v1/exams/{exam}")
    @Operation(
            operationId = "exam",
            summary = "The question that is due",
            description = "Roles: learner who sits the exam. Problems: not-found.")
    Exam exam(@PathVariable UUID exam, @Parameter(hidden = true) SignedIn learner, Locale language) {
        ExamSitting sitting = sittings.started(exam, learner);
        Optional<Question> due = answers.due(sitting).flatMap(_ -> sitting.due());
        return new Exam(
                sitting.exam().value(),
                sitting.session().value(),
                status(sitting, due.isPresent()),
                sitting.due().map(Question::number).orElse(null),
                sitting.questions().size(),
                sitting.answered(),
                sitting.endsAt(),
                due.map(Question::timerMs).orElse(null),
                sitting.dueUntil().orElse(null),
                answers.asked(sitting, language).orElse(null));
    }

    private static String status(ExamSitting sitting, boolean due) {
        if (sitting.ended() != null) {
            return "ended";
        }
        if (due) {
            return sitting.closed() ? "to-open" : "running";
        }
        if (sitting.alert() != null) {
            return "alert-open";
        }
        return sitting.due().isPresent() ? "time-over" : "all-answered";
    }

    @PostMapping("/api/v1/exams/{exam}/timers")
    @Operation(
            operationId = "openExamQuestion",
            summary = "Open the due question when it is timed; its time starts",
            description = "Roles: learner who sits the exam. The first opening counts. Refusals: exam-not-started,"
                    + " exam-taken-over, exam-ended (410), exam-over (410), alert-open, question-out-of-order,"
                    + " already-answered. Problems: not-found, validation, refused-by-rule, exam-taken-over,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> openQuestion(
            @PathVariable UUID exam,
            @RequestBody TimerRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        Instant receivedAt = answers.now();
        ExamId own = sittings.ofLearner(exam, learner);
        Fields fields = new Fields();
        int entry = entry(fields, body.entry());
        int number = fields.number("/number", body.number(), 1, MOST_QUESTIONS);
        fields.check();
        return acknowledged(own, answers.open(own, entry, number, receivedAt, key, learner));
    }

    @PostMapping("/api/v1/exams/{exam}/alerts")
    @Operation(
            operationId = "raiseExamAlert",
            summary = "Report a problem with the due question",
            description = "Roles: learner who sits the exam. Nothing can be answered until an invigilator has looked."
                    + " Refusals: exam-not-started, exam-taken-over, exam-ended (410), exam-over (410), alert-open,"
                    + " question-out-of-order, already-answered, category-unknown. Problems: not-found, validation,"
                    + " refused-by-rule, exam-taken-over, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> raiseAlert(
            @PathVariable UUID exam,
            @RequestBody AlertRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        ExamId own = sittings.ofLearner(exam, learner);
        Fields fields = new Fields();
        int entry = entry(fields, body.entry());
        int number = fields.number("/number", body.number(), 1, MOST_QUESTIONS);
        String category = fields.text("/category", body.category(), LONGEST_CODE);
        fields.check();
        return acknowledged(own, answers.alert(own, entry, number, category, key, learner));
    }

    private static int entry(Fields fields, @Nullable Integer entry) {
        return fields.number("/entry", entry == null ? Integer.valueOf(1) : entry, 1, MOST_ENTRIES);
    }

    private ResponseEntity<Acknowledged> acknowledged(ExamId exam, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw new ProblemException(ExamAnswers.problem(refused));
        }
        return Acknowledged.recorded(dispatch.done(exam.value(), outcome));
    }

    @PostMapping("/api/v1/exams/{exam}/answers")
    @Operation(
            operationId = "answerExam",
            summary = "Answer the due question",
            description = "Roles: learner who sits the exam. The last answer ends the exam. Refusals: exam-not-started,"
                    + " exam-taken-over, exam-ended (410), exam-over (410), alert-open, question-out-of-order"
                    + " (names the due one), already-answered, answer-shape. Problems: not-found, validation,"
                    + " refused-by-rule, exam-taken-over, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> answer(
            @PathVariable UUID exam,
            @RequestBody AnswerRequest body,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn learner) {
        Instant receivedAt = answers.now();
        Optional<ExamSitting> sitting = sittings.begun(exam, learner);
        ExamId own = sitting.isPresent() ? sitting.get().exam() : sittings.ofLearner(exam, learner);
        Fields fields = new Fields();
        int entry = entry(fields, body.entry());
        int number = fields.number("/number", body.number(), 1, MOST_QUESTIONS);
        Response response = response(fields, body);
        fields.check();
        int questions = sitting.map(started -> started.questions().size()).orElse(0);
        Outcome outcome =
                answers.answer(own, questions, entry, number, response, body.focusedOut(), receivedAt, key, learner);
        return acknowledged(own, outcome);
    }

    private static Response response(Fields fields, AnswerRequest body) {
        boolean skipped = Boolean.TRUE.equals(body.skipped());
        // An empty list answers as little as a page sent without a tick.
        boolean chooses = body.choices() != null && !body.choices().isEmpty();
        int given = (chooses ? 1 : 0) + (body.texts() == null ? 0 : 1) + (skipped ? 1 : 0);
        if (given != 1) {
            fields.refuse("", given == 0 ? "answer.missing" : "answer.several");
        } else if (chooses && body.choices() != null) {
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

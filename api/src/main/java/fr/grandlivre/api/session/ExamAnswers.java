package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.RaiseAlert;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.StartExamTimer;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What a candidate does in an exam, for pages and programs alike. Thread-safe. */
@Component
class ExamAnswers {
    private final Dispatch dispatch;
    private final Sittings sittings;
    private final ExamQueries exams;
    private final Frameworks frameworks;
    private final ServerClock clock;

    ExamAnswers(Dispatch dispatch, Sittings sittings, ExamQueries exams, Frameworks frameworks, ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.exams = exams;
        this.frameworks = frameworks;
        this.clock = clock;
    }

    Instant now() {
        return clock.now();
    }

    /** @return what became of the wish to start; an unknown session is refused like every other thing that does not match */
    Outcome start(JoinRequest join, CommandKey key, SignedIn learner) {
        return join(join, JoinRequest::start, key, learner);
    }

    /** @return what became of the wish to enter a running exam again */
    Outcome again(JoinRequest join, CommandKey key, SignedIn learner) {
        return join(join, JoinRequest::again, key, learner);
    }

    /** @return what became of the wish to enter, for the first time or again: people fill in one form for both */
    Outcome enter(JoinRequest join, CommandKey key, SignedIn learner) {
        Outcome outcome = start(join, key, learner);
        return outcome instanceof Outcome.Refused(var code, var _) && code == Refusal.EXAM_ALREADY_RUNNING
                ? again(join, key, learner)
                : outcome;
    }

    private Outcome join(JoinRequest join, JoinRequest.As as, CommandKey key, SignedIn learner) {
        Optional<SessionView> session = sittings.numbered(join.number());
        return session.isEmpty()
                ? new Outcome.Refused(Refusal.JOIN_REFUSED, Map.of())
                : dispatch.outcome(
                        as.command(join, session.get().session(), sittings.named(session.get(), learner)),
                        key,
                        learner,
                        Role.LEARNER);
    }

    /** @return number of the entry that a recorded entry is */
    int entry(Outcome.Recorded recorded) {
        return exams.entryAt(recorded.position()).orElseThrow();
    }

    /**
     * Records an answer. The last one ends the exam, too; should that be lost on the way, a repeated answer ends it, and
     * finalising the session does not wait for it.
     *
     * @param questions  how many the exam has; 0 when it has not started
     * @param entry      of the device
     * @param receivedAt when the whole request was read
     * @return what became of the answer
     */
    Outcome answer(
            ExamId exam,
            int questions,
            int entry,
            int number,
            Response response,
            @Nullable Boolean focusedOut,
            Instant receivedAt,
            CommandKey key,
            SignedIn learner) {
        Outcome outcome = dispatch.outcome(
                new RecordExamAnswer(exam, entry, number, response, focusedOut, receivedAt),
                key,
                learner,
                Role.LEARNER);
        if (number == questions && !(outcome instanceof Outcome.Refused)) {
            UUID ending =
                    UUID.nameUUIDFromBytes(("end-after-last/" + key.commandId()).getBytes(StandardCharsets.UTF_8));
            dispatch.send(
                    new EndExam(exam, EndReason.COMPLETED),
                    new CommandKey(ending, key.fingerprint()),
                    learner,
                    Role.LEARNER);
        }
        return outcome;
    }

    /** @return what became of the wish to open a timed question */
    Outcome open(ExamId exam, int entry, int number, Instant receivedAt, CommandKey key, SignedIn learner) {
        return dispatch.outcome(new StartExamTimer(exam, entry, number, receivedAt), key, learner, Role.LEARNER);
    }

    /** @return what became of the alert; its id is the command's, so that a repeated one is the same alert */
    Outcome alert(ExamId exam, int entry, int number, String category, CommandKey key, SignedIn learner) {
        return dispatch.outcome(
                new RaiseAlert(exam, entry, key.commandId(), number, category), key, learner, Role.LEARNER);
    }

    /** @return the HTTP status of a refused answer: a sitting that is over is gone as a place to answer */
    static int status(Refusal refusal) {
        return refusal == Refusal.EXAM_ENDED ? HttpStatus.GONE.value() : refusal.status();
    }

    /** @return the problem that a program gets for a refused answer */
    static Problem problem(Outcome.Refused refused) {
        Problem problem = Refusals.problem(refused.code(), refused.fields());
        return new Problem(
                problem.slug(),
                status(refused.code()),
                problem.rule(),
                problem.violations(),
                problem.facts(),
                problem.retryAfter());
    }

    /** @return the command that ends the exam on the candidate's wish, or because its time is over */
    EndExam end(ExamId exam, @Nullable ExamSitting sitting) {
        boolean late = sitting != null && clock.now().isAfter(sitting.endsAt());
        return new EndExam(exam, late ? EndReason.TIME : EndReason.CANDIDATE);
    }

    /** @return the challenge to answer next; empty when none is due, the time is over or an alert is open */
    Optional<Challenge> due(ExamSitting sitting) {
        return sitting.due()
                .filter(_ -> !clock.now().isAfter(sitting.endsAt()) && sitting.alert() == null)
                .map(question -> frameworks
                        .of(sitting.framework())
                        .challenge(question.challenge())
                        .orElseThrow());
    }

    /** @return the question to answer next, as it is asked; empty too when it is timed and not opened yet */
    Optional<AskedQuestion> asked(ExamSitting sitting, Locale language) {
        return due(sitting).filter(_ -> !sitting.closed()).map(challenge -> AskedQuestion.of(challenge, language));
    }
}

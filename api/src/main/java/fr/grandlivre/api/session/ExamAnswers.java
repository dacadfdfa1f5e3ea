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
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.ExamSitting;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What a candidate does in an exam, for pages and programs alike. Thread-safe. */
@Component
class ExamAnswers {
    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Frameworks frameworks;
    private final ServerClock clock;

    ExamAnswers(Dispatch dispatch, Sittings sittings, Frameworks frameworks, ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.frameworks = frameworks;
        this.clock = clock;
    }

    Instant now() {
        return clock.now();
    }

    /** @return what became of the wish to enter; an unknown session is refused like every other thing that does not match */
    Outcome enter(JoinRequest join, CommandKey key, SignedIn learner) {
        Optional<SessionView> session = sittings.numbered(join.number());
        return session.isEmpty()
                ? new Outcome.Refused(Refusal.JOIN_REFUSED, Map.of())
                : dispatch.outcome(
                        join.command(
                                session.get().session(),
                                new LearnerId(learner.account().value())),
                        key,
                        learner,
                        Role.LEARNER);
    }

    /**
     * @param receivedAt when the whole request was read
     * @return what became of the answer
     */
    Outcome answer(
            ExamId exam,
            int number,
            Response response,
            @Nullable Boolean focusedOut,
            Instant receivedAt,
            CommandKey key,
            SignedIn learner) {
        return dispatch.outcome(
                new RecordExamAnswer(exam, number, response, focusedOut, receivedAt), key, learner, Role.LEARNER);
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

    /** @return the question to answer next, as it is asked; empty when none is due or the time is over */
    Optional<AskedQuestion> due(ExamSitting sitting, Locale language) {
        return sitting.due()
                .filter(_ -> !clock.now().isAfter(sitting.endsAt()))
                .map(question -> AskedQuestion.of(
                        frameworks
                                .of(sitting.framework())
                                .challenge(question.challenge())
                                .orElseThrow(),
                        language));
    }
}

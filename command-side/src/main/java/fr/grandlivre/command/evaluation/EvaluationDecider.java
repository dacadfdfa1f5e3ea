package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what happens to one learner's evaluation in one competence. Pure. */
final class EvaluationDecider {
    private EvaluationDecider() {}

    /**
     * @param framework version in force now
     * @param withdrawn challenges of it that are no longer asked
     * @param now       when the server had read the request
     * @return {@code unknown-competence}, {@code answer-shape}, {@code already-answered}, {@code nothing-to-ask},
     *     {@code not-the-due-challenge}, {@code not-started}, {@code too-early} or {@code nothing-to-improve} when refused
     */
    static Decision decide(
            EvaluationState state,
            EvaluationCommand command,
            Framework framework,
            Set<ChallengeId> withdrawn,
            Instant now) {
        if (framework.competence(command.competence()).isEmpty()) {
            return new Refused(Refusal.UNKNOWN_COMPETENCE);
        }
        Knowledge knowledge = state.knowledge(command.competence());
        return switch (command) {
            case RecordAnswer answer -> answer(knowledge, answer, framework, withdrawn, now);
            case StartTimer start -> startTimer(knowledge, start, framework, withdrawn, now);
            case ImproveCompetence improve -> improve(knowledge, improve, framework, now);
            case ResetCompetence reset -> reset(knowledge, reset, framework, now);
        };
    }

    private static Decision answer(
            Knowledge knowledge, RecordAnswer command, Framework framework, Set<ChallengeId> withdrawn, Instant now) {
        Optional<Challenge> asked = framework.challenge(command.challenge());
        if (asked.isPresent()) {
            var problems = Grading.shapeProblems(asked.get(), command.response());
            if (!problems.isEmpty()) {
                return new Refused(Refusal.ANSWER_SHAPE, "problems", problems);
            }
        }
        if (knowledge.isAnswered(command.challenge())) {
            return new Refused(Refusal.ALREADY_ANSWERED);
        }
        Optional<NextChallenge> due = NextChallenge.due(command.stream(), knowledge, framework, withdrawn);
        return due.map(next -> next.challenge().id().equals(command.challenge())
                        ? dueAnswer(knowledge, command, next, framework, now)
                        : new Refused(
                                Refusal.NOT_THE_DUE_CHALLENGE,
                                "due",
                                next.challenge().id().value()))
                .orElseGet(() -> new Refused(Refusal.NOTHING_TO_ASK));
    }

    private static Decision dueAnswer(
            Knowledge knowledge, RecordAnswer command, NextChallenge due, Framework framework, Instant now) {
        Optional<Instant> started = knowledge.timerOf(command.challenge());
        if (due.challenge().isTimed() && started.isEmpty()) {
            // Nobody sees a timed challenge before its clock runs.
            return new Refused(Refusal.NOT_STARTED);
        }
        return switch (Grading.grade(due.challenge(), command.response(), started.orElse(now), now)) {
            case Grading.Misshapen(var problems) -> new Refused(Refusal.ANSWER_SHAPE, "problems", problems);
            case Grading.Graded(Outcome outcome) -> {
                AnswerRecorded answer = new AnswerRecorded(
                        command.answer(),
                        command.learner(),
                        command.competence(),
                        command.challenge(),
                        due.skill().id(),
                        framework.version(),
                        outcome,
                        command.focusedOut(),
                        started.map(start -> Duration.between(start, now).toMillis())
                                .orElse(0L),
                        null,
                        command.response() instanceof Response.Chosen chosen ? chosen.ascending() : null,
                        command.response() instanceof Response.Typed(var fields)
                                ? Personal.of(command.learner().value(), new GivenAnswer(fields))
                                : null);
                yield withLevel(knowledge, answer, now);
            }
        };
    }

    /** The level that an answer moves is recorded with it: one decision, one append. */
    private static Decision withLevel(Knowledge before, AnswerRecorded answer, Instant now) {
        List<LedgerEvent> events = new ArrayList<>();
        events.add(answer);
        Level from = before.score().level();
        PixScore after = before.after(answer, now).score();
        if (!after.level().equals(from)) {
            events.add(new LevelChanged(
                    answer.learner(),
                    answer.competence(),
                    from,
                    after.level(),
                    after.pix(),
                    answer.answer().value(),
                    Cause.ANSWER,
                    answer.framework()));
        }
        return new Accepted(events);
    }

    private static Decision startTimer(
            Knowledge knowledge, StartTimer command, Framework framework, Set<ChallengeId> withdrawn, Instant now) {
        Optional<NextChallenge> due = NextChallenge.due(command.stream(), knowledge, framework, withdrawn);
        if (due.isEmpty()) {
            return new Refused(Refusal.NOTHING_TO_ASK);
        }
        Challenge challenge = due.get().challenge();
        if (!challenge.id().equals(command.challenge())) {
            return new Refused(
                    Refusal.NOT_THE_DUE_CHALLENGE, "due", challenge.id().value());
        }
        return !challenge.isTimed() || knowledge.timerOf(challenge.id()).isPresent()
                ? Accepted.nothing()
                : new Accepted(new TimerStarted(command.learner(), challenge.id(), now));
    }

    private static Decision improve(Knowledge knowledge, ImproveCompetence command, Framework framework, Instant now) {
        Optional<Instant> from = knowledge.improvableFrom(framework);
        if (from.isEmpty()) {
            return new Refused(Refusal.NOT_STARTED);
        }
        if (isFreshPass(knowledge) && !knowledge.skills().isEmpty()) {
            return Accepted.nothing();
        }
        if (now.isBefore(from.get())) {
            return new Refused(Refusal.TOO_EARLY, "from", from.get());
        }
        if (!knowledge.hasSomethingToImprove()) {
            return new Refused(Refusal.NOTHING_TO_IMPROVE);
        }
        return new Accepted(new ImprovementStarted(command.learner(), command.competence(), framework.version()));
    }

    private static Decision reset(Knowledge knowledge, ResetCompetence command, Framework framework, Instant now) {
        Optional<Instant> from = knowledge.resettableFrom(framework);
        if (from.isEmpty()) {
            return new Refused(Refusal.NOT_STARTED);
        }
        if (isFreshPass(knowledge) && knowledge.skills().isEmpty()) {
            return Accepted.nothing();
        }
        if (now.isBefore(from.get())) {
            return new Refused(Refusal.TOO_EARLY, "from", from.get());
        }
        PixScore before = knowledge.score();
        List<LedgerEvent> events = new ArrayList<>();
        events.add(new CompetenceReset(
                command.reset(), command.learner(), command.competence(), before.level(), before.pix()));
        if (before.level().compareTo(Level.ZERO) > 0) {
            events.add(new LevelChanged(
                    command.learner(),
                    command.competence(),
                    before.level(),
                    Level.ZERO,
                    Pix.ZERO,
                    command.reset(),
                    Cause.RESET,
                    framework.version()));
        }
        return new Accepted(events);
    }

    /** Whether an improvement or reset is the last thing that happened. */
    private static boolean isFreshPass(Knowledge knowledge) {
        return knowledge.pass() > 0 && knowledge.answersOfPass().isEmpty();
    }
}

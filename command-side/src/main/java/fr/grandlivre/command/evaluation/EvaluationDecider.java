package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.evaluation.EvaluationCommand.AbsorbHistory;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnsaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.command.evaluation.EvaluationState.HandedOver;
import fr.grandlivre.command.evaluation.EvaluationState.Tutorials;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Grading.Graded;
import fr.grandlivre.rules.evaluation.Grading.Misshapen;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.evaluation.ShapeProblem;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what happens while a learner is evaluated. Pure. */
final class EvaluationDecider {
    private EvaluationDecider() {}

    /**
     * @param withdrawn challenges of the version in force that are no longer asked
     * @param now       for improvement and reset; timers and answers count when they were received
     * @return a code of the evaluation rows when refused
     */
    static Decision decide(
            EvaluationState.OfCompetence state,
            OfCompetence command,
            Frameworks frameworks,
            Set<ChallengeId> withdrawn,
            Instant now) {
        Instant at = receivedAt(command, now);
        Framework inForce = frameworks.inForce(at);
        if (inForce.competence(command.competence()).isEmpty()) {
            return new Refused(Refusal.UNKNOWN_COMPETENCE);
        }
        if (state instanceof HandedOver) {
            return new Refused(Refusal.ALREADY_MERGED);
        }
        Knowledge knowledge = state.knowledge(command.competence());
        return switch (command) {
            case StartTimer start -> startTimer(new Asked(knowledge, inForce, withdrawn), start, at);
            case RecordAnswer answer -> answer(new Asked(knowledge, inForce, withdrawn), answer, at);
            case ImproveCompetence improve -> improve(knowledge, improve, inForce, at);
            case ResetCompetence reset -> reset(knowledge, reset, inForce, at);
        };
    }

    /**
     * @param own        the learner's stream
     * @param other      that of the absorbed account
     * @param throughSeq its last event
     * @return what the learner's stream gets, and last what the other gets, which ends it; {@code source-already-absorbed}
     *         when it counts for somebody else
     */
    static Decision decide(
            EvaluationState.OfCompetence own,
            EvaluationState.OfCompetence other,
            int throughSeq,
            AbsorbHistory command) {
        if (other instanceof HandedOver(var _, var to)) {
            return to.equals(command.learner()) ? Accepted.nothing() : new Refused(Refusal.SOURCE_ALREADY_ABSORBED);
        }
        if (own instanceof HandedOver) {
            return new Refused(Refusal.ALREADY_MERGED);
        }
        List<LedgerEvent> events = new ArrayList<>();
        other.knowledge(command.competence())
                .absorbedBy(
                        command.absorption(),
                        command.learner(),
                        StreamIds.evaluation(command.absorbed(), command.competence()),
                        throughSeq)
                .ifPresent(absorbed -> {
                    events.add(absorbed);
                    levelChange(own.knowledge(command.competence()), absorbed).ifPresent(events::add);
                });
        events.add(new HistoryHandedOver(
                command.absorption(), command.absorbed(), command.competence(), command.learner()));
        return new Accepted(events);
    }

    private static Optional<LevelChanged> levelChange(Knowledge before, HistoryAbsorbed absorbed) {
        // Neither level nor version depend on when the event will have been recorded.
        Knowledge after = before.after(absorbed, absorbed.lastAnswerAt());
        Level from = before.score().level();
        PixScore to = after.score();
        return from.equals(to.level())
                ? Optional.empty()
                : Optional.of(new LevelChanged(
                        absorbed.learner(),
                        absorbed.competence(),
                        from,
                        to.level(),
                        to.pix(),
                        absorbed.absorption(),
                        Cause.MERGE,
                        after.framework().orElseThrow()));
    }

    /** @return {@code unknown-tutorial} when refused */
    static Decision decide(Tutorials state, OfTutorial command, Frameworks frameworks, Instant now) {
        boolean known = frameworks.inForce(now).tutorial(command.tutorial()).isPresent();
        return switch (command) {
            case SaveTutorial(var learner, var tutorial, var skill) ->
                state.saved().contains(tutorial)
                        ? Accepted.nothing()
                        : ifKnown(known, new TutorialSaved(learner, tutorial, skill));
            case UnsaveTutorial(var learner, var tutorial) ->
                state.saved().contains(tutorial)
                        ? new Accepted(new TutorialUnsaved(learner, tutorial))
                        : Accepted.nothing();
            case MarkTutorialUseful(var learner, var tutorial, var skill) ->
                state.useful().contains(tutorial)
                        ? Accepted.nothing()
                        : ifKnown(known, new TutorialMarkedUseful(learner, tutorial, skill));
            case UnmarkTutorialUseful(var learner, var tutorial) ->
                state.useful().contains(tutorial)
                        ? new Accepted(new TutorialUnmarkedUseful(learner, tutorial))
                        : Accepted.nothing();
        };
    }

    /** @return the instant that counts, in whole milliseconds */
    static Instant receivedAt(OfCompetence command, Instant now) {
        Instant at = switch (command) {
            case StartTimer start -> start.receivedAt();
            case RecordAnswer answer -> answer.receivedAt();
            case ImproveCompetence _, ResetCompetence _ -> now;
        };
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Decision ifKnown(boolean known, LedgerEvent event) {
        return known ? new Accepted(event) : new Refused(Refusal.UNKNOWN_TUTORIAL);
    }

    /** What the due challenge follows from. */
    private record Asked(Knowledge knowledge, Framework inForce, Set<ChallengeId> withdrawn) {
        /** @return why the challenge is not the one to answer; empty when it is */
        Optional<Refused> refusal(UUID stream, ChallengeId challenge, @Nullable Within within) {
            if (knowledge.isAnswered(challenge)) {
                return Optional.of(new Refused(Refusal.ALREADY_ANSWERED));
            }
            Optional<NextChallenge> due = within == null
                    ? NextChallenge.due(stream, knowledge, inForce, withdrawn)
                    : NextChallenge.due(stream, knowledge, inForce, withdrawn, within.target());
            if (due.isEmpty()) {
                return Optional.of(new Refused(Refusal.NOTHING_TO_ASK));
            }
            ChallengeId expected = due.get().challenge().id();
            return expected.equals(challenge)
                    ? Optional.empty()
                    : Optional.of(new Refused(Refusal.NOT_THE_DUE_CHALLENGE, "due", expected.value()));
        }
    }

    private static Decision startTimer(Asked asked, StartTimer start, Instant at) {
        Optional<Refused> refusal = asked.refusal(start.stream(), start.challenge(), start.within());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean timed =
                asked.inForce().challenge(start.challenge()).orElseThrow().isTimed();
        return !timed || asked.knowledge().timerOf(start.challenge()).isPresent()
                ? Accepted.nothing()
                : new Accepted(new TimerStarted(start.learner(), start.challenge(), at));
    }

    private static Decision answer(Asked asked, RecordAnswer answer, Instant at) {
        Optional<Challenge> shown = asked.inForce().challenge(answer.challenge());
        List<ShapeProblem> problems = shown.map(challenge -> Grading.shapeProblems(challenge, answer.response()))
                .orElse(List.of());
        if (!problems.isEmpty()) {
            return new Refused(
                    Refusal.ANSWER_SHAPE,
                    "problems",
                    problems.stream().map(ShapeProblem::code).toList());
        }
        Optional<Refused> refusal = asked.refusal(answer.stream(), answer.challenge(), answer.within());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Challenge challenge = shown.orElseThrow();
        Optional<Instant> startedAt = asked.knowledge().timerOf(challenge.id());
        if (challenge.isTimed() && startedAt.isEmpty() && !(answer.response() instanceof Response.Skipped)) {
            return new Refused(Refusal.NOT_STARTED, "challenge", challenge.id().value());
        }
        return recorded(asked, answer, challenge, startedAt, at);
    }

    private static Decision recorded(
            Asked asked, RecordAnswer answer, Challenge challenge, Optional<Instant> startedAt, Instant at) {
        AnswerRecorded recorded = new AnswerRecorded(
                answer.answer(),
                answer.learner(),
                answer.competence(),
                challenge.id(),
                challenge.skill(),
                asked.inForce().version(),
                outcome(challenge, answer.response(), startedAt.orElse(at), at),
                challenge.focus() ? answer.focusedOut() : null,
                startedAt.map(start -> Duration.between(start, at).toMillis()).orElse(0L),
                answer.within() == null ? null : answer.within().participation(),
                answer.response() instanceof Response.Chosen chosen ? chosen.ascending() : null,
                answer.response() instanceof Response.Typed(var fields)
                        ? Personal.of(answer.learner().value(), new GivenAnswer(fields))
                        : null);
        PixScore before = asked.knowledge().score();
        PixScore after = asked.knowledge().after(recorded, at).score();
        List<LedgerEvent> events = new ArrayList<>(List.of(recorded));
        if (!after.level().equals(before.level())) {
            events.add(new LevelChanged(
                    answer.learner(),
                    answer.competence(),
                    before.level(),
                    after.level(),
                    after.pix(),
                    answer.answer().value(),
                    Cause.ANSWER,
                    asked.inForce().version()));
        }
        return new Accepted(events);
    }

    private static Outcome outcome(Challenge challenge, Response response, Instant startedAt, Instant at) {
        return switch (Grading.grade(challenge, response, startedAt, at)) {
            case Graded(var outcome) -> outcome;
            case Misshapen _ -> throw new AssertionError("the shape was checked before");
        };
    }

    private static Decision improve(Knowledge knowledge, ImproveCompetence improve, Framework inForce, Instant now) {
        if (!knowledge.isStarted()) {
            return new Refused(Refusal.NOT_STARTED);
        }
        if (isFreshImprovement(knowledge)) {
            return Accepted.nothing();
        }
        Instant from = knowledge.improvableFrom(inForce).orElseThrow();
        if (now.isBefore(from)) {
            return new Refused(Refusal.TOO_EARLY, "from", from);
        }
        return knowledge.hasSomethingToImprove()
                ? new Accepted(new ImprovementStarted(improve.learner(), improve.competence(), inForce.version()))
                : new Refused(Refusal.NOTHING_TO_IMPROVE);
    }

    /** A pass without answers or failures that forgot nothing was begun by an improvement, not by a reset. */
    private static boolean isFreshImprovement(Knowledge knowledge) {
        return knowledge.pass() > 0
                && knowledge.answersOfPass().isEmpty()
                && !knowledge.skills().isEmpty()
                && !knowledge.hasFailedInPass();
    }

    private static Decision reset(Knowledge knowledge, ResetCompetence reset, Framework inForce, Instant now) {
        if (!knowledge.isStarted()) {
            return new Refused(Refusal.NOT_STARTED);
        }
        if (knowledge.resetFrom() == knowledge.answers().size()
                && knowledge.skills().isEmpty()) {
            return Accepted.nothing();
        }
        Instant from = knowledge.resettableFrom(inForce).orElseThrow();
        if (now.isBefore(from)) {
            return new Refused(Refusal.TOO_EARLY, "from", from);
        }
        PixScore before = knowledge.score();
        List<LedgerEvent> events = new ArrayList<>(List.of(
                new CompetenceReset(reset.reset(), reset.learner(), reset.competence(), before.level(), before.pix())));
        if (!before.level().equals(Level.ZERO)) {
            events.add(new LevelChanged(
                    reset.learner(),
                    reset.competence(),
                    before.level(),
                    Level.ZERO,
                    Pix.ZERO,
                    reset.reset(),
                    Cause.RESET,
                    inForce.version()));
        }
        return new Accepted(events);
    }
}

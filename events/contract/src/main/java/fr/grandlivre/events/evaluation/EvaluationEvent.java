package fr.grandlivre.events.evaluation;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens while a learner is evaluated in one competence. Streams: learner and competence; learner's tutorials. */
public sealed interface EvaluationEvent extends LedgerEvent {
    /**
     * A learner answered a challenge.
     *
     * @param answer        equals the id of the command
     * @param learner       who
     * @param competence    what the challenge belongs to
     * @param challenge     which was asked
     * @param skill         what it tests
     * @param framework     version in force at the answer
     * @param outcome       what became of it; never recomputed from the text
     * @param focusedOut    true when the learner left the page; absent where nobody watched
     * @param elapsedMs     milliseconds between serving and receiving by the server's clock, 0 when unknown
     * @param participation campaign passage in which it was given; absent outside campaigns
     * @param choices       indexes of the chosen options, ascending from 0; absent for text challenges and skips
     * @param sealed        text typed; absent for choices and skips
     */
    @EventType(name = "evaluation.answer-recorded", version = 2)
    record AnswerRecorded(
            AnswerId answer,
            LearnerId learner,
            CompetenceCode competence,
            ChallengeId challenge,
            SkillId skill,
            FrameworkVersion framework,
            Outcome outcome,
            @Nullable Boolean focusedOut,
            long elapsedMs,
            @Nullable ParticipationId participation,
            @Nullable List<Integer> choices,
            @Nullable Personal<GivenAnswer> sealed)
            implements EvaluationEvent {}

    /**
     * A learner opened a timed challenge; the first opening counts.
     *
     * @param learner   who
     * @param challenge which
     * @param startedAt server's clock
     */
    @EventType(name = "evaluation.timer-started", version = 1)
    record TimerStarted(LearnerId learner, ChallengeId challenge, Instant startedAt) implements EvaluationEvent {}

    /**
     * A learner's level in one competence changed as the consequence of one answer, reset or merge.
     *
     * @param learner    who
     * @param competence where
     * @param from       level before, 0..8
     * @param to         level after, 0..8; differs from {@code from}
     * @param pix        points of the competence after, 0..8 × the greatest level in force
     * @param becauseOf  the answer, reset or absorption that moved it
     * @param cause      which of the three
     * @param framework  version whose formula was used
     */
    @EventType(name = "evaluation.level-changed", version = 1)
    record LevelChanged(
            LearnerId learner,
            CompetenceCode competence,
            Level from,
            Level to,
            Pix pix,
            UUID becauseOf,
            Cause cause,
            FrameworkVersion framework)
            implements EvaluationEvent {}

    /**
     * A learner takes a finished competence up again: failed skills are open once more.
     *
     * @param learner    who
     * @param competence where
     * @param framework  version in force
     */
    @EventType(name = "evaluation.improvement-started", version = 1)
    record ImprovementStarted(LearnerId learner, CompetenceCode competence, FrameworkVersion framework)
            implements EvaluationEvent {}

    /**
     * A learner starts a competence from nothing again; history stays.
     *
     * @param reset      id of the act
     * @param learner    who
     * @param competence where
     * @param level      level before
     * @param pix        points before
     */
    @EventType(name = "evaluation.competence-reset", version = 1)
    record CompetenceReset(UUID reset, LearnerId learner, CompetenceCode competence, Level level, Pix pix)
            implements EvaluationEvent {}

    /**
     * What another account's answers said about a competence counts for this learner from now on, because both accounts are
     * one person's. A skill is validated if it is in either; the learner's own points stay.
     *
     * @param absorption   id of the event by which the accounts were merged
     * @param learner      whose account survives
     * @param competence   where
     * @param source       stream that is absorbed; it stays as it is
     * @param throughSeq   sequence of its last event that was read
     * @param framework    version of the last answer there, whose cap counts as if it were the learner's own
     * @param lastAnswerAt when that answer was recorded: delays count from the later of both accounts
     * @param validated    skills validated there, by id
     * @param invalidated  skills failed there, by id
     */
    @EventType(name = "evaluation.history-absorbed", version = 1)
    record HistoryAbsorbed(
            UUID absorption,
            LearnerId learner,
            CompetenceCode competence,
            UUID source,
            int throughSeq,
            FrameworkVersion framework,
            Instant lastAnswerAt,
            List<AbsorbedSkill> validated,
            List<SkillId> invalidated)
            implements EvaluationEvent {}

    /**
     * What this account's answers say about a competence counts for another account of the same person; nothing more
     * happens in this stream, so that no answer is lost to both.
     *
     * @param absorption id of the event by which the accounts were merged
     * @param learner    whose account was absorbed
     * @param competence where
     * @param to         whose account survives
     */
    @EventType(name = "evaluation.history-handed-over", version = 1)
    record HistoryHandedOver(UUID absorption, LearnerId learner, CompetenceCode competence, LearnerId to)
            implements EvaluationEvent {}

    /**
     * A skill validated in an absorbed history.
     *
     * @param skill  which
     * @param pix    exact points, as frozen there
     * @param direct whether the skill itself was asked
     */
    record AbsorbedSkill(SkillId skill, Fraction pix, boolean direct) {}

    /**
     * A learner put a tutorial aside for later.
     *
     * @param learner  who
     * @param tutorial the tube it is about
     * @param skill    the failed skill after which it was shown; absent when found elsewhere
     */
    @EventType(name = "evaluation.tutorial-saved", version = 1)
    record TutorialSaved(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements EvaluationEvent {}

    /** A saved tutorial was put back. */
    @EventType(name = "evaluation.tutorial-unsaved", version = 1)
    record TutorialUnsaved(LearnerId learner, TubeId tutorial) implements EvaluationEvent {}

    /** A learner found a tutorial useful. */
    @EventType(name = "evaluation.tutorial-marked-useful", version = 1)
    record TutorialMarkedUseful(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements EvaluationEvent {}

    /** A learner took back that a tutorial was useful. */
    @EventType(name = "evaluation.tutorial-unmarked-useful", version = 1)
    record TutorialUnmarkedUseful(LearnerId learner, TubeId tutorial) implements EvaluationEvent {}

    /** What moved a level. */
    enum Cause {
        ANSWER,
        RESET,
        MERGE
    }
}

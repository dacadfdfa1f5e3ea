package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.Response;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a learner can ask for while being evaluated. */
public sealed interface EvaluationCommand extends Command {
    /** @return who */
    LearnerId learner();

    /** Is about one competence of the learner. */
    sealed interface OfCompetence extends EvaluationCommand {
        CompetenceCode competence();

        @Override
        default UUID stream() {
            return StreamIds.evaluation(learner(), competence());
        }
    }

    /**
     * Starts the clock of the due challenge when it is timed; the first start counts.
     *
     * @param challenge  the due one
     * @param within     the campaign in which it is asked; absent outside campaigns
     * @param receivedAt when the whole request was read, server's clock
     */
    record StartTimer(
            LearnerId learner,
            CompetenceCode competence,
            ChallengeId challenge,
            @Nullable Within within,
            Instant receivedAt)
            implements OfCompetence {}

    /**
     * Answers the due challenge.
     *
     * @param answer     equals the id of the command
     * @param challenge  the one that was shown
     * @param response   what the learner sent
     * @param focusedOut whether the learner left the page; absent where nobody watched
     * @param within     the campaign in which it was asked; absent outside campaigns
     * @param receivedAt when the whole request was read, server's clock
     */
    record RecordAnswer(
            AnswerId answer,
            LearnerId learner,
            CompetenceCode competence,
            ChallengeId challenge,
            Response response,
            @Nullable Boolean focusedOut,
            @Nullable Within within,
            Instant receivedAt)
            implements OfCompetence {}

    /** Takes a competence up again: failed skills are open once more. */
    record ImproveCompetence(LearnerId learner, CompetenceCode competence) implements OfCompetence {}

    /**
     * Starts a competence from nothing again.
     *
     * @param reset id of the act; equals the id of the command
     */
    record ResetCompetence(UUID reset, LearnerId learner, CompetenceCode competence) implements OfCompetence {}

    /**
     * Lets what another account of the same person knows count for the learner.
     *
     * @param absorption id of the event by which the accounts were merged
     * @param absorbed   the other account
     */
    record AbsorbHistory(UUID absorption, LearnerId learner, CompetenceCode competence, LearnerId absorbed)
            implements EvaluationCommand {
        @Override
        public UUID stream() {
            return StreamIds.evaluation(learner, competence);
        }
    }

    /** Is about the tutorials of the learner, each named by its tube. */
    sealed interface OfTutorial extends EvaluationCommand {
        TubeId tutorial();

        @Override
        default UUID stream() {
            return StreamIds.tutorials(learner());
        }
    }

    /**
     * Puts a tutorial aside for later.
     *
     * @param skill the failed skill after which it was shown; absent when found elsewhere
     */
    record SaveTutorial(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements OfTutorial {}

    /** Puts a saved tutorial back. */
    record UnsaveTutorial(LearnerId learner, TubeId tutorial) implements OfTutorial {}

    /**
     * Says that a tutorial was useful.
     *
     * @param skill the failed skill after which it was shown; absent when found elsewhere
     */
    record MarkTutorialUseful(
            LearnerId learner, TubeId tutorial, @Nullable SkillId skill) implements OfTutorial {}

    /** Takes that back. */
    record UnmarkTutorialUseful(LearnerId learner, TubeId tutorial) implements OfTutorial {}

    /**
     * A passage in a campaign.
     *
     * @param participation which
     * @param target        the tubes that the campaign asks, as its facts say
     */
    record Within(ParticipationId participation, Set<TubeId> target) {
        public Within {
            target = Set.copyOf(target);
        }
    }
}

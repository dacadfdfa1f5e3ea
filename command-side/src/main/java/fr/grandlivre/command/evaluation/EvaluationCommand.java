package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a learner may ask while being evaluated in one competence. */
public sealed interface EvaluationCommand extends Command {
    /** @return who is evaluated */
    LearnerId learner();

    /** @return in what */
    CompetenceCode competence();

    @Override
    default UUID stream() {
        return StreamIds.evaluation(learner(), competence());
    }

    /**
     * Answers the due challenge.
     *
     * @param answer     equals the command id
     * @param challenge  the challenge that the learner was shown
     * @param response   choices, texts or a skip
     * @param focusedOut whether the learner left the page; absent where nobody watched
     */
    record RecordAnswer(
            AnswerId answer,
            LearnerId learner,
            CompetenceCode competence,
            ChallengeId challenge,
            Response response,
            @Nullable Boolean focusedOut)
            implements EvaluationCommand {}

    /** Opens the due challenge, which is timed: its clock starts. Opening it again leaves the clock alone. */
    record StartTimer(LearnerId learner, CompetenceCode competence, ChallengeId challenge)
            implements EvaluationCommand {}

    /** Takes a competence up again: failed skills are asked once more. */
    record ImproveCompetence(LearnerId learner, CompetenceCode competence) implements EvaluationCommand {}

    /**
     * Starts a competence from nothing again.
     *
     * @param reset id of the act; equals the command id
     */
    record ResetCompetence(UUID reset, LearnerId learner, CompetenceCode competence) implements EvaluationCommand {}
}

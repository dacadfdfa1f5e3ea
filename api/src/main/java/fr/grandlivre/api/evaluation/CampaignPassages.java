package fr.grandlivre.api.evaluation;

import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;

/** The campaigns within which questions are asked, as pages and programs name them. Implemented by their feature. */
public interface CampaignPassages {
    /**
     * A learner's passage in a campaign that is open.
     *
     * @param within what may be asked
     * @param next   where the learner goes on after an answer
     * @param title  of the campaign
     */
    record Passing(Within within, String next, String title) {}

    /**
     * @throws fr.grandlivre.api.problem.ProblemException {@code not-found} when it is not the learner's, {@code
     *                                                     refused-by-rule} (campaign-closed) when it is over
     */
    Passing passing(LearnerId learner, ParticipationId participation);
}

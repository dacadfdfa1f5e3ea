package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.framework.Framework;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is left to ask in a campaign: the adaptive pick over its target, competence after competence. */
public final class TargetProgress {
    private TargetProgress() {}

    /**
     * @param terms     of the campaign
     * @param framework the campaign's version, which names its tubes
     * @param knowledge of the learner, of each competence asked
     * @param inForce   version whose challenges are asked
     * @param withdrawn challenges that are no longer asked
     * @return the first competence with something left to ask; empty when the attempt is complete
     */
    public static Optional<CompetenceCode> next(
            CampaignTerms terms,
            Framework framework,
            LearnerId learner,
            Map<CompetenceCode, Knowledge> knowledge,
            Framework inForce,
            Set<ChallengeId> withdrawn) {
        return left(terms, framework, learner, knowledge, inForce, withdrawn).stream()
                .findFirst();
    }

    /** @return the competences with something left to ask, in the order in which they are asked */
    public static List<CompetenceCode> left(
            CampaignTerms terms,
            Framework framework,
            LearnerId learner,
            Map<CompetenceCode, Knowledge> knowledge,
            Framework inForce,
            Set<ChallengeId> withdrawn) {
        Set<TubeId> tubes = terms.tubes(framework);
        return terms.competences().stream()
                .filter(code -> Optional.ofNullable(knowledge.get(code))
                        .flatMap(known -> NextChallenge.due(
                                StreamIds.evaluation(learner, code), known, inForce, withdrawn, tubes))
                        .isPresent())
                .toList();
    }
}

package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfCompetence;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.Set;

/** One learner's evaluation in one competence as it would be decided, without a ledger: what is accepted is gone with it. */
public final class Rehearsal {
    private final Frameworks frameworks;
    private final CompetenceCode competence;
    private EvaluationState.OfCompetence state;

    /** Begins with nothing. */
    public Rehearsal(Frameworks frameworks, CompetenceCode competence) {
        this.frameworks = frameworks;
        this.competence = competence;
        this.state = new EvaluationState.NotStarted(frameworks);
    }

    /**
     * @param command   of one learner and this competence
     * @param withdrawn challenges that are not asked
     * @param now       of the decision and of what it records
     * @return what the ledger's own decider says; accepted events have happened
     */
    public Decision send(OfCompetence command, Set<ChallengeId> withdrawn, Instant now) {
        Decision decision = EvaluationDecider.decide(state, command, frameworks, withdrawn, now);
        if (decision instanceof Decision.Accepted(var events)) {
            for (LedgerEvent event : events) {
                state = state.evolve((EvaluationEvent) event, now);
            }
        }
        return decision;
    }

    /** @return what is known so far */
    public Knowledge knowledge() {
        return state.knowledge(competence);
    }
}

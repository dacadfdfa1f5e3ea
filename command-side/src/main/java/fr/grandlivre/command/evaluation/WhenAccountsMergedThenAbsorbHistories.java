package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.evaluation.EvaluationCommand.AbsorbHistory;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.List;
import java.util.UUID;

/** What the absorbed account knows counts for the surviving one, competence by competence, once. Thread-safe. */
public final class WhenAccountsMergedThenAbsorbHistories {
    private final Commands commands;
    private final List<CompetenceCode> competences;

    /** @param frameworks all versions: what was answered in an old one counts as well */
    public WhenAccountsMergedThenAbsorbHistories(Commands commands, Frameworks frameworks) {
        this.commands = commands;
        this.competences = frameworks.versions().stream()
                .flatMap(framework -> framework.competences().stream())
                .map(Competence::code)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * @param eventId       id of the event, by which the absorptions are known
     * @param correlationId first command of the chain
     * @return what became of each competence; a refusal is to be parked, not dropped
     */
    public List<Outcome> on(AccountsMerged merged, UUID eventId, UUID correlationId) {
        LearnerId survivor = new LearnerId(merged.survivor().value());
        LearnerId absorbed = new LearnerId(merged.absorbed().value());
        return competences.stream()
                .map(competence -> commands.dispatch(
                        new AbsorbHistory(eventId, survivor, competence, absorbed),
                        Caller.policy("absorb-history/" + competence, eventId, correlationId)))
                .toList();
    }
}

package fr.grandlivre.command;

import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerHistory.Facts;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a learner knows in some competences, folded from the learner's own streams and never read from a view.
 *
 * @param position  every event up to this ledger position was folded
 * @param knowledge of each competence that was asked for
 */
public record LearnerKnowledge(long position, Map<CompetenceCode, Knowledge> knowledge) {
    /** @return the knowledge as of now */
    public static LearnerKnowledge of(
            LearnerId learner, Collection<CompetenceCode> competences, LedgerHistory history, Frameworks frameworks) {
        Map<UUID, CompetenceCode> streams = competences.stream()
                .collect(Collectors.toMap(code -> StreamIds.evaluation(learner, code), code -> code));
        return of(streams, history.of(streams.keySet()), frameworks);
    }

    /**
     * @param streams the competence of each stream
     * @param facts   of those streams and no other
     */
    public static LearnerKnowledge of(Map<UUID, CompetenceCode> streams, Facts facts, Frameworks frameworks) {
        Map<UUID, Knowledge> known = new HashMap<>();
        streams.forEach((stream, code) -> known.put(stream, Knowledge.none(frameworks, code)));
        for (Fact fact : facts.facts()) {
            if (known.computeIfPresent(
                            fact.stream(),
                            (_, before) -> before.after((EvaluationEvent) fact.event(), fact.recordedAt()))
                    == null) {
                throw new IllegalArgumentException("a fact of another stream");
            }
        }
        Map<CompetenceCode, Knowledge> knowledge = new TreeMap<>();
        known.values().forEach(each -> knowledge.put(each.competence(), each));
        return new LearnerKnowledge(facts.position(), knowledge);
    }
}

package fr.grandlivre.command.session;

import fr.grandlivre.command.LearnerKnowledge;
import fr.grandlivre.command.LedgerHistory.Facts;
import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.ExamRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a learner knows in each competence, folded from the learner's own streams and never read from a view.
 *
 * @param learner   whose streams
 * @param position  every event up to this ledger position was folded
 * @param knowledge by competence of the version in force
 */
record LearnerProfile(LearnerId learner, long position, Map<CompetenceCode, Knowledge> knowledge) {
    /** @return the streams that the profile is folded from */
    static Set<UUID> streams(LearnerId learner, Framework framework) {
        return framework.competences().stream()
                .map(competence -> StreamIds.evaluation(learner, competence.code()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param facts of {@link #streams} */
    static LearnerProfile of(LearnerId learner, Facts facts, Frameworks frameworks, Framework framework) {
        Map<UUID, CompetenceCode> streams = new HashMap<>();
        framework
                .competences()
                .forEach(
                        competence -> streams.put(StreamIds.evaluation(learner, competence.code()), competence.code()));
        LearnerKnowledge known = LearnerKnowledge.of(streams, facts, frameworks);
        return new LearnerProfile(learner, known.position(), known.knowledge());
    }

    Certifiability certifiability(ExamRules rules) {
        return Certifiability.of(scores(), rules);
    }

    /** @return the competences that may be certified, with level and points, by code */
    List<CertifiableCompetence> certifiable(ExamRules rules) {
        Set<CompetenceCode> reached = Set.copyOf(certifiability(rules).reached());
        return scores().entrySet().stream()
                .filter(entry -> reached.contains(entry.getKey()))
                .map(entry -> new CertifiableCompetence(
                        entry.getKey(),
                        entry.getValue().level(),
                        entry.getValue().pix()))
                .toList();
    }

    private SortedMap<CompetenceCode, PixScore> scores() {
        SortedMap<CompetenceCode, PixScore> scores = new TreeMap<>();
        knowledge.forEach((code, known) -> scores.put(code, known.score()));
        return scores;
    }
}

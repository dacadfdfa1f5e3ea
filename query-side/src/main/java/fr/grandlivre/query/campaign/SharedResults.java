package fr.grandlivre.query.campaign;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.campaign.Need.Assessment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What pupils shared with a school, each competence and tube by its latest sharing.
 *
 * @param position every event up to this ledger position is in it
 * @param levels   by pupil and competence; a pupil who shared nothing has no entry
 * @param tubes    at most one a pupil and tube
 */
@ShowsPeople
public record SharedResults(
        long position, Map<LearnerId, Map<CompetenceCode, SharedLevel>> levels, List<Assessment> tubes) {
    /** @return the level shared; empty when the competence was not measured */
    public Optional<SharedLevel> of(LearnerId learner, CompetenceCode competence) {
        return Optional.ofNullable(levels.getOrDefault(learner, Map.of()).get(competence));
    }

    /** @return known levels by pupil, as the ranking of needs takes them */
    public Map<LearnerId, Map<CompetenceCode, Level>> knownLevels() {
        return levels.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        pupil -> pupil.getValue().values().stream()
                                .collect(Collectors.toMap(
                                        SharedLevel::competence,
                                        SharedLevel::level,
                                        (first, _) -> first,
                                        TreeMap::new))));
    }
}

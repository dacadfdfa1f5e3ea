package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A subject that a group of pupils finds hard (domain rules, needs).
 *
 * @param tube       which
 * @param competence its competence
 * @param assessed   number of pupils of whom one of its skills at least was asked itself
 * @param failed     those of them who lack such a skill, by id
 * @param measured   number of pupils whose level in the competence is known
 * @param underLevel those of them who are under the level of the rules, by id
 */
public record Need(
        TubeId tube,
        CompetenceCode competence,
        int assessed,
        List<LearnerId> failed,
        int measured,
        List<LearnerId> underLevel) {
    /**
     * What one pupil's latest shared result says about one tube.
     *
     * @param assessed whether one of its skills at least was asked itself
     * @param failed   whether one of those is not validated
     */
    public record Assessment(
            LearnerId learner, TubeId tube, CompetenceCode competence, boolean assessed, boolean failed) {}

    /**
     * @param shared at most one a learner and tube
     * @param levels known levels of the same pupils
     * @return all tubes assessed often enough, the greatest need first
     */
    public static List<Need> ranked(
            Collection<Assessment> shared, Map<LearnerId, Map<CompetenceCode, Level>> levels, CampaignRules rules) {
        Map<TubeId, List<Assessment>> tubes = shared.stream()
                .filter(Assessment::assessed)
                .collect(Collectors.groupingBy(Assessment::tube, TreeMap::new, Collectors.toList()));
        return tubes.values().stream()
                .filter(assessed -> assessed.size() >= rules.leastAssessed())
                .map(assessed -> of(assessed, levels, rules))
                .sorted(Need::compareByUrgency)
                .toList();
    }

    /** @return the first of {@link #ranked} that anybody fails, as many as the rules say */
    public static List<Need> priorities(
            Collection<Assessment> shared, Map<LearnerId, Map<CompetenceCode, Level>> levels, CampaignRules rules) {
        return ranked(shared, levels, rules).stream()
                .filter(need -> !need.failed().isEmpty())
                .limit(rules.priorities())
                .toList();
    }

    private static Need of(
            List<Assessment> assessed, Map<LearnerId, Map<CompetenceCode, Level>> levels, CampaignRules rules) {
        CompetenceCode competence = assessed.getFirst().competence();
        Map<LearnerId, Level> known = levels.entrySet().stream()
                .filter(pupil -> pupil.getValue().containsKey(competence))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, pupil -> pupil.getValue().getOrDefault(competence, Level.ZERO)));
        return new Need(
                assessed.getFirst().tube(),
                competence,
                assessed.size(),
                sorted(assessed.stream()
                        .filter(Assessment::failed)
                        .map(Assessment::learner)
                        .toList()),
                known.size(),
                sorted(known.entrySet().stream()
                        .filter(pupil -> pupil.getValue().compareTo(rules.levelOfNeed()) < 0)
                        .map(Map.Entry::getKey)
                        .toList()));
    }

    private static List<LearnerId> sorted(Collection<LearnerId> learners) {
        return learners.stream().sorted(Comparator.comparing(LearnerId::value)).toList();
    }

    // failed desc, then failed ÷ assessed desc, compared as exact fractions, then tube.
    private int compareByUrgency(Need other) {
        int byFailed = Integer.compare(other.failed.size(), failed.size());
        if (byFailed != 0) {
            return byFailed;
        }
        int byShare = Integer.compare(other.failed.size() * assessed, failed.size() * other.assessed);
        return byShare != 0 ? byShare : tube.compareTo(other.tube);
    }
}

package fr.grandlivre.rules.session;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.evaluation.PixScore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether a profile may be certified (domain rules, certifiability).
 *
 * @param certifiable whether enough competences have the level
 * @param reached     competences with the level, by code
 * @param needed      number of competences still needed, 0 when certifiable
 * @param missing     competences below the level, nearest first: most points, then code
 */
public record Certifiability(
        boolean certifiable, List<CompetenceCode> reached, int needed, List<CompetenceCode> missing) {
    /**
     * @param profile score of each competence of the framework; an absent competence has no level
     * @param rules   of the day
     */
    public static Certifiability of(Map<CompetenceCode, PixScore> profile, ExamRules rules) {
        List<CompetenceCode> reached = profile.entrySet().stream()
                .filter(entry -> isReached(entry.getValue(), rules))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        List<CompetenceCode> missing = profile.entrySet().stream()
                .filter(entry -> !isReached(entry.getValue(), rules))
                .sorted(Comparator.comparing(
                                (Map.Entry<CompetenceCode, PixScore> entry) ->
                                        entry.getValue().pix(),
                                Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        int needed = Math.max(0, rules.certifiableCompetences() - reached.size());
        return new Certifiability(needed == 0, reached, needed, missing);
    }

    private static boolean isReached(PixScore score, ExamRules rules) {
        return score.level().compareTo(rules.certifiableLevel()) >= 0;
    }
}

package fr.grandlivre.api.verification;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.rules.framework.Framework;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * One line of a certificate.
 *
 * @param code  of the competence
 * @param label its name in the certificate's own version and the reader's language
 * @param level certified level
 * @param of    scale of the certificate
 */
public record CertifiedLevel(String code, String label, int level, int of) {
    /** @return one line a certified competence, by code */
    public static List<CertifiedLevel> of(
            SortedMap<CompetenceCode, Level> levels, Framework framework, int maxReachableLevel, Locale language) {
        return levels.entrySet().stream()
                .map(entry -> new CertifiedLevel(
                        entry.getKey().value(),
                        framework
                                .competence(entry.getKey())
                                .map(competence -> competence.title().in(language))
                                .orElse(entry.getKey().value()),
                        entry.getValue().value(),
                        maxReachableLevel))
                .toList();
    }

    /** @return length of the bar in a drawing 100 wide */
    public int percent() {
        return 100 * level / of;
    }
}

package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import java.util.List;

/**
 * One of the 16 competences as one version shows it.
 *
 * @param code    1.1 to 5.2, the same in all versions
 * @param domain  code of its domain, 1 to 5
 * @param title   its name in this version
 * @param crcn    its code in the French Cadre de référence des compétences numériques
 * @param digComp the European competences that it corresponds to, never empty
 * @param tubes   sorted as in the bank; empty while the competence has no content
 */
public record Competence(
        CompetenceCode code, String domain, Text title, String crcn, List<DigComp> digComp, List<Tube> tubes) {
    /**
     * A competence of the European framework DigComp 2.2.
     *
     * @param code   1.1 to 5.4 of DigComp, whose numbers are not ours
     * @param title  English title
     * @param source where the correspondence comes from
     */
    public record DigComp(String code, String title, String source) {}

    /** @return its skills, tube by tube, easiest first */
    public List<Skill> skills() {
        return tubes.stream().flatMap(tube -> tube.skills().stream()).toList();
    }
}

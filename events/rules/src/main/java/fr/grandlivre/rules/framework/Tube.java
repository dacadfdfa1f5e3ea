package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.List;

/**
 * One ability growing harder.
 *
 * @param id         unique in the framework
 * @param competence the one competence it belongs to
 * @param title      its name
 * @param tutorial   its lesson
 * @param skills     easiest first, one a difficulty, never empty
 */
public record Tube(TubeId id, CompetenceCode competence, Text title, Tutorial tutorial, List<Skill> skills) {
    /** @return difficulty of the hardest skill, 1..8 */
    public int hardest() {
        return skills.getLast().difficulty();
    }
}

package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.List;

/**
 * A short lesson of our own about one tube.
 *
 * @param id         the tube it is about
 * @param competence the competence of the tube
 * @param title      its name
 * @param minutes    reading time, 2..5
 * @param format     what sort of text it is
 * @param skills     the skills it helps most, easiest first
 * @param body       Markdown without HTML, images and links
 */
public record Tutorial(
        TubeId id, CompetenceCode competence, Text title, int minutes, Format format, List<SkillId> skills, Text body) {
    /** What sort of text a tutorial is. */
    public enum Format {
        LESSON,
        EXAMPLE,
        EXERCISE
    }
}

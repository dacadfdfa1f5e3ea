package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.List;

/**
 * One ability.
 *
 * @param id         unique in the framework
 * @param tube       the series it belongs to
 * @param competence the competence of the tube
 * @param difficulty 1..8, unique in its tube
 * @param title      the ability, in the infinitive
 * @param challenges sorted by id, two or more when shipped
 */
public record Skill(
        SkillId id, TubeId tube, CompetenceCode competence, int difficulty, Text title, List<Challenge> challenges) {
    /** @return the id of the skill of that difficulty in a tube */
    public static SkillId id(TubeId tube, int difficulty) {
        return new SkillId("@" + tube.value() + difficulty);
    }

    /** @return the difficulty that the id ends with, 1..8: it is part of the name in every version */
    public static int difficultyOf(SkillId skill) {
        return skill.value().charAt(skill.value().length() - 1) - '0';
    }
}

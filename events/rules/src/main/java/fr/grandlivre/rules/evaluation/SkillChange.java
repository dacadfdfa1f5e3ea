package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.SkillId;

/**
 * What one answer says about one skill.
 *
 * @param skill     which
 * @param validated true for validated, false for invalidated
 * @param direct    whether the skill itself was asked
 * @param pix       exact points it brings; 0 when invalidated
 */
public record SkillChange(SkillId skill, boolean validated, boolean direct, Fraction pix) {}

package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.Fraction;
import java.time.Instant;

/** What is known about one skill of a learner. A skill of which nothing is known has no such value. */
public sealed interface SkillKnowledge {
    /** @return whether the skill itself was asked, not one of its tube */
    boolean direct();

    /** @return the answer it rests on, or the absorption by whose id it came from another account */
    AnswerId because();

    /** @return when that was recorded */
    Instant at();

    /**
     * The learner has the skill, until reset or merge.
     *
     * @param direct  whether the skill itself was asked
     * @param pix     exact points, frozen at the version of the answer
     * @param because the answer
     * @param at      when it was recorded
     */
    record Validated(boolean direct, Fraction pix, AnswerId because, Instant at) implements SkillKnowledge {}

    /**
     * The learner failed the skill.
     *
     * @param direct  whether the skill itself was asked
     * @param pass    number of the pass in which that was; a later pass opens the skill again
     * @param because the answer
     * @param at      when it was recorded
     */
    record Invalidated(boolean direct, int pass, AnswerId because, Instant at) implements SkillKnowledge {}
}

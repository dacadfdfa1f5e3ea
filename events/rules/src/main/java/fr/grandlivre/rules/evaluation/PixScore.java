package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.framework.PixScale;
import java.util.Collection;
import java.util.OptionalInt;

/**
 * Points and level of one competence (domain rules, score).
 *
 * @param sum      exact points of the validated skills
 * @param pix      whole points, at most those of the greatest level
 * @param level    0 to the greatest level
 * @param pixAhead points beyond the level; 0 at the greatest level
 * @param missing  points to the next level; empty at the greatest level
 */
public record PixScore(Fraction sum, Pix pix, Level level, int pixAhead, OptionalInt missing) {
    /** @return the score of the sum on the scale of a version */
    public static PixScore of(Fraction sum, PixScale scale) {
        Pix pix = scale.score(sum);
        Level level = scale.level(sum);
        boolean greatest = level.value() == scale.maxReachableLevel();
        int ahead = greatest ? 0 : pix.value() % scale.pixPerLevel();
        return new PixScore(
                sum, pix, level, ahead, greatest ? OptionalInt.empty() : OptionalInt.of(scale.pixPerLevel() - ahead));
    }

    /** @return Σ of the points of the competences */
    public static Pix total(Collection<PixScore> scores) {
        return new Pix(scores.stream().mapToInt(score -> score.pix().value()).sum());
    }
}

package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;

/**
 * How points become levels in one framework version. All arithmetic is exact (domain rules, exact pix value).
 *
 * @param pixPerLevel       points of one level of one competence
 * @param maxPixPerSkill    most points of one skill
 * @param maxReachableLevel greatest level, 1..8
 * @param competences       number of competences of the version
 */
public record PixScale(int pixPerLevel, int maxPixPerSkill, int maxReachableLevel, int competences) {
    /**
     * @param skillsOfDifficulty number of skills of that difficulty in that competence, from 1
     * @return min(most points of a skill, points of a level ÷ number of skills)
     */
    public Fraction pixValue(int skillsOfDifficulty) {
        Fraction shared = new Fraction(pixPerLevel, skillsOfDifficulty);
        Fraction most = Fraction.of(maxPixPerSkill);
        return shared.compareTo(most) < 0 ? shared : most;
    }

    /** @return whole points of one competence: min(⌊sum⌋, points of the greatest level) */
    public Pix score(Fraction sum) {
        return new Pix(Math.toIntExact(Math.min(sum.floor(), (long) pixPerLevel * maxReachableLevel)));
    }

    /** @return min(⌊sum ÷ points of a level⌋, greatest level) */
    public Level level(Fraction sum) {
        return new Level(Math.toIntExact(Math.min(sum.floor() / pixPerLevel, maxReachableLevel)));
    }

    /** @return greatest total of a profile */
    public Pix maxTotal() {
        return new Pix(competences * pixPerLevel * maxReachableLevel);
    }

    /** @return min(⌊total ÷ points of one level in every competence⌋, greatest level) */
    public Level overallLevel(Pix total) {
        return new Level(Math.min(total.value() / (pixPerLevel * competences), maxReachableLevel));
    }
}

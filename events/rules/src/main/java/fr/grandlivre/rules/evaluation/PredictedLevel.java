package fr.grandlivre.rules.evaluation;

import fr.grandlivre.rules.framework.PickRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The level at which the direct answers of a learner are least surprising (domain rules, adaptive pick).
 *
 * @see <a href="https://en.wikipedia.org/wiki/Rasch_model">Rasch model</a>
 */
final class PredictedLevel {
    private static final double LEAST = 0.5;
    private static final double GREATEST = 7.5;
    private static final double STEP = 0.5;

    /** Keep the estimate finite when all answers are right or all are wrong. */
    private static final List<Answer> SENTINELS = List.of(new Answer(0, true), new Answer(7, false));

    private static final int LEVELS = (int) ((GREATEST - LEAST) / STEP) + 1;

    /** Sentinels included. */
    private static final int HARDEST = 8;

    /** Every probability the estimate can ask for, by step of level and difficulty: it is made at every answer. */
    private static final double[][] PROBABILITIES = new double[LEVELS][HARDEST + 1];

    static {
        for (int step = 0; step < LEVELS; step++) {
            for (int difficulty = 0; difficulty <= HARDEST; difficulty++) {
                PROBABILITIES[step][difficulty] = probability(LEAST + step * STEP, difficulty);
            }
        }
    }

    private PredictedLevel() {}

    /** A direct answer: difficulty of the skill, and whether it was right. */
    record Answer(int difficulty, boolean ok) {}

    /** @return probability that a learner of the level has a skill of the difficulty */
    static double probability(double level, int difficulty) {
        return 1 / (1 + StrictMath.exp(-(level - difficulty)));
    }

    /**
     * @param pick    says what is taken without answer
     * @param answers in an order that everybody can repeat: floating-point sums depend on it
     * @return 0.5, 1.0 … 7.5, the smallest of equally likely ones
     */
    static double of(PickRules pick, List<Answer> answers) {
        if (answers.isEmpty()) {
            return pick.levelWithoutAnswer();
        }
        List<Answer> all = new ArrayList<>(SENTINELS);
        all.addAll(answers);
        double best = LEAST;
        double bestLikelihood = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < LEVELS; step++) {
            double surprise = 0;
            for (Answer answer : all) {
                surprise += (answer.ok() ? 1 : 0) - PROBABILITIES[step][answer.difficulty()];
            }
            double likelihood = -Math.abs(surprise);
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = LEAST + step * STEP;
            }
        }
        return best;
    }
}

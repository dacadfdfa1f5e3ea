package fr.grandlivre.bench.learners;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: equal values share the mean of their ranks.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Spearman%27s_rank_correlation_coefficient">its definition</a>
 */
final class Ranks {
    private Ranks() {}

    /**
     * @param left  at least two values, not all equal
     * @param right as many
     * @return −1..1
     */
    static double correlation(double[] left, double[] right) {
        double[] leftRanks = of(left);
        double[] rightRanks = of(right);
        double mean = (left.length - 1) / 2d;
        double together = 0;
        double leftSpread = 0;
        double rightSpread = 0;
        for (int i = 0; i < left.length; i++) {
            double leftOff = leftRanks[i] - mean;
            double rightOff = rightRanks[i] - mean;
            together += leftOff * rightOff;
            leftSpread += leftOff * leftOff;
            rightSpread += rightOff * rightOff;
        }
        return together / Math.sqrt(leftSpread * rightSpread);
    }

    /** @return ranks from 0, in the order of the values */
    static double[] of(double... values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> values[index]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            double shared = (from + to) / 2d;
            Arrays.stream(order, from, to + 1).forEach(index -> ranks[index] = shared);
            from = to + 1;
        }
        return ranks;
    }
}

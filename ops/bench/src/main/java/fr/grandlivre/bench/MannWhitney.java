package fr.grandlivre.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Whether two samples come from one distribution: the two-sided Mann-Whitney U test by its normal approximation, with ties
 * (Mann and Whitney, 1947).
 */
final class MannWhitney {
    /** Abramowitz and Stegun, 7.1.26: the error function to 1.5e-7. */
    private static final double[] ERROR_FUNCTION = {0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429};

    private MannWhitney() {}

    private record Value(double value, boolean first) {}

    /** @return probability of ranks at least as uneven when there is no difference; 1 for an empty sample */
    static double p(double[] first, double[] second) {
        if (first.length == 0 || second.length == 0) {
            return 1;
        }
        Value[] all = Stream.concat(
                        DoubleStream.of(first).mapToObj(value -> new Value(value, true)),
                        DoubleStream.of(second).mapToObj(value -> new Value(value, false)))
                .sorted(Comparator.comparingDouble(Value::value))
                .toArray(Value[]::new);
        double rankSum = 0;
        double ties = 0;
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to].value() == all[from].value()) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            rankSum += rank * Arrays.stream(all, from, to).filter(Value::first).count();
            double equal = to - from;
            ties += equal * equal * equal - equal;
            from = to;
        }
        double one = first.length;
        double other = second.length;
        double n = one + other;
        double u = rankSum - one * (one + 1) / 2;
        double variance = one * other / 12 * (n + 1 - ties / (n * (n - 1)));
        if (variance == 0) {
            return 1;
        }
        double z = Math.abs(u - one * other / 2) / Math.sqrt(variance);
        return 1 - errorFunction(z / Math.sqrt(2));
    }

    private static double errorFunction(double x) {
        double t = 1 / (1 + 0.3275911 * x);
        double sum = 0;
        for (int i = ERROR_FUNCTION.length - 1; i >= 0; i--) {
            sum = (sum + ERROR_FUNCTION[i]) * t;
        }
        return 1 - sum * Math.exp(-x * x);
    }
}

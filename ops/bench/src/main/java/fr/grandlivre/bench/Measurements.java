package fr.grandlivre.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All measurements of a run, in the order in which they were made. Not thread-safe. */
final class Measurements {
    private final List<Measurement> all = new ArrayList<>();

    void add(Measurement measurement) {
        all.add(measurement);
    }

    /** @return one measurement a round, in order; empty when it was not measured */
    List<Measurement> of(String subject, int callers) {
        return all.stream()
                .filter(one -> one.subject().equals(subject) && one.callers() == callers)
                .toList();
    }

    /** @return numbers of callers with which a subject was measured, ascending */
    List<Integer> callersOf(String subject) {
        return all.stream()
                .filter(one -> one.subject().equals(subject))
                .map(Measurement::callers)
                .distinct()
                .sorted()
                .toList();
    }

    /** @return subjects of a group, in the order of their first measurement */
    List<String> subjectsOf(Options.Part part) {
        return all.stream()
                .filter(one -> one.part() == part)
                .map(Measurement::subject)
                .distinct()
                .toList();
    }

    boolean anyDisturbed() {
        return all.stream().anyMatch(Measurement::disturbed);
    }

    static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    /**
     * @param values at least one
     * @return the middle value; of an even number, the mean of the two in the middle
     */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Each round is divided by the same round of the denominator, so that what slows a whole round does not count. Events
     * are compared, not commands: a row that a command records more is a row that the other would insert more.
     *
     * @return one ratio a round; empty when the denominator was not measured
     */
    static double[] ratios(List<Measurement> rounds, List<Measurement> denominator) {
        return rounds.stream()
                .flatMapToDouble(one -> denominator.stream()
                        .filter(other -> other.round() == one.round())
                        .mapToDouble(other -> one.eventsPerSecond() / other.eventsPerSecond())
                        .limit(1))
                .toArray();
    }

    /** @return median of the ratios of the rounds; empty when one of the two was not measured */
    static OptionalDouble medianRatio(List<Measurement> rounds, List<Measurement> denominator) {
        double[] ratios = ratios(rounds, denominator);
        return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
    }
}

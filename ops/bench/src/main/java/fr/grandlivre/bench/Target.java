package fr.grandlivre.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A ratio that Grand Livre promises; both sides are measured in the same run.
 *
 * @param what        as the report says it
 * @param subject     numerator
 * @param callers     of the numerator
 * @param denominator subject that it is compared with
 * @param among       callers of the denominator
 * @param minimum     below this, the promise is broken
 * @param goal        what we want; equals {@code minimum} when there is nothing beyond
 */
record Target(String what, String subject, int callers, String denominator, int among, double minimum, double goal) {
    /** How a promise was kept. */
    enum Verdict {
        GOAL_REACHED("goal reached"),
        MINIMUM_REACHED("minimum reached"),
        MISSED("**missed**");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Ratios of the rounds, and their median. */
    record Result(double median, double[] rounds, Verdict verdict) {}

    static Target append(String what, String subject, int callers, double minimum, double goal) {
        return new Target(what, subject, callers, RawInserts.NAME, 32, minimum, goal);
    }

    /** All promises about what this bench measures. */
    static final List<Target> ALL = List.of(
            append("command that begins a stream, 32 callers ÷ raw insert @32", CommandPath.CREATE, 32, 0.8, 1.2),
            append("command on a cached aggregate, 32 callers ÷ raw insert @32", CommandPath.UPDATE, 32, 0.8, 1.2),
            append("command that begins a stream, 256 callers ÷ raw insert @32", CommandPath.CREATE, 256, 1.5, 2.0),
            append("command on a cached aggregate, 256 callers ÷ raw insert @32", CommandPath.UPDATE, 256, 1.5, 2.0),
            new Target(
                    "command that begins a stream ÷ stock engine, 32 callers",
                    CommandPath.CREATE,
                    32,
                    StockEngine.CREATE,
                    32,
                    2,
                    2),
            new Target(
                    "command on a cached aggregate ÷ stock engine with the same cache, 32 callers",
                    CommandPath.UPDATE,
                    32,
                    StockEngine.UPDATE_CACHED,
                    32,
                    2,
                    2),
            new Target(
                    "command on a cached aggregate ÷ stock engine as it comes, 32 callers",
                    CommandPath.UPDATE,
                    32,
                    StockEngine.UPDATE,
                    32,
                    2,
                    2),
            append("events of RecordAnswer, 32 callers ÷ raw insert @32", RecordedAnswers.NAME, 32, 0.8, 1.2),
            append("events of RecordAnswer, 256 callers ÷ raw insert @32", RecordedAnswers.NAME, 256, 1.5, 2.0),
            new Target(
                    "writer while a sealer works ÷ without, 32 callers",
                    WriterAlone.SEALED,
                    32,
                    WriterAlone.NAME,
                    32,
                    0.9,
                    0.9),
            new Target(
                    "writer while a sealer works ÷ without, 256 callers",
                    WriterAlone.SEALED,
                    256,
                    WriterAlone.NAME,
                    256,
                    0.9,
                    0.9),
            new Target(
                    "rebuild of the profile view ÷ Axon's streaming processor",
                    ReplayRounds.REBUILD,
                    1,
                    ReplayRounds.STREAMING,
                    1,
                    3,
                    3),
            new Target(
                    "verification over HTTP, uncached ÷ primary-key SELECT, 8 callers",
                    Lookups.HTTP,
                    LookupRounds.CALLERS,
                    Lookups.SELECT,
                    LookupRounds.CALLERS,
                    0.20,
                    0.33),
            new Target(
                    "verification over HTTP, remembered ÷ primary-key SELECT, 8 callers",
                    Lookups.REMEMBERED,
                    LookupRounds.CALLERS,
                    Lookups.SELECT,
                    LookupRounds.CALLERS,
                    0.35,
                    0.60));

    /**
     * @return whether none of the promises was broken
     * @throws java.util.NoSuchElementException when one of them was not measured
     */
    static boolean allKept(List<Target> promises, Measurements measurements) {
        return promises.stream()
                .allMatch(promise -> promise.result(measurements).orElseThrow().verdict() != Verdict.MISSED);
    }

    /** @return empty when one of the two sides was not measured */
    Optional<Result> result(Measurements measurements) {
        double[] ratios = Measurements.ratios(measurements.of(subject, callers), measurements.of(denominator, among));
        if (ratios.length == 0) {
            return Optional.empty();
        }
        double median = Measurements.median(ratios);
        return Optional.of(new Result(median, ratios, verdict(median)));
    }

    private Verdict verdict(double ratio) {
        if (ratio < minimum) {
            return Verdict.MISSED;
        }
        return ratio < goal || goal == minimum ? Verdict.MINIMUM_REACHED : Verdict.GOAL_REACHED;
    }

    /** @return the ratios of the rounds as text, with two decimals */
    static String text(double[] ratios) {
        return String.join(
                " · ",
                Arrays.stream(ratios)
                        .mapToObj(ratio -> Report.decimal(ratio, 2))
                        .toList());
    }
}

package fr.grandlivre.bench;

import java.util.ArrayList;
import java.util.List;

/** Tables that reports of ratios have in common, as lines of Markdown. */
final class PromiseTables {
    private PromiseTables() {}

    /** @throws java.util.NoSuchElementException when one of the promises was not measured */
    static List<String> promises(List<Target> promises, Measurements measurements) {
        List<String> lines = new ArrayList<>(
                List.of("| Promise | Minimum | Goal | Measured | Rounds | |", "|---|---|---|---|---|---|"));
        for (Target promise : promises) {
            Target.Result result = promise.result(measurements).orElseThrow();
            lines.add("| %s | %s | %s | **%s** | %s | %s |"
                    .formatted(
                            promise.what(),
                            Report.decimal(promise.minimum(), 2),
                            Report.decimal(promise.goal(), 2),
                            Report.decimal(result.median(), 2),
                            Target.text(result.rounds()),
                            result.verdict()));
        }
        return lines;
    }

    /** Medians of the rounds of each subject. */
    static List<String> subjects(List<String> subjects, int callers, Measurements measurements) {
        List<String> lines = new ArrayList<>(List.of(
                "| Subject | /s | Events each | p50 / p99 ms | µs PostgreSQL + Java | Others |",
                "|---|--:|--:|--:|--:|--:|"));
        for (String subject : subjects) {
            List<Measurement> all = measurements.of(subject, callers);
            lines.add("| %s | %s | %s | %s / %s | %s + %s | %s %% |"
                    .formatted(
                            subject,
                            Report.decimal(Measurements.median(all, Measurement::perSecond), 0),
                            Report.decimal(Measurements.median(all, Measurement::eventsEach), 2),
                            Report.decimal(Measurements.median(all, Measurement::p50Millis), 1),
                            Report.decimal(Measurements.median(all, Measurement::p99Millis), 1),
                            Report.decimal(Measurements.median(all, Measurement::postgresMicros), 0),
                            Report.decimal(Measurements.median(all, Measurement::jvmMicros), 0),
                            Report.decimal(100 * Measurements.median(all, Measurement::othersShare), 0)));
        }
        return lines;
    }
}

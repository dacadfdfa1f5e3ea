package fr.grandlivre.bench;

import java.util.ArrayList;
import java.util.List;

/** Tables that reports of ratios have in common, as lines of Markdown. */
final class PromiseTables {
    private PromiseTables() {}

    /**
     * What a bench of the application's own HTTP was measured on, and how long.
     *
     * @param more rows of this bench alone, each a name and a value with {@code |} between
     */
    static List<String> circumstances(Machine machine, RoundsAndSeconds options, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "| Circumstance | Value |",
                "|---|---|",
                "| machine | " + machine.hardware() + " |",
                "| JDK | " + machine.jdk() + ", the application with -XX:+UseParallelGC |",
                "| commit | " + machine.commit() + " |",
                "| rounds × window | %d × %d s |".formatted(options.rounds(), options.seconds()),
                "| seed | " + Answers.SEED + " |"));
        for (String row : more) {
            lines.add("| " + row + " |");
        }
        return lines;
    }

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

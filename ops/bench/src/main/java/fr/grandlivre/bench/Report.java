package fr.grandlivre.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The measurements as a Markdown page: promises first, then every run. */
final class Report {
    /** Processor time of a command: what is promised, and what is wanted. */
    private static final double MICROS_MOST = 150;

    private static final double MICROS_GOAL = 80;

    private final Options options;
    private final Measurements measurements;
    private final Machine machine;
    private final Map<String, String> settings;

    /** @param settings of PostgreSQL, as the server reports them */
    Report(Options options, Measurements measurements, Machine machine, Map<String, String> settings) {
        this.options = options;
        this.measurements = measurements;
        this.machine = machine;
        this.settings = settings;
    }

    /** Prints one measurement as soon as it is made. */
    static void progress(Measurement one) {
        System.out.printf(
                Locale.ROOT,
                "round %d  %-45s @%-4d %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  %6.1f + %6.1f µs  batch %6.1f  others"
                        + " %3.0f %%%s%n",
                one.round(),
                one.subject(),
                one.callers(),
                one.perSecond(),
                one.p50Millis(),
                one.p99Millis(),
                one.postgresMicros(),
                one.jvmMicros(),
                one.meanBatch(),
                100 * one.othersShare(),
                one.disturbed() ? "  (disturbed)" : "");
    }

    /** @return the page */
    String markdown() {
        List<String> page = new ArrayList<>();
        page.add("# Benchmarks");
        page.add("");
        page.add("Written by `ops/bin/bench`; do not edit. Figures of one run are compared with each other only.");
        page.add("");
        page.addAll(circumstances());
        page.addAll(promises());
        page.addAll(group("Appending", """
            Closed loop: every caller calls again as soon as it is answered, so rates are ceilings and waits are those of \
            a saturated system. Callers, Java and PostgreSQL share the cores. In every round each subject's \
            acknowledgements were compared with the rows it left: none was missing, none was there twice, and the \
            ledger's positions were dense.\
            """, Options.Part.APPEND, RawInserts.NAME, 32));
        page.addAll(group(
                "Replaying one projection",
                ReplayRounds.EXPLANATION,
                Options.Part.REPLAY,
                ReplayRounds.DENOMINATOR,
                1));
        page.addAll(group(
                "Looking a certificate up",
                LookupRounds.EXPLANATION,
                Options.Part.LOOKUP,
                LookupRounds.DENOMINATOR,
                8));
        return String.join("\n", page) + "\n";
    }

    private List<String> circumstances() {
        List<String> lines = new ArrayList<>();
        lines.add("| Circumstance | Value |");
        lines.add("|---|---|");
        lines.add("| commit | " + machine.commit() + " |");
        lines.add("| machine | " + machine.hardware() + " |");
        lines.add("| JDK | " + machine.jdk() + " |");
        lines.add("| flush of 8 kB to the disk | " + decimal(machine.flushMicros(), 0) + " µs |");
        lines.add("| PostgreSQL | "
                + settings.entrySet().stream()
                        .map(setting -> setting.getKey() + " " + setting.getValue())
                        .collect(Collectors.joining(", "))
                + " |");
        lines.add(
                "| rounds × window | %d × %s s after a warm-up of at most %d windows of %s s, until two differ by less than 5 %% |"
                        .formatted(
                                options.rounds(),
                                decimal(options.pace().measured().toMillis() / 1e3, 1),
                                options.pace().warmUpsAtMost(),
                                decimal(options.pace().warmUp().toMillis() / 1e3, 1)));
        lines.add("| seed | " + Answers.SEED + " |");
        lines.add("| payload + metadata of an event | %s bytes on average |"
                .formatted(decimal(new Answers().meanBytes(), 0)));
        lines.add("");
        lines.add(
                measurements.anyDisturbed()
                        ? "`*` marks a run during which other processes took more than 10 % of the machine."
                        : "Other processes took less than 10 % of the machine during every run.");
        lines.add("");
        return lines;
    }

    private List<String> promises() {
        List<String> lines = new ArrayList<>();
        lines.add("## Promises");
        lines.add("");
        lines.add("Ratios compare events made durable, round by round; the figure is their median.");
        lines.add("");
        lines.add("| Promise | Minimum | Goal | Measured | Rounds | |");
        lines.add("|---|---|---|---|---|---|");
        for (Target target : Target.ALL) {
            Optional<Target.Result> result = target.result(measurements);
            lines.add("| %s | %s | %s | %s |"
                    .formatted(
                            target.what(),
                            decimal(target.minimum(), 2),
                            target.goal() == target.minimum() ? "" : decimal(target.goal(), 2),
                            result.map(found -> "**%s** | %s | %s"
                                            .formatted(
                                                    decimal(found.median(), 2),
                                                    Target.text(found.rounds()),
                                                    found.verdict()))
                                    .orElse("not measured | | ")));
        }
        lines.add("");
        lines.add(
                "| Processor time of one command, PostgreSQL + Java with its callers | Most | Goal | Measured | Rounds"
                        + " | |");
        lines.add("|---|---|---|---|---|---|");
        for (String subject : List.of(RawInserts.NAME, CommandPath.CREATE, CommandPath.UPDATE, RecordedAnswers.NAME)) {
            lines.addAll(processorTime(subject));
        }
        lines.add("");
        return lines;
    }

    private List<String> processorTime(String subject) {
        List<Measurement> rounds = measurements.of(subject, 32);
        if (rounds.isEmpty()) {
            return List.of();
        }
        double micros = Measurements.median(rounds, Measurement::microsEach);
        String each = rounds.stream().map(one -> decimal(one.microsEach(), 0)).collect(Collectors.joining(" · "));
        boolean raw = subject.equals(RawInserts.NAME);
        return List.of("| %s, 32 callers | %s | %s | **%s µs** | %s | %s |"
                .formatted(
                        subject,
                        raw ? "" : decimal(MICROS_MOST, 0) + " µs",
                        raw ? "" : decimal(MICROS_GOAL, 0) + " µs",
                        decimal(micros, 0),
                        each,
                        raw ? "to compare with" : verdict(micros)));
    }

    private static Target.Verdict verdict(double micros) {
        if (micros > MICROS_MOST) {
            return Target.Verdict.MISSED;
        }
        return micros > MICROS_GOAL ? Target.Verdict.MINIMUM_REACHED : Target.Verdict.GOAL_REACHED;
    }

    private List<String> group(
            String title, String explanation, Options.Part part, String denominator, int denominatorCallers) {
        List<String> subjects = measurements.subjectsOf(part);
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Measurement> base = measurements.of(denominator, denominatorCallers);
        boolean callers = base.stream().anyMatch(one -> one.p99Millis() > 0);
        List<String> lines = new ArrayList<>();
        lines.add("## " + title);
        lines.add("");
        lines.add(explanation);
        lines.add("");
        lines.add(
                "| Subject | Callers | Median /s | Every run | ÷ %s%s | p50 / p99 ms | µs PostgreSQL + Java | Events each | Batch |"
                        .formatted(denominator, callers ? " @" + denominatorCallers : ""));
        lines.add("|---|--:|--:|---|--:|--:|--:|--:|--:|");
        for (String subject : subjects) {
            for (int count : measurements.callersOf(subject)) {
                lines.add(row(subject, count, base));
            }
        }
        lines.add("");
        return lines;
    }

    private String row(String subject, int callers, List<Measurement> base) {
        List<Measurement> rounds = measurements.of(subject, callers);
        double batch = Measurements.median(rounds, Measurement::meanBatch);
        double p99 = Measurements.median(rounds, Measurement::p99Millis);
        return "| %s | %d | %s | %s | %s | %s | %s + %s | %s | %s |"
                .formatted(
                        subject,
                        callers,
                        whole(Measurements.median(rounds, Measurement::perSecond)),
                        rounds.stream()
                                .map(one -> whole(one.perSecond()) + (one.disturbed() ? "*" : ""))
                                .collect(Collectors.joining(" · ")),
                        Measurements.medianRatio(rounds, base).stream()
                                .mapToObj(ratio -> decimal(ratio, 2))
                                .findFirst()
                                .orElse(""),
                        p99 == 0
                                ? ""
                                : decimal(Measurements.median(rounds, Measurement::p50Millis), 1) + " / "
                                        + decimal(p99, 1),
                        decimal(Measurements.median(rounds, Measurement::postgresMicros), 1),
                        decimal(Measurements.median(rounds, Measurement::jvmMicros), 1),
                        batch == 0 ? "" : decimal(Measurements.median(rounds, Measurement::eventsEach), 1),
                        batch == 0 ? "" : decimal(batch, 1));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

package fr.grandlivre.bench.school;

import fr.grandlivre.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run as a Markdown page. */
record SchoolPage(
        SchoolOptions options,
        Duration made,
        Duration caughtUp,
        long events,
        long bytes,
        List<Loads> pages,
        List<Import> imports,
        List<Export> exports) {
    /** 95 of 100 loads of a page are at most so long. */
    private static final double PAGE_MILLIS = 100;

    /** A list of pupils is on the pages within this time. */
    private static final Duration IMPORT = Duration.ofSeconds(30);

    /** One reader and what answers it keep about one core busy. */
    private static final int OWN_LOAD = 1;

    /** Pupils of 3e in one year, and collèges that they are in (DEPP). */
    private static final long NATION = 830_000;

    /** The seed of the demonstration. */
    private static final long SEED = 20_220_516;

    /**
     * A list of pupils that came in.
     *
     * @param bytes   of the file
     * @param compare until the differences were shown
     * @param apply   from then on until the roster showed every pupil
     */
    record Import(int lines, long bytes, Duration compare, Duration apply) {
        Duration total() {
            return compare.plus(apply);
        }
    }

    /** @param bytes that came out */
    record Export(String what, long bytes, Duration took) {}

    /** @return whether every promise is kept */
    boolean kept() {
        return pages.stream().filter(this::isPromised).allMatch(loads -> loads.percentile(0.95) <= PAGE_MILLIS)
                && imports.stream().allMatch(one -> one.total().compareTo(IMPORT) <= 0);
    }

    // A page of three thousand names is read once a year.
    private boolean isPromised(Loads loads) {
        return !loads.page().contains("whole");
    }

    String markdown() throws IOException {
        Machine machine = Machine.here(Path.of("ops/bench/target"));
        List<String> lines = new ArrayList<>(List.of(
                "# A large school",
                "",
                "Written by `ops/bin/school-scale`; do not edit. The demonstration with %d more classes of 30 pupils in"
                                .formatted(options.classes())
                        + " each of three school years: rosters, a campaign a level in September and one in the last"
                        + " winter, lessons, certifications; every fact by its command. One reader at a"
                        + " time over a kept connection of the same machine; the time of a load runs from the first"
                        + " byte sent to the last byte read, and contains the record of the reading, which is durable"
                        + " before the page leaves.",
                "",
                "| Circumstance | Value |",
                "|---|---|",
                "| machine | %s, flush %s µs |".formatted(machine.hardware(), decimal(machine.flushMicros(), 0)),
                "| JDK | " + machine.jdk() + ", the application with -XX:+UseParallelGC and its embedded PostgreSQL |",
                "| commit; seed | %s; %d |".formatted(machine.commit(), SEED),
                "| events; database | %s; %s MB |".formatted(grouped(events), grouped(bytes / 1_000_000)),
                "| making them, first start | %s s, %s events/s; views and policies done %s s later |"
                        .formatted(
                                seconds(made),
                                grouped(Math.round(events / (made.toMillis() / 1e3))),
                                seconds(caughtUp)),
                "| load of the machine at the end | %s |".formatted(load(machine.cores())),
                "",
                "## Pages",
                "",
                "%d loads of each, over all classes in turn. Promise: 95 of 100 within %d ms. The last figure is what the"
                                .formatted(options.loads(), (int) PAGE_MILLIS)
                        + " application's process computed for a load, its compiler and collector included: it does not"
                        + " wait for neighbours on the machine.",
                "",
                "| Page | p50 ms | p95 ms | p99 ms | longest | processor ms | |",
                "|---|--:|--:|--:|--:|--:|---|"));
        for (Loads one : pages) {
            lines.add("| %s | %s | **%s** | %s | %s | %s | %s |"
                    .formatted(
                            one.page(),
                            decimal(one.percentile(0.5), 1),
                            decimal(one.percentile(0.95), 1),
                            decimal(one.percentile(0.99), 1),
                            decimal(one.longest(), 1),
                            decimal(one.processorMillisALoad(), 1),
                            !isPromised(one) ? "no promise" : one.percentile(0.95) <= PAGE_MILLIS ? "kept" : "missed"));
        }
        lines.addAll(List.of(
                "",
                "## Import of a list",
                "",
                "All pupils new, by the interface: compared, applied in one append, until the roster shows them."
                        + " Promise: %d s.".formatted(IMPORT.toSeconds()),
                "",
                "| Lines | Bytes | Comparison s | Recorded and shown s | Whole s | |",
                "|--:|--:|--:|--:|--:|---|"));
        for (Import one : imports) {
            lines.add("| %s | %s | %s | %s | **%s** | %s |"
                    .formatted(
                            grouped(one.lines()),
                            grouped(one.bytes()),
                            seconds(one.compare()),
                            seconds(one.apply()),
                            seconds(one.total()),
                            one.total().compareTo(IMPORT) <= 0 ? "kept" : "missed"));
        }
        lines.addAll(List.of(
                "",
                "## Exports of the whole school with -Xmx256m",
                "",
                "A second process on the same data, the first thing it does.",
                "",
                "| Export | Bytes | s | MB/s |",
                "|---|--:|--:|--:|"));
        for (Export one : exports) {
            lines.add("| %s | %s | %s | %s |"
                    .formatted(
                            one.what(),
                            grouped(one.bytes()),
                            seconds(one.took()),
                            decimal(one.bytes() / 1e3 / Math.max(1, one.took().toMillis()), 1)));
        }
        lines.addAll(nation());
        return String.join("\n", lines) + "\n";
    }

    private List<String> nation() {
        Loads report = pages.stream()
                .filter(loads -> loads.page().startsWith("school report"))
                .findFirst()
                .orElseThrow();
        double pupilsAClass = 30;
        double perPupil = report.percentile(0.5) / pupilsAClass;
        double seconds = NATION * perPupil / 1e3;
        long tables = bytes / Math.max(1, options.classes() * 45L) * NATION;
        return List.of(
                "",
                "## The nation, on paper",
                "",
                "All %s pupils of 3e. Nobody reads them at once: the school report is read school by school, class by"
                                .formatted(grouped(NATION))
                        + " class, and each answer is bounded by its class or school, so memory does not grow with the"
                        + " nation. Extrapolated from the median of the school report of a class above, one reader,"
                        + " nothing kept between pages:",
                "",
                "- %s ms a pupil × %s pupils = %s s of one reader, %s minutes; the bound of a batch, 60 s, wants %s readers or the view read in one statement, of which the page of a class is one."
                        .formatted(
                                decimal(perPupil, 2),
                                grouped(NATION),
                                grouped(Math.round(seconds)),
                                decimal(seconds / 60, 1),
                                grouped((long) Math.ceil(seconds / 60))),
                "- %s GB of database, at the bytes a person of this school has (events, keys and views, %s persons)."
                        .formatted(decimal(tables / 1e9, 0), grouped(options.classes() * 45L)));
    }

    private static String load(int cores) throws IOException {
        String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ");
        boolean busy = Double.parseDouble(averages[1]) > cores + OWN_LOAD;
        return String.join(" ", averages[0], averages[1], averages[2]) + " (1, 5, 15 minutes, its own included)"
                + (busy ? ": a busy machine, other work ran beside it" : "");
    }

    private static String seconds(Duration duration) {
        return decimal(duration.toMillis() / 1e3, 1);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

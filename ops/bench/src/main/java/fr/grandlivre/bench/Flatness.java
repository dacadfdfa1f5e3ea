package fr.grandlivre.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** Whether a command costs more when the ledger is large: ledgers of several sizes in one server, measured in turn. */
final class Flatness implements AutoCloseable {
    static final String USAGE = """
        Usage: ops/bin/bench-flatness [--sizes N,N…] [--rounds N] [--seconds N] [--fill] [--help]

        Does a command cost more when the ledger is large? Fills ledgers of so many events in one PostgreSQL, one command an
        answer, and measures them in turn and with raw inserts, N rounds (default 3) of windows of N seconds (default 2):
        commands that begin a stream, and commands on a learner of any time, whose events are read first. Ledgers stay in
        ops/bench/target/flatness for the next run (some 800 bytes an event); a fill that was interrupted goes on where it
        ended. Writes ops/docs/flatness-bench.md. Exit status: 0 the promises are kept, 1 one of them is broken.

          --sizes N,N…  events, ascending (default 1000000,10000000); the first is what the others are compared with
          --fill        fills, and measures nothing
        """;

    private static final String CREATE = "command that begins a stream";
    private static final String ADD = "command on a learner of any time, read from the ledger";
    private static final List<String> SUBJECTS = List.of(CREATE, ADD);

    /** On the disk that holds the sources: a memory file system would make commits look free. */
    private static final Path DIRECTORY = Path.of("ops/bench/target/flatness");

    private static final Path PAGE = Path.of("ops/docs/flatness-bench.md");
    private static final String SHARED_BUFFERS = "4GB";
    private static final String RAW = "raw";
    private static final int CALLERS = 32;

    /** At a thousand calls a second, enough for waits of 100 ms. */
    private static final int OPEN_CALLERS = 100;

    private static final double OPEN_PER_SECOND = 1_000;
    private static final Duration OPEN_WARM_UP = Duration.ofSeconds(1);
    private static final double MOST = 1.5;
    private static final double GOAL = 1.15;

    private static final String BYTES = """
        select round(1000.0 * %s / (select position from ledger.ledger_head))\
        """;

    private static final String OF_EVENTS = """
        (select sum(pg_total_relation_size(format('ledger.%I', name)::regclass)) from ledger.event_partition)\
        """;

    private final Wish wish;
    private final Answers answers = new Answers();
    private final Server server;
    private final ClosedLoop loop;
    private final List<Size> sizes = new ArrayList<>();
    private final Measurements measurements = new Measurements();
    private final List<Waits> waits = new ArrayList<>();

    private Flatness(Server server, Wish wish) {
        this.server = server;
        this.wish = wish;
        this.loop = new ClosedLoop(server.postmaster());
    }

    /**
     * What is asked for.
     *
     * @param sizes    events of each ledger, ascending
     * @param onlyFill whether nothing is measured
     */
    record Wish(List<Long> sizes, boolean onlyFill, RoundsAndSeconds windows) {
        /** Fewer events have no stream for each caller. */
        private static final long LEAST = Prefill.ACTIVE;

        private static final long MOST = 1_000_000_000;

        /**
         * @return empty when help was asked for
         * @throws IllegalArgumentException when an argument is not understood
         */
        static Optional<Wish> parse(String... arguments) {
            List<Long> sizes = List.of(1_000_000L, 10_000_000L);
            boolean onlyFill = false;
            List<String> others = new ArrayList<>();
            for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
                String argument = rest.next();
                switch (argument) {
                    case "--sizes" -> sizes = sizes(rest.hasNext() ? rest.next() : "");
                    case "--fill" -> onlyFill = true;
                    default -> others.add(argument);
                }
            }
            boolean nothingMeasured = onlyFill;
            List<Long> asked = sizes;
            return RoundsAndSeconds.parse(others.toArray(String[]::new))
                    .map(windows -> new Wish(asked, nothingMeasured, windows));
        }

        private static List<Long> sizes(String text) {
            if (!text.matches("[1-9][0-9]{0,9}(,[1-9][0-9]{0,9})*")) {
                throw new IllegalArgumentException("--sizes wants numbers, separated by commas");
            }
            List<Long> sizes = Arrays.stream(text.split(",")).map(Long::valueOf).toList();
            if (sizes.stream().anyMatch(size -> size < LEAST || size > MOST)
                    || !sizes.equals(sizes.stream().distinct().sorted().toList())) {
                throw new IllegalArgumentException(
                        "--sizes wants numbers from %d to %d, ascending".formatted(LEAST, MOST));
            }
            return sizes;
        }
    }

    /** A ledger with those who write to it. */
    private record Size(long events, Ledger ledger, CommandPath path, SheetCommands reading) implements AutoCloseable {
        /**
         * @param callers how many there will be: no two of them ever write to the same stream of the past
         */
        AppendSubject subject(String name, int callers) {
            if (name.equals(CREATE)) {
                return path.creating(at(name, events));
            }
            long streamsEach = Prefill.streams(events) / callers;
            AtomicInteger next = new AtomicInteger();
            return ledger.subject(at(name, events), () -> {
                int own = next.getAndIncrement();
                return reading.addingTo(() -> Prefill.stream(
                        own + callers * ThreadLocalRandom.current().nextLong(streamsEach)));
            });
        }

        @Override
        public void close() {
            reading.close();
            path.close();
            ledger.close();
        }
    }

    /** Waits in one round at the load of the open loop. */
    private record Waits(String subject, OpenLoop.Run run) {}

    public static void main(String[] arguments) throws Exception {
        Wish wish = Arguments.read(USAGE, Wish::parse, arguments);
        boolean kept = true;
        try (Server server = Server.keeping(DIRECTORY.resolve("postgres"), SHARED_BUFFERS);
                Flatness flatness = new Flatness(server, wish)) {
            flatness.fill();
            if (!wish.onlyFill()) {
                flatness.measure();
                String page = flatness.page(Machine.here(DIRECTORY));
                System.out.println(page);
                Files.writeString(PAGE, page);
                kept = flatness.verdicts().stream().noneMatch(verdict -> verdict == Target.Verdict.MISSED);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    private void fill() throws Exception {
        for (long events : wish.sizes()) {
            String database = "flat_" + events;
            server.createMissingDatabase(database);
            Ledger ledger = new Ledger(server, database);
            long started = System.nanoTime();
            long before = ledger.reader().head();
            Prefill.fill(
                    ledger,
                    answers,
                    events,
                    reached -> System.err.printf(
                            Locale.ROOT,
                            "%s: %,d events, %,.0f/s%n",
                            database,
                            reached,
                            (reached - before) * 1e9 / (System.nanoTime() - started)));
            // What a running server has long done: nothing of it falls into a window.
            Server.execute(ledger.owner(), "vacuum analyze");
            CommandPath path = new CommandPath(ledger, answers);
            sizes.add(new Size(
                    events,
                    ledger,
                    path,
                    new SheetCommands(answers, null, axon -> axon.configureEventStore(_ -> path.store()))));
        }
        Server.execute(server.owner("postgres"), "checkpoint");
    }

    private void measure() throws Exception {
        server.dropDatabase(RAW);
        server.createDatabase(RAW);
        RawInserts raw = new RawInserts(server.owner(RAW), answers);
        for (int round = 1; round <= wish.windows().rounds(); round++) {
            closed(raw, round);
            // Forth and back, so that what grows with time is on no side.
            for (Size size : round % 2 == 1 ? sizes : sizes.reversed()) {
                for (String subject : SUBJECTS) {
                    closed(size.subject(subject, CALLERS), round);
                    open(size, subject);
                }
            }
        }
    }

    private void closed(AppendSubject subject, int round) throws Exception {
        Measurement measurement = AppendRounds.checked(loop, wish.windows().pace(), subject, CALLERS, round);
        measurements.add(measurement);
        Report.progress(measurement);
    }

    private void open(Size size, String name) throws Exception {
        AppendSubject subject = size.subject(name, OPEN_CALLERS);
        OpenLoop.Run run = OpenLoop.run(
                subject.callers(OPEN_CALLERS),
                OPEN_PER_SECOND,
                OPEN_WARM_UP,
                wish.windows().pace().measured().multipliedBy(2));
        waits.add(new Waits(subject.name(), run));
        System.out.printf(
                Locale.ROOT,
                "         %s, open loop: %.0f/s, p50 %.2f ms, p99 %.2f ms%n",
                subject.name(),
                run.perSecond(),
                run.millis(50),
                run.millis(99));
    }

    private static String at(String subject, long events) {
        return String.format(Locale.ROOT, "%s, %,d events", subject, events);
    }

    private double[] open(String subject, long events, ToDoubleFunction<OpenLoop.Run> figure) {
        return waits.stream()
                .filter(one -> one.subject().equals(at(subject, events)))
                .map(Waits::run)
                .mapToDouble(figure)
                .toArray();
    }

    private double[] micros(String subject, long events) {
        return measurements.of(at(subject, events), CALLERS).stream()
                .mapToDouble(Measurement::microsEach)
                .toArray();
    }

    /**
     * How a figure of a larger ledger compares with the smallest one's.
     *
     * @param rounds one ratio a round, in order
     */
    private record Comparison(String what, double[] rounds) {
        double median() {
            return Measurements.median(rounds);
        }

        Target.Verdict verdict() {
            if (median() > MOST) {
                return Target.Verdict.MISSED;
            }
            return median() > GOAL ? Target.Verdict.MINIMUM_REACHED : Target.Verdict.GOAL_REACHED;
        }
    }

    private List<Comparison> comparisons() {
        List<Comparison> all = new ArrayList<>();
        long first = wish.sizes().getFirst();
        for (long events : wish.sizes().subList(1, wish.sizes().size())) {
            String sizes = String.format(Locale.ROOT, "%,d ÷ %,d events", events, first);
            for (String subject : SUBJECTS) {
                all.add(new Comparison(
                        "processor time of a " + subject + ": " + sizes,
                        ratios(micros(subject, events), micros(subject, first))));
                all.add(new Comparison(
                        "p99 of a " + subject + ", open loop: " + sizes,
                        ratios(
                                open(subject, events, run -> run.millis(99)),
                                open(subject, first, run -> run.millis(99)))));
            }
        }
        return all;
    }

    private List<Target.Verdict> verdicts() {
        return comparisons().stream().map(Comparison::verdict).toList();
    }

    private static double[] ratios(double[] rounds, double[] denominators) {
        double[] ratios = new double[rounds.length];
        Arrays.setAll(ratios, round -> rounds[round] / denominators[round]);
        return ratios;
    }

    private String page(Machine machine) throws SQLException {
        List<String> lines = new ArrayList<>(List.of(
                "# Flatness: what a command costs in a large ledger",
                "",
                "Written by `ops/bin/bench-flatness`; do not edit. Ledgers of several sizes in one PostgreSQL, filled"
                    + " as years would fill them: 20,000 learners at the same time, forty answers each, then others;"
                    + " one command, one receipt an answer. They are measured in turn, forth and back, beside raw"
                    + " single-row inserts. All of them fit into the memory of this machine: what a disk would add is"
                    + " not measured.",
                "",
                "| Circumstance | Value |",
                "|---|---|"));
        lines.addAll(List.of(
                "| machine | " + machine.hardware() + " |",
                "| JDK | " + machine.jdk() + " |",
                "| commit | " + machine.commit() + " |",
                "| PostgreSQL | %s, shared_buffers %s, fsync and synchronous_commit on |"
                        .formatted(server.settings().get("server_version"), SHARED_BUFFERS),
                "| rounds × window | %d × %d s, of the open loop %d s |"
                        .formatted(
                                wish.windows().rounds(),
                                wish.windows().seconds(),
                                2 * wish.windows().seconds()),
                "| seed | " + Answers.SEED + " |",
                "",
                "| Promise | Most | Goal | Measured | Rounds | |",
                "|---|---|---|---|---|---|"));
        for (Comparison one : comparisons()) {
            lines.add("| %s | %s | %s | **%s** | %s | %s |"
                    .formatted(
                            one.what(),
                            Report.decimal(MOST, 2),
                            Report.decimal(GOAL, 2),
                            Report.decimal(one.median(), 2),
                            Target.text(one.rounds()),
                            one.verdict()));
        }
        lines.addAll(List.of("", "Closed loop, %d callers:".formatted(CALLERS), ""));
        List<String> subjects = new ArrayList<>(List.of(RawInserts.NAME));
        for (String subject : SUBJECTS) {
            wish.sizes().forEach(events -> subjects.add(at(subject, events)));
        }
        lines.addAll(PromiseTables.subjects(subjects, CALLERS, measurements));
        lines.addAll(List.of(
                "",
                "Open loop, %.0f commands a second, waits counted from when a command was due:"
                        .formatted(OPEN_PER_SECOND),
                "",
                "| Subject | Reached /s | p50 ms | p99 ms | p99 of every run |",
                "|---|--:|--:|--:|---|"));
        for (String subject : SUBJECTS) {
            for (long events : wish.sizes()) {
                double[] p99 = open(subject, events, run -> run.millis(99));
                lines.add("| %s | %s | %s | %s | %s |"
                        .formatted(
                                at(subject, events),
                                Report.decimal(Measurements.median(open(subject, events, OpenLoop.Run::perSecond)), 0),
                                Report.decimal(Measurements.median(open(subject, events, run -> run.millis(50))), 2),
                                Report.decimal(Measurements.median(p99), 2),
                                Target.text(p99)));
            }
        }
        lines.addAll(List.of(
                "",
                "Bytes an event, with indexes; payload and metadata are %s of them:"
                        .formatted(Report.decimal(answers.meanBytes(), 0)),
                "",
                "| Ledger of | Events at the end | Streams before | Events | Heads of streams | Receipts | In all |",
                "|--:|--:|--:|--:|--:|--:|--:|"));
        for (Size size : sizes) {
            double events = bytes(size, OF_EVENTS);
            double heads = bytes(size, "pg_total_relation_size('ledger.stream_head')");
            double receipts = bytes(size, "pg_total_relation_size('ledger.command_receipt')");
            lines.add(String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %,d | %.0f | %.0f | %.0f | %.0f |",
                    size.events(),
                    size.ledger().reader().head(),
                    Prefill.streams(size.events()),
                    events,
                    heads,
                    receipts,
                    events + heads + receipts));
        }
        lines.add("");
        lines.add("Receipts are kept for 30 days; here none is older.");
        return String.join("\n", lines) + "\n";
    }

    private static double bytes(Size size, String relations) throws SQLException {
        return RawInserts.number(size.ledger().owner(), BYTES.formatted(relations)) / 1e3;
    }

    @Override
    public void close() {
        sizes.forEach(Size::close);
    }
}

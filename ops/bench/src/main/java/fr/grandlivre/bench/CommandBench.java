package fr.grandlivre.bench;

import fr.grandlivre.bench.AnswerScripts.Script;
import fr.grandlivre.bench.AnswerScripts.Step;
import fr.grandlivre.bench.learners.AnswerBody;
import fr.grandlivre.bench.learners.ApplicationSettings;
import fr.grandlivre.bench.learners.RunningApplication;
import fr.grandlivre.bench.learners.TokenIssuer;
import fr.grandlivre.store.TimeOrderedId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers of learners over the application's own HTTP, durable when acknowledged: how many a second compared with raw
 * inserts of the same run, how long a learner waits at a given load, and how soon the profile shows it.
 */
final class CommandBench {
    static final String USAGE = """
        Usage: ops/bin/bench-commands [--rounds N] [--seconds N] [--help]

        Starts a PostgreSQL and the application in processes of their own and lets learners answer over HTTP: 32 callers in
        a closed loop, compared with raw inserts of the same run, N rounds (default 3) of windows of N seconds (default 2);
        then 2,000 answers and 1,500 events a second in an open loop, with the time until a profile shows an answer. Writes
        ops/docs/command-bench.md. Exit status: 0 the promises are kept, 1 one of them is broken.
        """;

    static final String HTTP = "POST /api/v1/evaluations/…/answers";

    private static final int CALLERS = 32;
    private static final List<Target> PROMISES = List.of(
            Target.append("events of answers over HTTP, 32 callers ÷ raw insert @32", HTTP, CALLERS, 0.40, 0.55));

    /** On the disk that holds the sources: a memory file system would make commits look free. */
    private static final Path DIRECTORY = Path.of("ops/bench/target/commands");

    private static final Path PAGE = Path.of("ops/docs/command-bench.md");
    private static final String SHARED_BUFFERS = "4GB";
    private static final String APPLICATION = "application";
    private static final String RAW = "raw";

    /**
     * Before the first round: the application's code is compiled while it is used, and that goes on long after its rate has
     * begun to look steady.
     */
    private static final Pace WARM_UP = new Pace(Duration.ofSeconds(60), Duration.ofSeconds(10), 12);

    /** Answers prepared for it; what it wants more it works out on its way. */
    private static final long WARM_UP_ANSWERS = 300_000;

    /** Most answers a second for which scripts are prepared. */
    private static final int FASTEST = 9_000;

    /** Connections of the open loop: at two thousand calls a second, enough for waits of 50 ms, and fewer than are let in at once. */
    private static final int OPEN_CALLERS = 100;

    private static final Duration OPEN_WARM_UP = Duration.ofSeconds(3);
    private static final double COMMANDS_PER_SECOND = 2_000;
    private static final double EVENTS_PER_SECOND = 1_500;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Server server;
    private final TokenIssuer issuer;
    private final InetSocketAddress application;
    private final long pid;
    private final DataSource ledger;
    private final AnswerScripts scripts = new AnswerScripts(Clock.systemUTC().instant());
    private final AtomicInteger nextLearner = new AtomicInteger();
    private final AtomicReference<@Nullable Acknowledged> last = new AtomicReference<>();
    private final Measurements measurements = new Measurements();
    private final List<Waits> waits = new ArrayList<>();

    private CommandBench(Server server, TokenIssuer issuer, RunningApplication running) {
        this.server = server;
        this.issuer = issuer;
        this.application = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.address().getPort());
        this.pid = running.pid();
        this.ledger = server.owner(APPLICATION);
    }

    /** What a learner was told last. */
    private record Acknowledged(long position, long nanos, String authorization) {}

    /**
     * Waits in one round at one load.
     *
     * @param perSecond commands reached
     * @param answer    from the due time to the acknowledgement
     * @param profile   from an acknowledgement to the end of the answer with the profile that shows it, samples
     */
    private record Waits(double asked, double perSecond, Histogram answer, Histogram profile) {}

    public static void main(String[] arguments) throws Exception {
        RoundsAndSeconds options = Arguments.read(USAGE, RoundsAndSeconds::parse, arguments);
        Files.createDirectories(DIRECTORY);
        Machine machine = Machine.here(DIRECTORY);
        boolean kept;
        try (TokenIssuer issuer = new TokenIssuer();
                Server server = Server.start(DIRECTORY.resolve("postgres"), SHARED_BUFFERS)) {
            server.createDatabase(APPLICATION);
            server.createDatabase(RAW);
            try (RunningApplication running =
                    RunningApplication.start(DIRECTORY.resolve("installation"), settings(server, issuer))) {
                CommandBench bench = new CommandBench(server, issuer, running);
                bench.measure(options.rounds(), options.pace());
                String page = bench.page(machine, options);
                System.out.println(page);
                Files.writeString(PAGE, page);
                kept = Target.allKept(PROMISES, bench.measurements);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    private static List<String> settings(Server server, TokenIssuer issuer) {
        List<String> settings = new ArrayList<>(ApplicationSettings.database(_ -> server.url(APPLICATION)));
        settings.add(ApplicationSettings.trusting(issuer.keys()));
        return settings;
    }

    private void measure(int rounds, Pace pace) throws Exception {
        ClosedLoop loop = new ClosedLoop(server.postmaster(), List.of(pid));
        prepare(WARM_UP_ANSWERS);
        loop.run(callers(CALLERS), WARM_UP);
        try (RawInserts raw = new RawInserts(server.owner(RAW), new Answers())) {
            for (int round = 1; round <= rounds; round++) {
                long rows = raw.head();
                List<Caller> inserting = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    inserting.add(raw.caller());
                }
                keep(Measurement.of(
                        Options.Part.APPEND, RawInserts.NAME, CALLERS, round, loop.run(inserting, pace), 1, 1));
                if (raw.head() == rows) {
                    throw new IllegalStateException("raw inserts left no rows");
                }
                prepare(Math.ceilDiv(FASTEST * pace.longest().toMillis(), 1_000));
                long before = head();
                ClosedLoop.Run run = loop.run(callers(CALLERS), pace);
                keep(Measurement.of(
                        Options.Part.APPEND,
                        HTTP,
                        CALLERS,
                        round,
                        run,
                        (double) (head() - before) / run.acknowledged(),
                        0));
            }
            double eventsEach = Measurements.median(measurements.of(HTTP, CALLERS), Measurement::eventsEach);
            for (int round = 1; round <= rounds; round++) {
                open(COMMANDS_PER_SECOND, pace.measured().multipliedBy(3));
                open(EVENTS_PER_SECOND / eventsEach, pace.measured().multipliedBy(3));
            }
        }
    }

    private void keep(Measurement one) {
        measurements.add(one);
        Report.progress(one);
    }

    private void prepare(long answers) {
        scripts.prepare(nextLearner.get(), CALLERS, answers);
    }

    private long head() throws Exception {
        return RawInserts.number(ledger, "select position from ledger.ledger_head");
    }

    private void open(double perSecond, Duration measured) throws Exception {
        scripts.prepare(nextLearner.get(), OPEN_CALLERS, (long)
                (perSecond * measured.plus(OPEN_WARM_UP).toMillis() / 1_000));
        last.set(null);
        Recorder shown = new Recorder(3);
        Thread looking = Thread.startVirtualThread(() -> look(shown));
        OpenLoop.Run run = OpenLoop.run(callers(OPEN_CALLERS), perSecond, OPEN_WARM_UP, measured);
        looking.interrupt();
        looking.join();
        waits.add(new Waits(perSecond, run.perSecond(), run.waits(), shown.getIntervalHistogram()));
        System.err.printf(
                "open loop %.0f/s: %.0f/s, p50 %.1f ms, p99 %.1f ms%n",
                perSecond, run.perSecond(), run.millis(50), run.millis(99));
    }

    /** Again and again asks for the profile of whoever was acknowledged last, until interrupted. */
    private void look(Recorder shown) {
        try (HttpConnection connection = new HttpConnection(application)) {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(BETWEEN_LOOKS);
                Acknowledged newest = last.getAndSet(null);
                if (newest != null) {
                    connection.get("/api/v1/me/profile?atLeast=" + newest.position(), newest.authorization());
                    shown.recordValue(System.nanoTime() - newest.nanos());
                }
            }
        } catch (InterruptedException _) {
            // the load has ended
        } catch (IOException failure) {
            // An interruption closes the socket that is being read.
            if (!Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("a profile was not shown", failure);
            }
        }
    }

    private List<Caller> callers(int count) throws IOException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(new Learner());
        }
        return callers;
    }

    /** Answers what is due; when nothing is left to ask, the next learner begins. */
    private final class Learner implements Caller {
        private static final String POSITION = "\"position\":";

        private final HttpConnection connection = new HttpConnection(application);
        private Script script = scripts.of(nextLearner.getAndIncrement());
        private String authorization = authorization(script);
        private int step;

        Learner() throws IOException {}

        private String authorization(Script script) {
            return "Authorization: Bearer " + issuer.token(script.learner()) + "\r\n";
        }

        @Override
        public void call() throws IOException {
            Step due = script.steps().get(step);
            HttpConnection.Answer answer = connection.post(
                    "/api/v1/evaluations/" + due.competence() + "/answers",
                    authorization + "Idempotency-Key: " + TimeOrderedId.next() + "\r\n",
                    // The least client: other characters as JSON escapes.
                    ascii(JsonMapper.shared().writeValueAsString(AnswerBody.of(due.challenge(), due.response()))));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            if (answer.status() != 201) {
                throw new IOException("an answer was not recorded: status " + answer.status() + " " + body);
            }
            int from = body.indexOf(POSITION) + POSITION.length();
            int to = from;
            while (Character.isDigit(body.charAt(to))) {
                to++;
            }
            last.set(new Acknowledged(Long.parseLong(body, from, to, 10), System.nanoTime(), authorization));
            if (++step == script.steps().size()) {
                script = scripts.of(nextLearner.getAndIncrement());
                authorization = authorization(script);
                step = 0;
            }
        }

        private static String ascii(String json) {
            StringBuilder escaped = new StringBuilder(json.length());
            json.chars()
                    .forEach(character -> escaped.append(
                            character < 128 ? String.valueOf((char) character) : "\\u%04x".formatted(character)));
            return escaped.toString();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    private String page(Machine machine, RoundsAndSeconds options) {
        List<String> lines = new ArrayList<>(List.of(
                "# Commands over the application's own HTTP",
                "",
                "Written by `ops/bin/bench-commands`; do not edit. The whole application in a process of its own, as"
                    + " an installation starts it: signed tokens, its filters, limits and views at work, each answer"
                    + " graded, decided, sealed with the learner's key and committed before it is acknowledged. Raw"
                    + " inserts are single rows of the same size without any of it. Callers, application and"
                    + " PostgreSQL share the cores.",
                ""));
        lines.addAll(PromiseTables.circumstances(machine, options));
        lines.add("");
        lines.addAll(PromiseTables.promises(PROMISES, measurements));
        lines.add("");
        lines.addAll(PromiseTables.subjects(List.of(RawInserts.NAME, HTTP), CALLERS, measurements));
        lines.addAll(List.of(
                "",
                "Open loop: calls are due at a rate of their own and waits are counted from then. The profile is asked"
                    + " for with the position of the newest acknowledgement, some forty times a second; its wait runs"
                    + " from the acknowledgement to the whole answer that shows it.",
                "",
                "| Asked /s | Reached /s | Answer p50 / p99 / p99.9 ms | Profile p50 / p99 ms, n |",
                "|--:|--:|--:|--:|"));
        for (Waits one : waits) {
            lines.add("| %s | %s | %s / %s / %s | %s / %s, %d |"
                    .formatted(
                            Report.decimal(one.asked(), 0),
                            Report.decimal(one.perSecond(), 0),
                            millis(one.answer(), 50),
                            millis(one.answer(), 99),
                            millis(one.answer(), 99.9),
                            millis(one.profile(), 50),
                            millis(one.profile(), 99),
                            one.profile().getTotalCount()));
        }
        lines.addAll(List.of(
                "",
                "Promised: answers p99 at most 50 ms at 2,000 commands/s (goal 15 ms); a view at most 500 ms behind at"
                        + " 1,500 events/s (goal 150 ms)."));
        return String.join("\n", lines) + "\n";
    }

    private static String millis(Histogram histogram, double percentile) {
        return Report.decimal(histogram.getValueAtPercentile(percentile) / 1e6, 1);
    }
}

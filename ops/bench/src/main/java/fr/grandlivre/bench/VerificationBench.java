package fr.grandlivre.bench;

import fr.grandlivre.bench.learners.ApplicationSettings;
import fr.grandlivre.bench.learners.RunningApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Look-ups over the application's own HTTP, with its filters, limits and equal-time rule, compared with a primary-key SELECT
 * by JDBC on the same PostgreSQL server in the same run.
 */
final class VerificationBench {
    static final String USAGE = """
        Usage: ops/bin/bench-verification [--rounds N] [--seconds N] [--help]

        Measures look-ups over the application's own HTTP against a primary-key SELECT in the same run, N rounds (default 3)
        of windows of N seconds (default 2), and writes ops/docs/verification-bench.md. Exit status: 0 the promises are
        kept, 1 one of them is broken.
        """;

    static final String SELECT = "primary-key SELECT by JDBC";
    static final String UNCACHED = "POST /api/v1/verifications, each code once";
    static final String CACHED = "POST /api/v1/verifications, 10,000 codes again and again";

    private static final String UNKNOWN = "codes that nobody holds";

    private static final List<Target> PROMISES = List.of(
            new Target("uncached ÷ SELECT, 8 callers", UNCACHED, 8, SELECT, 8, 0.20, 0.33),
            new Target("cached ÷ SELECT, 8 callers", CACHED, 8, SELECT, 8, 0.35, 0.60));

    /** On the disk that holds the sources: a memory file system would make commits look free. */
    private static final Path DIRECTORY = Path.of("ops/bench/target/verification");

    private static final Path PAGE = Path.of("ops/docs/verification-bench.md");
    private static final String SHARED_BUFFERS = "4GB";
    private static final String DATABASE = "application";
    private static final String PATH = "/api/v1/verifications";
    private static final int CALLERS = 8;

    /** More than the application remembers, so that a code asked once in a while is looked up each time. */
    private static final int CERTIFICATES = 400_000;

    private static final int OFTEN_ASKED = 10_000;

    /** Before the first round: the application's code is compiled while it is used. */
    private static final Pace WARM_UP = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(1), 1);

    /**
     * Few codes are asked once before the rounds: with more than 200,000 sums of readings in memory, the application would
     * record them in the middle of a window, faster the more there are.
     */
    private static final Pace WARM_UP_UNCACHED = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(1), 1);

    private static final int NO_LIMIT = 1_000_000_000;

    /** Look-ups need no token. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/keys");

    private final Server server;
    private final InetSocketAddress application;
    private final long pid;
    private final DataSource rows;
    private final List<String> codes = CertificateRows.codes(CERTIFICATES);
    private final AtomicInteger next = new AtomicInteger();
    private final Measurements measurements = new Measurements();

    private VerificationBench(Server server, RunningApplication running) {
        this.server = server;
        this.application = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.address().getPort());
        this.pid = running.pid();
        this.rows = server.owner(DATABASE);
    }

    public static void main(String[] arguments) throws Exception {
        RoundsAndSeconds options = Arguments.read(USAGE, RoundsAndSeconds::parse, arguments);
        Files.createDirectories(DIRECTORY);
        Machine machine = Machine.here(DIRECTORY);
        boolean kept;
        try (Server server = Server.start(DIRECTORY.resolve("postgres"), SHARED_BUFFERS)) {
            server.createDatabase(DATABASE);
            try (RunningApplication running =
                    RunningApplication.start(DIRECTORY.resolve("installation"), settings(server))) {
                VerificationBench bench = new VerificationBench(server, running);
                CertificateRows.fill(bench.rows, bench.codes);
                bench.measure(options.rounds(), options.pace());
                String page = bench.page(machine, options);
                System.out.println(page);
                Files.writeString(PAGE, page);
                kept = Target.allKept(PROMISES, bench.measurements);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    /** The limits are raised as an operator raises them; their code stays on the way. */
    private static List<String> settings(Server server) {
        List<String> settings = new ArrayList<>(ApplicationSettings.database(_ -> server.url(DATABASE)));
        settings.add(ApplicationSettings.trusting(NOBODY));
        settings.add("--grandlivre.verification.look-ups-per-minute=" + NO_LIMIT);
        settings.add("--grandlivre.verification.misses-per-minute=" + NO_LIMIT);
        return settings;
    }

    private void measure(int rounds, Pace pace) throws Exception {
        ClosedLoop loop = new ClosedLoop(server.postmaster(), List.of(pid));
        loop.run(callers(CACHED), WARM_UP);
        loop.run(callers(UNKNOWN), WARM_UP);
        loop.run(callers(UNCACHED), WARM_UP_UNCACHED);
        for (int round = 1; round <= rounds; round++) {
            for (String way : List.of(SELECT, UNCACHED, CACHED)) {
                Measurement one =
                        Measurement.of(Options.Part.LOOKUP, way, CALLERS, round, loop.run(callers(way), pace), 1, 0);
                measurements.add(one);
                Report.progress(one);
            }
        }
    }

    private List<Caller> callers(String way) throws SQLException, IOException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(
                    switch (way) {
                        case SELECT -> CertificateRows.selecting(rows, () -> any(codes.size()));
                        case UNCACHED ->
                            asking(() -> codes.get(Math.floorMod(next.getAndIncrement(), codes.size())), 200);
                        case UNKNOWN -> asking(() -> "P-000000" + next.incrementAndGet() % 100, 404);
                        default -> asking(() -> any(OFTEN_ASKED), 200);
                    });
        }
        return callers;
    }

    private String any(int among) {
        return codes.get(ThreadLocalRandom.current().nextInt(among));
    }

    private Caller asking(Supplier<String> code, int expected) throws IOException {
        HttpConnection connection = new HttpConnection(application);
        return new Caller() {
            @Override
            public void call() throws IOException {
                String asked = code.get();
                HttpConnection.Answer answer = connection.post(PATH, "{\"code\":\"" + asked + "\"}");
                boolean fits = answer.status() == expected
                        && (expected != 200 || new String(answer.body(), StandardCharsets.UTF_8).contains(asked));
                if (!fits) {
                    throw new IOException("not the answer to the question: status " + answer.status());
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private String page(Machine machine, RoundsAndSeconds options) {
        List<String> lines = new ArrayList<>(List.of(
                "# Look-ups over the application's own HTTP",
                "",
                "Written by `ops/bin/bench-verification`; do not edit. The whole application in a process of its own,"
                    + " with its filters, limits (raised by their settings, their code on the way) and equal-time"
                    + " rule, over kept connections; readings are counted, and their sums, one event a certificate and"
                    + " hour, are recorded little by little when it is over. The SELECT reads the same rows, a"
                    + " connection a caller. Callers, application and PostgreSQL share the cores.",
                ""));
        lines.addAll(PromiseTables.circumstances(
                machine, options, "certificates; callers | %d; %d".formatted(CERTIFICATES, CALLERS)));
        lines.add("");
        lines.addAll(PromiseTables.promises(PROMISES, measurements));
        lines.add("");
        lines.addAll(PromiseTables.subjects(List.of(SELECT, UNCACHED, CACHED), CALLERS, measurements));
        return String.join("\n", lines) + "\n";
    }
}

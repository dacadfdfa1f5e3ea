package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.ChaosOptions.Fault;
import fr.grandlivre.bench.chaos.Checker.Promise;
import fr.grandlivre.bench.chaos.Checker.Violation;
import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Outcome;
import fr.grandlivre.bench.learners.InstallationKeys;
import fr.grandlivre.bench.learners.TokenIssuer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One command, one run; see {@link ChaosOptions#USAGE}. */
final class Chaos implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FULL_FOR = Duration.ofSeconds(10);

    private final ChaosOptions options;
    private final Path directory;
    private final Path data;
    private final Database database;
    private final TokenIssuer issuer;
    private final List<Node> nodes = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<Long> outagesMillis = new ArrayList<>();
    private int nextNode;

    private Chaos(ChaosOptions options) throws Exception {
        this.options = options;
        this.directory = Files.createTempDirectory(Files.createDirectories(Path.of("ops/bench/target")), "chaos-")
                .toAbsolutePath();
        this.data = options.database().map(Path::toAbsolutePath).orElse(directory.resolve("pg"));
        this.database = new Database(data);
        this.issuer = new TokenIssuer();
    }

    public static void main(String[] arguments) throws Exception {
        Optional<ChaosOptions> options;
        try {
            options = ChaosOptions.parse(arguments);
        } catch (IllegalArgumentException misunderstood) {
            System.err.println(misunderstood.getMessage());
            System.err.print(ChaosOptions.USAGE);
            System.exit(2);
            return;
        }
        if (options.isEmpty()) {
            System.out.print(ChaosOptions.USAGE);
            return;
        }
        boolean kept;
        try (Chaos chaos = new Chaos(options.get())) {
            kept = chaos.run();
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean run() throws Exception {
        System.out.printf(
                "seed %d, %d faults of %s, %d nodes, %d clients; %d cores, Java %s; everything in %s%n",
                options.seed(),
                options.faults(),
                options.kinds(),
                options.nodes(),
                options.clients(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                directory);
        startAll();
        long started = System.nanoTime();
        Workload workload = new Workload(nodes, issuer, options.seed(), directory.resolve("history"));
        workload.start(options.clients());
        Random timetable = new Random(options.seed());
        List<Fault> kinds = List.copyOf(options.kinds());
        for (int i = 1; i <= options.faults(); i++) {
            progress(workload, options.between());
            Fault fault = kinds.get(timetable.nextInt(kinds.size()));
            long broken = System.nanoTime();
            breakAndHeal(fault);
            progress(workload, 1);
            outagesMillis.add((System.nanoTime() - broken) / 1_000_000);
            done.merge(fault, 1, Integer::sum);
            System.err.printf("%d of %d: %s, %d acknowledged%n", i, options.faults(), fault, workload.acknowledged());
        }
        progress(workload, options.between());
        List<Attempt> attempts = workload.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return report(attempts, workload.cut(), took);
    }

    private void startAll() throws Exception {
        database.start();
        Path secrets = directory.resolve("secrets");
        InstallationKeys.make(secrets);
        List<String> settings = Node.settings(secrets, database, issuer);
        for (int i = 0; i < options.nodes(); i++) {
            Node node = new Node(directory.resolve("node-" + (i + 1)), settings);
            nodes.add(node);
            node.launch();
            // One after another: the first makes the schemas.
            node.awaitReady(client);
        }
    }

    private void progress(Workload workload, int more) throws InterruptedException {
        long wanted = workload.acknowledged() + more;
        Signals.await(
                () -> workload.acknowledged() >= wanted,
                PATIENCE,
                "nothing is acknowledged any more: see " + directory);
    }

    private void breakAndHeal(Fault fault) throws Exception {
        Node node = nodes.get(nextNode++ % nodes.size());
        switch (fault) {
            case KILL_NODE -> {
                node.kill();
                again(node);
            }
            case KILL_POSTGRES -> {
                database.kill();
                database.start();
            }
            case KILL_BOTH -> {
                node.kill();
                database.kill();
                database.start();
                again(node);
            }
            case STALL_NODE -> Signals.stall(List.of(node.handle()), options.stall());
            case STALL_POSTGRES -> Signals.stall(database.family(), options.stall());
            case RESTART_NODE -> {
                node.stop();
                again(node);
            }
            case DISK_FULL -> fillDisk();
        }
    }

    private void again(Node node) throws IOException, InterruptedException {
        node.launch();
        node.awaitReady(client);
    }

    /** A ballast file takes what is left, and goes again. */
    private void fillDisk() throws IOException, InterruptedException {
        Path ballast = data.resolveSibling("ballast");
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            byte[] block = new byte[1 << 16];
            while (data.toFile().getUsableSpace() > 0) {
                file.write(block);
            }
        } catch (IOException _) {
            // Full.
        }
        Thread.sleep(FULL_FOR);
        Files.delete(ballast);
    }

    private boolean report(List<Attempt> attempts, long cut, Duration took) throws Exception {
        for (Node node : nodes) {
            node.awaitReady(client);
        }
        Inspection inspection = new Inspection(nodes, issuer, client, database);
        inspection.awaitViews();
        Map<String, List<Integer>> workers = inspection.workers();
        Run run = inspection.run(attempts);
        List<Violation> violations = Checker.check(run);
        System.out.printf(
                "%s in %d s: %d attempted, %d acknowledged, %d without effect, %d refused, %d answers cut, %d events;"
                        + " lost %d, twice %d, other violations %d; fsck %d findings up to %d; outages median %d ms,"
                        + " longest %d ms%n",
                done,
                took.toSeconds(),
                attempts.size(),
                count(attempts, Outcome.ACKNOWLEDGED),
                count(attempts, Outcome.UNCHANGED),
                count(attempts, Outcome.REFUSED),
                cut,
                run.ledger().size(),
                count(violations, Promise.ACKNOWLEDGED_IS_DURABLE),
                count(violations, Promise.ONE_COMMAND_ONE_EFFECT),
                violations.size()
                        - count(violations, Promise.ACKNOWLEDGED_IS_DURABLE)
                        - count(violations, Promise.ONE_COMMAND_ONE_EFFECT),
                run.sealing().findings(),
                run.sealing().size(),
                outagesMillis.stream()
                        .sorted()
                        .skip(outagesMillis.size() / 2)
                        .findFirst()
                        .orElse(0L),
                outagesMillis.stream().mapToLong(Long::longValue).max().orElse(0));
        System.out.printf(
                "views against a replay: %s%n",
                run.views().entrySet().stream()
                        .map(view -> view.getKey()
                                + (view.getValue().live().equals(view.getValue().replay()) ? " equal" : " DIFFERENT"))
                        .toList());
        System.out.printf("processors by node: %s%n", workers);
        violations.stream().limit(20).forEach(System.out::println);
        boolean oneEach = workers.values().stream().allMatch(at -> at.size() == 1);
        if (!oneEach) {
            System.out.println("a processor does not work on exactly one node");
        }
        boolean poisonHeld = !options.poison() || inspection.poison();
        return violations.isEmpty() && oneEach && poisonHeld;
    }

    private static long count(List<Attempt> attempts, Outcome outcome) {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
    }

    private static int count(List<Violation> violations, Promise promise) {
        return (int) violations.stream()
                .filter(violation -> violation.promise() == promise)
                .count();
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes) {
            node.close();
        }
        database.close();
        issuer.close();
        System.err.println("histories, logs and database stay in " + directory);
    }
}

package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.Arguments;
import fr.grandlivre.bench.chaos.ChaosOptions.Fault;
import fr.grandlivre.bench.chaos.ChaosOptions.Plant;
import fr.grandlivre.bench.chaos.Checker.Promise;
import fr.grandlivre.bench.chaos.Checker.Violation;
import fr.grandlivre.bench.chaos.Run.Attempt;
import fr.grandlivre.bench.chaos.Run.Outcome;
import java.io.IOException;
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

    /** So long nothing may be acknowledged where nothing can be recorded. */
    private static final Duration REFUSING = Duration.ofSeconds(20);

    private final ChaosOptions options;
    private final Path directory;
    private final Installation installation;
    private final Faults faults;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<Long> outagesMillis = new ArrayList<>();

    /**
     * What a run found.
     *
     * @param oneEach    whether each processor works on exactly one node
     * @param poisonHeld whether events that no view can fold stopped nothing; true when there were none
     */
    record Found(List<Attempt> attempts, Run run, List<Violation> violations, boolean oneEach, boolean poisonHeld) {
        boolean kept() {
            return violations.isEmpty() && oneEach && poisonHeld;
        }
    }

    /** @param directory where everything is kept; created */
    Chaos(ChaosOptions options, Path directory) throws Exception {
        this.options = options;
        this.directory = Files.createDirectories(directory).toAbsolutePath();
        this.installation = new Installation(options, this.directory);
        this.faults = new Faults(options, installation, this.directory);
    }

    public static void main(String[] arguments) throws Exception {
        ChaosOptions options = Arguments.read(ChaosOptions.USAGE, ChaosOptions::parse, arguments);
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("ops/bench/target")), "chaos-");
        boolean kept;
        try (Chaos chaos = new Chaos(options, directory)) {
            Runtime.getRuntime().addShutdownHook(new Thread(chaos.installation::abandon));
            System.out.printf(
                    "seed %d, %d faults of %s, %d nodes, %d clients; %d cores, Java %s; everything in %s%n",
                    options.seed(),
                    options.faults(),
                    options.kinds().stream().map(Fault::code).toList(),
                    options.nodes(),
                    options.clients(),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version(),
                    chaos.directory);
            if (options.refusals()) {
                kept = Refusals.all(chaos.installation);
            } else if (options.plant().isPresent()) {
                kept = chaos.isCaught(options.plant().get());
            } else {
                kept = chaos.run().map(Found::kept).orElse(true);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    /** @return empty when this machine lacks something for one of the kinds, which is said */
    Optional<Found> run() throws Exception {
        boolean able = true;
        for (Fault kind : options.kinds()) {
            Optional<String> reason = faults.missing(kind);
            reason.ifPresent(why -> System.out.printf("NOT RUN %s (%s)%n", kind.code(), why));
            able &= reason.isEmpty();
        }
        if (!able) {
            return Optional.empty();
        }
        installation.start(this::prepare);
        if (options.plant().isPresent()) {
            Plants.atStart(options.plant().get(), installation.primary());
        }
        long started = System.nanoTime();
        Workload workload =
                new Workload(installation.nodes(), installation.issuer(), options.seed(), directory.resolve("history"));
        workload.start(options.clients());
        if (options.has(Plant.NO_ARBITER)) {
            Thread.sleep(REFUSING);
            workload.abandon();
        } else {
            breakAgainAndAgain(workload);
        }
        List<Attempt> attempts = workload.stop();
        if (options.plant().isPresent()) {
            Plants.atEnd(options.plant().get(), installation.primary());
        }
        return Optional.of(
                found(attempts, workload.cut() + faults.cuts(), Duration.ofNanos(System.nanoTime() - started)));
    }

    /** Before nodes start. */
    private void prepare(List<Node> nodes) throws IOException {
        faults.prepare(nodes);
        Optional<Patch> patch = options.plant().flatMap(Plants::inCode);
        if (patch.isPresent()) {
            Path planted = directory.resolve("planted");
            patch.get().into(planted);
            for (Node node : nodes) {
                node.release(planted);
                node.set(Mails.FILE, mails().toString());
            }
        }
    }

    private Path mails() {
        return directory.resolve("mails");
    }

    private void breakAgainAndAgain(Workload workload) throws Exception {
        Random timetable = new Random(options.seed());
        List<Fault> kinds = List.copyOf(options.kinds());
        for (int i = 1; i <= options.faults(); i++) {
            progress(workload, options.between());
            Fault fault = kinds.get(timetable.nextInt(kinds.size()));
            long broken = System.nanoTime();
            faults.breakAndHeal(fault);
            progress(workload, 1);
            outagesMillis.add((System.nanoTime() - broken) / 1_000_000);
            faults.tidyUp(fault);
            done.merge(fault, 1, Integer::sum);
            System.err.printf("%d of %d: %s, %d acknowledged%n", i, options.faults(), fault, workload.acknowledged());
        }
        progress(workload, options.between());
    }

    private void progress(Workload workload, int more) throws InterruptedException {
        long wanted = workload.acknowledged() + more;
        Signals.await(
                () -> workload.acknowledged() >= wanted,
                PATIENCE,
                "nothing is acknowledged any more: see " + directory);
    }

    /** A planted fault is caught when the check that is meant for it says so. */
    private boolean isCaught(Plant plant) throws Exception {
        Found found;
        try {
            Optional<Found> run = run();
            if (run.isEmpty()) {
                return true;
            }
            found = run.get();
        } catch (IllegalStateException | IOException stopped) {
            if (Plants.inCode(plant).isPresent()) {
                // Nodes go on with such a fault: something else went wrong.
                throw stopped;
            }
            System.out.printf("planted %s: caught, the run came to an end: %s%n", plant.code(), stopped.getMessage());
            return true;
        }
        if (plant == Plant.NO_ARBITER) {
            long acknowledged = count(found.attempts(), Outcome.ACKNOWLEDGED);
            System.out.printf("planted %s: %d acknowledged, nothing may be%n", plant.code(), acknowledged);
            return acknowledged == 0;
        }
        int named = count(found.violations(), plant.caughtAs());
        System.out.printf(
                "planted %s: %s as %s, %d times%n",
                plant.code(), named > 0 ? "caught" : "NOT CAUGHT", plant.caughtAs(), named);
        return named > 0;
    }

    private Found found(List<Attempt> attempts, long cut, Duration took) throws Exception {
        List<Node> nodes = installation.nodes();
        for (Node node : nodes) {
            node.awaitReady(installation.client());
        }
        Inspection inspection =
                new Inspection(nodes, installation.issuer(), installation.client(), installation.primary(), mails());
        Map<String, List<Integer>> workers = Map.of();
        Run run;
        if (options.has(Plant.HOLE)) {
            // Readers wait before a hole, rightly: views do not get any further.
            run = inspection.history(attempts);
        } else {
            People.Seen seen = options.people() ? people().act() : People.Seen.NOTHING;
            inspection.awaitViews();
            workers = inspection.awaitWorkers();
            run = inspection.run(attempts, seen);
        }
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
        boolean oneEach = Inspection.isOneEach(workers);
        if (!oneEach) {
            System.out.println("a processor does not work on exactly one node");
        }
        return new Found(attempts, run, violations, oneEach, !options.poison() || inspection.poison());
    }

    private People people() {
        return new People(
                installation.nodes().getFirst(), installation.issuer(), installation.client(), installation.primary());
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
        installation.close();
        System.err.println("histories, logs and database stay in " + directory);
    }
}

package fr.grandlivre.bench.learners;

import fr.grandlivre.bench.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One command, one run; see {@link LearnerOptions#USAGE}. */
final class LearnerSimulation {
    private static final Path DIRECTORY = Path.of("ops/bench/target/simulation");
    private static final Path PAGE = Path.of("ops/docs/simulation.md");

    private LearnerSimulation() {}

    public static void main(String[] arguments) throws Exception {
        run(Arguments.read(LearnerOptions.USAGE, LearnerOptions::parse, arguments));
    }

    private static void run(LearnerOptions options) throws Exception {
        Instant now = Instant.now();
        long started = System.nanoTime();
        Cohort adaptive = Cohort.play(options.seed(), options.learners(), Picker.ADAPTIVE, now);
        Cohort random = Cohort.play(options.seed(), options.learners(), Picker.RANDOM, now);
        Duration inMemory = Duration.ofNanos(System.nanoTime() - started);
        Optional<OverHttp.Played> overHttp =
                options.overHttp() == 0 ? Optional.empty() : Optional.of(overHttp(adaptive, options.overHttp()));
        String page = new SimulationPage(options, adaptive, random, inMemory, overHttp).markdown();
        System.out.println(page);
        if (overHttp.isPresent() && overHttp.get().different() > 0) {
            System.err.println("levels over HTTP differ from those in memory");
            System.exit(1);
        }
        if (options.complete()) {
            Files.writeString(PAGE, page);
            System.out.println("written to " + PAGE);
        }
    }

    private static OverHttp.Played overHttp(Cohort adaptive, int count) throws Exception {
        try (TokenIssuer issuer = new TokenIssuer();
                RunningApplication application =
                        RunningApplication.start(DIRECTORY, List.of(ApplicationSettings.trusting(issuer.keys())))) {
            return new OverHttp(application.address(), issuer)
                    .play(adaptive.learners().subList(0, count));
        }
    }
}

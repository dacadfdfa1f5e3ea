package fr.grandlivre.bench;

import java.nio.file.Path;
import java.util.Optional;

/** One command, one run: every round measures everything, the figures are compared within the round. */
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Optional<Options> options = Options.parse(arguments);
        if (options.isEmpty()) {
            System.out.print(Options.USAGE);
            return;
        }
        run(options.get());
        System.exit(0);
    }

    private static void run(Options options) throws Exception {
        Measurements measurements = new Measurements();
        try (Server server = Server.start(Path.of("ops/bench/target/postgres"), "4GB")) {
            AppendRounds append = new AppendRounds(server, options, measurements);
            for (int round = 1; round <= options.rounds(); round++) {
                append.round(round);
            }
        }
    }
}

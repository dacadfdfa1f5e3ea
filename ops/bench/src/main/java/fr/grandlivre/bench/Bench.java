package fr.grandlivre.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** One command, one run; see {@link Options#USAGE}. */
final class Bench {
    /** On the disk that holds the sources: a memory file system would make commits look free. */
    private static final Path DIRECTORY = Path.of("ops/bench/target");

    private static final Path PAGE = Path.of("ops/docs/benchmarks.md");

    /** As a small production server would have. */
    private static final String SHARED_BUFFERS = "4GB";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        run(Arguments.read(Options.USAGE, Options::parse, arguments));
    }

    private static void run(Options options) throws Exception {
        Measurements measurements = new Measurements();
        Machine machine = Machine.here(DIRECTORY);
        try (Server server = Server.start(DIRECTORY.resolve("postgres"), SHARED_BUFFERS)) {
            Rounds.measure(server, options, measurements, DIRECTORY);
            String page = new Report(options, measurements, machine, server.settings()).markdown();
            System.out.println(page);
            if (options.complete()) {
                Files.writeString(PAGE, page);
                System.out.println("written to " + PAGE);
            }
        }
    }
}

package fr.grandlivre.bench.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What one run does.
 *
 * @param faults   how many
 * @param kinds    drawn from these
 * @param nodes    application processes on one database
 * @param clients  who answer at once
 * @param between  acknowledged commands between two faults
 * @param stall    how long a stopped process stays stopped
 * @param seed     of workload and timetable
 * @param database directory of the database; filled, and kept after a violation
 * @param poison   whether an event that no view can fold is appended at the end
 */
record ChaosOptions(
        int faults,
        Set<Fault> kinds,
        int nodes,
        int clients,
        int between,
        Duration stall,
        long seed,
        Optional<Path> database,
        boolean poison) {
    static final String USAGE = """
        Usage: ops/bin/chaos [--faults N] [--kinds KIND,…] [--nodes N] [--clients N] [--between N] [--stall SECONDS]
                             [--seed N] [--database DIRECTORY] [--poison] [--help]

        Starts a PostgreSQL and N application processes on it, lets learners answer over HTTP through whatever node they
        reach, breaks something again and again, and compares what the clients were told with what the ledger holds:
        acknowledged and lost, twice, refused and there, holes, order, views against a replay, the sealed log. Exits with 1
        when a promise was broken, and keeps everything.

          --faults N      how many (default 20; 1000 take some four hours)
          --kinds KIND,…  drawn from kill-node, kill-postgres, kill-both, stall-node, stall-postgres, restart-node,
                          disk-full (default: the first three; disk-full wants --database on a small file system)
          --nodes N       application processes, 1 to 8 (default 1); nodes are hit in turn
          --clients N     who answer at once (default 16)
          --between N     acknowledged commands between two faults (default 200)
          --stall S       seconds that a stopped process stays stopped (default 30)
          --seed N        of workload and timetable; processes make every run different all the same
          --database DIR  where the database lives (default: a fresh directory)
          --poison        at the end, also append an event that no view can fold
        """;

    private static final int MOST = 1_000_000;

    /** What is broken. */
    enum Fault {
        KILL_NODE,
        KILL_POSTGRES,
        KILL_BOTH,
        STALL_NODE,
        STALL_POSTGRES,
        RESTART_NODE,
        DISK_FULL;

        static Fault of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * @return empty when help was asked for
     * @throws IllegalArgumentException when an argument is not understood
     */
    static Optional<ChaosOptions> parse(String... arguments) {
        int faults = 20;
        Set<Fault> kinds = EnumSet.of(Fault.KILL_NODE, Fault.KILL_POSTGRES, Fault.KILL_BOTH);
        int nodes = 1;
        int clients = 16;
        int between = 200;
        int stall = 30;
        long seed = System.nanoTime() & 0xFFFF_FFFFL;
        Optional<Path> database = Optional.empty();
        boolean poison = false;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> {
                    return Optional.empty();
                }
                case "--faults" -> faults = number(argument, rest, 0, MOST);
                case "--kinds" -> {
                    kinds = EnumSet.noneOf(Fault.class);
                    for (String code : value(argument, rest).split(",", -1)) {
                        kinds.add(Fault.of(code));
                    }
                }
                case "--nodes" -> nodes = number(argument, rest, 1, 8);
                case "--clients" -> clients = number(argument, rest, 1, 256);
                case "--between" -> between = number(argument, rest, 1, MOST);
                case "--stall" -> stall = number(argument, rest, 1, 600);
                case "--seed" -> seed = Long.parseLong(value(argument, rest));
                case "--database" -> database = Optional.of(Path.of(value(argument, rest)));
                case "--poison" -> poison = true;
                default -> throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        return Optional.of(new ChaosOptions(
                faults, kinds, nodes, clients, between, Duration.ofSeconds(stall), seed, database, poison));
    }

    private static String value(String argument, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " wants a value");
        }
        return rest.next();
    }

    private static int number(String argument, Iterator<String> rest, int least, int most) {
        int number = Integer.parseInt(value(argument, rest));
        if (number < least || number > most) {
            throw new IllegalArgumentException("%s wants a number from %d to %d".formatted(argument, least, most));
        }
        return number;
    }
}

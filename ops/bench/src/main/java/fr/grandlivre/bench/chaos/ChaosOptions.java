package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.Arguments;
import fr.grandlivre.bench.chaos.Checker.Promise;
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
 * @param stall    how long a stopped process stays stopped, a network silent, a disk full, a clock wrong
 * @param cuts     replies that are cut at each place, a fault
 * @param seed     of workload and timetable
 * @param database directory of the database; filled, and kept after a violation
 * @param wal      directory of the database's log of writes, when it is not in that of the database
 * @param plant    what is made wrong on purpose
 * @param people   whether somebody is looked up, read, exported and erased at the end
 * @param poison   whether an event that no view can fold is appended at the end
 * @param refusals whether a node is started on settings that it must refuse, in place of everything else
 */
record ChaosOptions(
        int faults,
        Set<Fault> kinds,
        int nodes,
        int clients,
        int between,
        Duration stall,
        int cuts,
        long seed,
        Optional<Path> database,
        Optional<Path> wal,
        Optional<Plant> plant,
        boolean people,
        boolean poison,
        boolean refusals) {
    static final String USAGE = """
        Usage: ops/bin/chaos [--faults N] [--kinds KIND,…] [--nodes N] [--clients N] [--between N] [--stall SECONDS]
                             [--cuts N] [--seed N] [--database DIRECTORY] [--wal DIRECTORY] [--plant FAULT] [--people]
                             [--poison] [--help]
               ops/bin/chaos --refusals

        Starts a PostgreSQL and N application processes on it, lets learners answer over HTTP through whatever node they
        reach, breaks something again and again, and compares what the clients were told with what the ledger holds:
        acknowledged and lost, twice, refused and there, holes, order, views against a replay, the sealed log. Exits with 1
        when a promise was broken, and keeps everything. A kind for which the machine lacks something is printed as NOT RUN.

          --faults N      how many (default 20; 1000 take some four hours)
          --kinds KIND,…  drawn from (default: the first three)
                            kill-node kill-postgres kill-both   SIGKILL
                            stall-node stall-postgres           SIGSTOP, later SIGCONT
                            restart-node                        SIGTERM
                            cut-replies   answers to writes, on their way from PostgreSQL and to clients
                            swallow       a link between nodes and PostgreSQL passes nothing
                            black-hole    the same by the packet filter; see ops/chaos/partition.sh
                            disk-full     wants --database or --wal on a small file system; see ops/chaos/disk-full.sh
                            power-cut     wants --database on a loop file system; see ops/chaos/power-cut.sh
                            clock-step    +1 h, −1 h, −10 s, +30 s on one node; wants libfaketime
                            failover      the primary dies, its synchronous standby is promoted, a new one is made
                            upgrade       one node stops and starts as a release whose views differ, or back
          --nodes N       application processes, 1 to 8 (default 1); nodes are hit in turn
          --clients N     who answer at once (default 16)
          --between N     acknowledged commands between two faults (default 200)
          --stall S       seconds that something stays stopped, silent, full or wrong (default 30)
          --cuts N        replies cut at each of the two places, a fault (default 100)
          --seed N        of workload and timetable; processes make every run different all the same
          --database DIR  where the database lives (default: a fresh directory)
          --wal DIR       where its log of writes lives (default: in the database's directory)
          --plant FAULT   something is wrong on purpose; exits with 0 when the checker finds it: synchronous-commit-off,
                          fsync-off, rows-apart, no-receipts, no-arbiter, hole, skipped-leaf, asynchronous-standby,
                          no-rate-limit, cells-as-typed, client-clock, effect-in-projection, no-purge, no-read-journal
          --people        at the end, strangers look a code up, a jury reads, and a person with a slow clock answers, takes
                          the own data along and is erased; so it is with faults planted in the code of nodes
          --poison        at the end, also append events that no view can fold
          --refusals      starts a node on settings under which a commit may be lost, the ledger rewritten or a school's
                          rows shown to another; each must be refused with exit code 78
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
        CUT_REPLIES,
        SWALLOW,
        BLACK_HOLE,
        DISK_FULL,
        POWER_CUT,
        CLOCK_STEP,
        FAILOVER,
        UPGRADE;

        static Fault of(String code) {
            return valueOf(constant(code));
        }

        String code() {
            return ChaosOptions.code(this);
        }
    }

    /** What is wrong on purpose, and the check that must say so. */
    enum Plant {
        SYNCHRONOUS_COMMIT_OFF(Promise.ACKNOWLEDGED_IS_DURABLE),
        FSYNC_OFF(Promise.ACKNOWLEDGED_IS_DURABLE),
        ROWS_APART(Promise.VIEWS_EQUAL_REPLAY),
        NO_RECEIPTS(Promise.ONE_COMMAND_ONE_EFFECT),
        /** Without the constraint nothing is recorded at all. */
        NO_ARBITER(Promise.NOTHING_TWICE),
        HOLE(Promise.POSITIONS_ARE_DENSE_AND_ORDERED),
        SKIPPED_LEAF(Promise.CHANGED_ROWS_ARE_FOUND),
        ASYNCHRONOUS_STANDBY(Promise.ACKNOWLEDGED_IS_DURABLE),
        NO_RATE_LIMIT(Promise.LOOK_UPS_ARE_LIMITED),
        CELLS_AS_TYPED(Promise.EXPORTS_HOLD_NO_FORMULA),
        CLIENT_CLOCK(Promise.LATE_IS_LATE),
        EFFECT_IN_PROJECTION(Promise.REPLAY_HAS_NO_EFFECT),
        NO_PURGE(Promise.NOTHING_AFTER_ERASURE),
        NO_READ_JOURNAL(Promise.READINGS_LEAVE_LINES);

        private final Promise caughtAs;

        Plant(Promise caughtAs) {
            this.caughtAs = caughtAs;
        }

        Promise caughtAs() {
            return caughtAs;
        }

        static Plant of(String code) {
            return valueOf(constant(code));
        }

        String code() {
            return ChaosOptions.code(this);
        }
    }

    private static String constant(String code) {
        return code.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return a short run of kills on one node, without options */
    static ChaosOptions defaults() {
        return parse().orElseThrow();
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
        int cuts = 100;
        long seed = System.nanoTime() & 0xFFFF_FFFFL;
        Optional<Path> database = Optional.empty();
        Optional<Path> wal = Optional.empty();
        Optional<Plant> plant = Optional.empty();
        boolean people = false;
        boolean poison = false;
        boolean refusals = false;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> {
                    return Optional.empty();
                }
                case "--faults" -> faults = Arguments.number(argument, rest, 0, MOST);
                case "--kinds" -> {
                    kinds = EnumSet.noneOf(Fault.class);
                    for (String code : value(argument, rest).split(",", -1)) {
                        kinds.add(Fault.of(code));
                    }
                }
                case "--nodes" -> nodes = Arguments.number(argument, rest, 1, 8);
                case "--clients" -> clients = Arguments.number(argument, rest, 1, 256);
                case "--between" -> between = Arguments.number(argument, rest, 1, MOST);
                case "--stall" -> stall = Arguments.number(argument, rest, 1, 600);
                case "--cuts" -> cuts = Arguments.number(argument, rest, 1, MOST);
                case "--seed" -> seed = Long.parseLong(value(argument, rest));
                case "--database" -> database = Optional.of(Path.of(value(argument, rest)));
                case "--wal" -> wal = Optional.of(Path.of(value(argument, rest)));
                case "--plant" -> plant = Optional.of(Plant.of(value(argument, rest)));
                case "--people" -> people = true;
                case "--poison" -> poison = true;
                case "--refusals" -> refusals = true;
                default -> throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        return Optional.of(new ChaosOptions(
                faults,
                kinds,
                nodes,
                clients,
                between,
                Duration.ofSeconds(stall),
                cuts,
                seed,
                database,
                wal,
                plant,
                people || plant.flatMap(Plants::inCode).isPresent(),
                poison,
                refusals));
    }

    boolean hasStandby() {
        return kinds.contains(Fault.FAILOVER);
    }

    /** @return whether nodes reach the database over a link */
    boolean hasLink() {
        return kinds.contains(Fault.CUT_REPLIES) || kinds.contains(Fault.SWALLOW) || has(Plant.SYNCHRONOUS_COMMIT_OFF);
    }

    boolean has(Plant wrong) {
        return plant.filter(wrong::equals).isPresent();
    }

    private static String value(String argument, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " wants a value");
        }
        return rest.next();
    }
}

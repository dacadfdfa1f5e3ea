package fr.grandlivre.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processor time used up to one moment, from {@code /proc}.
 *
 * @param jvm        this process, and the application's when it runs in one of its own
 * @param postgres   the server and all its processes, ended ones included
 * @param all        everything that ran on this machine, kernel included
 */
record ProcessorTime(Duration jvm, Duration postgres, Duration all) {
    private static final Path PROC = Path.of("/proc");

    /** USER_HZ: 100 on every Linux that Java runs on. */
    private static final long MILLIS_PER_TICK = 10;

    /** @param postmaster process id of the PostgreSQL server */
    static ProcessorTime now(long postmaster) {
        return now(postmaster, List.of());
    }

    /**
     * @param postmaster process id of the PostgreSQL server
     * @param besides    process ids of other Java processes that belong to what is measured
     */
    static ProcessorTime now(long postmaster, List<Long> besides) {
        Duration jvm = ofProcess(ProcessHandle.current().pid());
        for (long pid : besides) {
            jvm = jvm.plus(ofProcess(pid));
        }
        return new ProcessorTime(jvm, ofServer(postmaster), ofMachine());
    }

    ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(jvm.minus(earlier.jvm), postgres.minus(earlier.postgres), all.minus(earlier.all));
    }

    /** @return time used by processes that are neither the bench nor its server */
    Duration others() {
        Duration others = all.minus(jvm).minus(postgres);
        return others.isNegative() ? Duration.ZERO : others;
    }

    private static Duration ofProcess(long pid) {
        Stat stat = Stat.of(PROC.resolve(Long.toString(pid)));
        return ticks(stat.own);
    }

    private static Duration ofServer(long postmaster) {
        Stat server = Stat.of(PROC.resolve(Long.toString(postmaster)));
        long ticks = server.own + server.endedChildren;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Stat stat = Stat.of(process);
                if (stat.parent == postmaster) {
                    ticks += stat.own;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ticks(ticks);
    }

    /** First line of {@code /proc/stat}: user nice system idle iowait irq softirq steal … */
    private static Duration ofMachine() {
        String[] fields =
                read(PROC.resolve("stat")).lines().findFirst().orElseThrow().split(" +");
        long busy = 0;
        for (int i = 1; i <= 7; i++) {
            boolean idle = i == 4 || i == 5;
            busy += idle ? 0 : Long.parseLong(fields[i]);
        }
        return ticks(busy);
    }

    private static Duration ticks(long ticks) {
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The fields of {@code /proc/<pid>/stat} that count, in ticks. */
    private record Stat(long parent, long own, long endedChildren) {
        static Stat of(Path process) {
            String line;
            try {
                line = Files.readString(process.resolve("stat"));
            } catch (IOException _) {
                // It ended between being listed and being read; its parent has its time now.
                return new Stat(-1, 0, 0);
            }
            // The name may hold spaces and parentheses; numbering is proc(5)'s, from state = 3.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    number(fields, 4),
                    number(fields, 14) + number(fields, 15),
                    number(fields, 16) + number(fields, 17));
        }

        private static long number(String[] fields, int field) {
            return Long.parseLong(fields[field - 3]);
        }
    }
}

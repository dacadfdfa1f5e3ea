package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.ChaosOptions.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Breaks parts of an installation and heals them again. For one thread. */
final class Faults {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double SHARE_CUT = 0.3;

    /** A larger file system is not filled up: others may live on it. */
    private static final long LARGEST_TO_FILL = 4L << 30;

    /** What the clock of a node shows too much; the last is what two nodes may be apart at worst. */
    private static final List<String> STEPS = List.of("+1h", "-1h", "-10s", "+30s");

    private static final String TABLE = "grandlivre_chaos";
    private static final String CLOCK = "clock";

    private final ChaosOptions options;
    private final Installation installation;
    private final Path directory;
    private int nextNode;
    private int nextStep;
    private int upgrades;

    Faults(ChaosOptions options, Installation installation, Path directory) {
        this.options = options;
        this.installation = installation;
        this.directory = directory;
    }

    /** @return why this machine cannot do that; empty when it can */
    Optional<String> missing(Fault fault) {
        return switch (fault) {
            case DISK_FULL -> tooLarge(full());
            case POWER_CUT ->
                options.database().isEmpty()
                        ? Optional.of("wants --database on a loop file system, see ops/chaos/power-cut.sh")
                        : refused("findmnt", "-n", mount().toString()).or(() -> refused("xfs_io", "-V"));
            case BLACK_HOLE -> {
                Optional<String> cause = refused("nft", "add", "table", "inet", TABLE);
                if (cause.isEmpty()) {
                    cause = refused("nft", "delete", "table", "inet", TABLE);
                }
                yield cause;
            }
            case CLOCK_STEP -> library().isEmpty() ? Optional.of("libfaketime is not installed") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Before nodes start: variables of theirs. */
    void prepare(List<Node> nodes) throws IOException {
        if (!options.kinds().contains(Fault.CLOCK_STEP)) {
            return;
        }
        Path library = library().orElseThrow();
        for (int i = 0; i < nodes.size(); i++) {
            Path clock = Files.writeString(directory.resolve(CLOCK + "-" + (i + 1)), "+0\n");
            Node node = nodes.get(i);
            node.set("LD_PRELOAD", library.toString());
            node.set("FAKETIME_TIMESTAMP_FILE", clock.toString());
            node.set("FAKETIME_CACHE_DURATION", "1");
            // The monotonic clock stays true: only the time of day steps. With its "fix", timed waits do not wait.
            node.set("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            node.set("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        }
    }

    void breakAndHeal(Fault fault) throws Exception {
        int number = nextNode++ % installation.nodes().size();
        Node node = installation.nodes().get(number);
        Database database = installation.primary();
        switch (fault) {
            case KILL_NODE -> {
                node.kill();
                installation.again(node);
            }
            case KILL_POSTGRES -> {
                database.kill();
                database.start();
            }
            case KILL_BOTH -> {
                node.kill();
                database.kill();
                database.start();
                installation.again(node);
            }
            case STALL_NODE -> Signals.stall(List.of(node.handle()), options.stall());
            case STALL_POSTGRES -> Signals.stall(database.family(), options.stall());
            case RESTART_NODE -> {
                node.stop();
                installation.again(node);
            }
            case CUT_REPLIES -> cutReplies();
            case SWALLOW -> {
                installation.link().swallow(true);
                try {
                    Thread.sleep(options.stall());
                } finally {
                    installation.link().swallow(false);
                }
            }
            case BLACK_HOLE -> blackHole(database.port());
            case DISK_FULL -> fillDisk(database);
            case POWER_CUT -> cutPower(database);
            case CLOCK_STEP -> stepClock(number + 1);
            case FAILOVER -> installation.failOver();
            case UPGRADE -> upgrade();
        }
    }

    /** One node after another becomes the next release, then one after another this release again. */
    private void upgrade() throws IOException, InterruptedException, URISyntaxException {
        int size = installation.nodes().size();
        Node node = installation.nodes().get(upgrades % size);
        boolean up = upgrades / size % 2 == 0;
        upgrades++;
        node.stop();
        node.release(up ? nextRelease() : null);
        installation.again(node);
    }

    /** What is to be made good after somebody was answered again. */
    void tidyUp(Fault fault) throws IOException, InterruptedException, SQLException {
        if (fault == Fault.FAILOVER) {
            installation.restoreStandby();
        }
    }

    /** @return replies to writes that were cut at the database and before clients */
    int cuts() {
        int before = installation.doors().stream().mapToInt(Link::cuts).sum();
        return options.kinds().contains(Fault.CUT_REPLIES)
                ? before + installation.link().cuts()
                : 0;
    }

    private void cutReplies() throws InterruptedException {
        Link link = installation.link();
        int enough = link.cuts() + options.cuts();
        int alsoEnough = cuts() + 2 * options.cuts();
        link.cut(SHARE_CUT);
        installation.doors().forEach(door -> door.cut(SHARE_CUT));
        try {
            Signals.await(
                    () -> link.cuts() >= enough && cuts() >= alsoEnough, PATIENCE, "too few replies pass to be cut");
        } finally {
            link.cut(0);
            installation.doors().forEach(door -> door.cut(0));
        }
    }

    private void blackHole(int port) throws IOException, InterruptedException {
        Path rules = Files.writeString(directory.resolve("nft"), """
            table inet %1$s {
              chain out {
                type filter hook output priority 0; policy accept;
                tcp dport %2$d drop
                tcp sport %2$d drop
              }
            }
            """.formatted(TABLE, port));
        Signals.run(List.of("nft", "-f", rules.toString()));
        try {
            Thread.sleep(options.stall());
        } finally {
            Signals.run(List.of("nft", "delete", "table", "inet", TABLE));
        }
    }

    /** A ballast file takes what is left, and goes again. A server that gave up meanwhile is started. */
    private void fillDisk(Database database) throws IOException, InterruptedException {
        Path ballast = full().resolve("ballast");
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            byte[] block = new byte[1 << 16];
            while (full().toFile().getUsableSpace() > 0) {
                file.write(block);
            }
        } catch (IOException _) {
            // Full.
        }
        Thread.sleep(options.stall());
        Files.delete(ballast);
        if (database.family().isEmpty()) {
            System.err.println("PostgreSQL had ended by itself");
            database.close();
            database.start();
        }
    }

    private Path data() {
        return options.database().orElseThrow().toAbsolutePath();
    }

    private Path mount() {
        return Objects.requireNonNull(data().getParent());
    }

    private Path full() {
        return options.wal()
                .map(Path::toAbsolutePath)
                .orElseGet(() -> options.database().map(_ -> mount()).orElse(directory));
    }

    private static Optional<String> tooLarge(Path place) {
        return place.toFile().getTotalSpace() > LARGEST_TO_FILL
                ? Optional.of("wants --database or --wal on a small file system, see ops/chaos/disk-full.sh")
                : Optional.empty();
    }

    /** What was not flushed is gone: the file system is shut down without a last write, and mounted again. */
    private void cutPower(Database database) throws Exception {
        Path mount = mount();
        String device = Signals.run(List.of("findmnt", "-n", "-o", "SOURCE", mount.toString()))
                .strip();
        List<ProcessHandle> family = database.family();
        Signals.run(List.of("xfs_io", "-x", "-c", "shutdown", mount.toString()));
        for (ProcessHandle process : family) {
            Signals.kill(process);
        }
        database.close();
        Signals.run(List.of("umount", mount.toString()));
        Signals.run(List.of("mount", device, mount.toString()));
        Files.deleteIfExists(data().resolve("postmaster.pid"));
        database.start();
    }

    private void stepClock(int number) throws IOException, InterruptedException {
        Path clock = directory.resolve(CLOCK + "-" + number);
        Files.writeString(clock, STEPS.get(nextStep++ % STEPS.size()) + "\n");
        try {
            Thread.sleep(options.stall());
        } finally {
            Files.writeString(clock, "+0\n", StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    private static Optional<Path> library() {
        try (Stream<Path> places = Files.list(Path.of("/usr/lib"))) {
            return places.map(place -> place.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** @return classes of a release in which a view has one more index, and so another version */
    private Path nextRelease() throws IOException, URISyntaxException {
        Path release = directory.resolve("next-release");
        Path view = release.resolve("view/profile.sql");
        if (!Files.exists(view)) {
            URI old = Objects.requireNonNull(Faults.class.getResource("/view/profile.sql"))
                    .toURI();
            Files.createDirectories(view.getParent());
            Files.writeString(
                    view,
                    Files.readString(Path.of(old))
                            + "CREATE INDEX IF NOT EXISTS competence_level ON ${schema}.competence (competence,"
                            + " level);\n");
        }
        return release;
    }

    private static Optional<String> refused(String... command) {
        try {
            Signals.run(List.of(command));
            return Optional.empty();
        } catch (IOException cause) {
            return Optional.of(String.valueOf(cause.getMessage()));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

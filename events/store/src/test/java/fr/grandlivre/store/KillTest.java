package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.log.Fsck;
import fr.grandlivre.store.log.LastCheckpoint;
import fr.grandlivre.store.log.Reread;
import fr.grandlivre.store.log.Sealer;
import fr.grandlivre.store.log.TestSigner;
import fr.grandlivre.store.log.TransparencyLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Kills the application and PostgreSQL with SIGKILL while two processes write, then compares what was tried, what was
 * acknowledged and what the ledger holds. {@code -Dledger.kills=1000} makes the long version, {@code -Dseed=…} draws the same
 * timetable again.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("ledger.kills", 4);
    private static final int CALLERS = 32;
    private static final int ACKNOWLEDGED_BETWEEN_KILLS = 300;

    /** Without any progress: a busy machine is slow, a writer that is stuck acknowledges nothing at all. */
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final List<Process> writers = new ArrayList<>();
    private final List<Path> histories = new ArrayList<>();
    private int port;
    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = TestServer.start(directory.resolve("data"), port);
        LedgerMigrations.migrate(owner());
        TestServer.execute(
                owner(), "create role " + TestServer.APP_USER + " login in role grandlivre_app, grandlivre_keys");
        Files.write(
                directory.resolve("hot"),
                Stream.generate(UUID::randomUUID).limit(8).map(UUID::toString).toList());
    }

    @AfterEach
    void stop() throws Exception {
        for (Process writer : writers) {
            kill(writer.toHandle());
        }
        server.close();
    }

    @Test
    void two_processes_write_one_dense_ledger() throws Exception {
        startWriter();
        startWriter();
        awaitAcknowledged(0, 1_500);
        awaitAcknowledged(1, 1_500);
        stopWriters();

        check();
    }

    @Test
    void sigkill_of_the_application_and_of_postgresql_loses_nothing_and_doubles_nothing() throws Exception {
        Random random = new Random(seed);
        startWriter();
        startWriter();
        int ofApplication = 0;
        int ofPostgres = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            for (int writer = 0; writer < 2; writer++) {
                int history = histories.size() - 2 + writer;
                awaitAcknowledged(history, acknowledged(history) + ACKNOWLEDGED_BETWEEN_KILLS);
            }
            boolean both = random.nextInt(5) == 0;
            if (both || kill % 2 == 1) {
                killPostgres();
                server = TestServer.start(directory.resolve("data"), port);
                ofPostgres++;
            }
            if (both || kill % 2 == 0) {
                stopWriters();
                startWriter();
                startWriter();
                ofApplication++;
            }
        }
        killPostgres();
        stopWriters();
        server = TestServer.start(directory.resolve("data"), port);

        check();
        System.out.printf(
                "seed %d: %d times killed, %d times the application, %d times PostgreSQL, and both at the end%n",
                seed, KILLS, ofApplication, ofPostgres);
    }

    /** acknowledged ⊆ ledger ⊆ attempted; refused ∩ ledger = ∅; once each, in the size that was asked. */
    private void check() throws Exception {
        String run = "seed " + seed;
        Map<UUID, Integer> attempted = new HashMap<>();
        Map<UUID, Long> acknowledged = new HashMap<>();
        Set<UUID> refused = new HashSet<>();
        for (Path history : histories) {
            for (String line : Files.readAllLines(history)) {
                String[] words = line.split(" ", -1);
                if (line.endsWith("-") || words.length < 2 || words[1].length() != 36) {
                    continue; // The last line of a killed process may be torn.
                }
                UUID command = UUID.fromString(words[1]);
                switch (words[0]) {
                    case "I" -> attempted.put(command, Integer.parseInt(words[2]));
                    case "A" -> acknowledged.put(command, Long.parseLong(words[2]));
                    case "R" -> refused.add(command);
                    default -> throw new AssertionError(line);
                }
            }
        }
        Map<UUID, Long> recorded = new HashMap<>();
        long events = 0;
        try (Connection connection = owner().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "select command_id, first_position, last_position from ledger.command_receipt")) {
            while (row.next()) {
                UUID command = row.getObject(1, UUID.class);
                int count = (int) (row.getLong(3) - row.getLong(2) + 1);
                recorded.put(command, row.getLong(2));
                events += count;
                assertThat(attempted).as(run).containsEntry(command, count);
            }
        }
        assertThat(recorded).as(run + ": acknowledged and lost").containsAllEntriesOf(acknowledged);
        assertThat(recorded.keySet()).as(run + ": refused and recorded").doesNotContainAnyElementsOf(refused);
        assertThat(number("select count(*) from ledger.event")).as(run).isEqualTo(events);
        assertThat(number("select count(distinct event_id) from ledger.event"))
                .as(run)
                .isEqualTo(events);
        Invariants.check(this::number);
        Reread read = sealed();
        assertThat(read.findings()).as(run).isEmpty();
        assertThat(read.to()).as(run).isEqualTo(events);
        System.out.printf(
                "%s: %d attempted, %d acknowledged, %d recorded, %d refused, %d events, all sealed, %d checkpoints,"
                        + " %d processes%n",
                run,
                attempted.size(),
                acknowledged.size(),
                recorded.size(),
                refused.size(),
                events,
                read.checkpointsCompared(),
                histories.size());
    }

    /** Seals what the killed sealers left, continuing what each of them remembered, and reads everything again. */
    private Reread sealed() {
        PGSimpleDataSource app = TestServer.dataSource(port, "postgres", TestServer.APP_USER);
        TestSigner signer = TestSigner.known("ledger.test/log1");
        TransparencyLog log = new TransparencyLog(app, List.of(signer.verifier()));
        LedgerReader reader = new LedgerReader(app);
        LastCheckpoint kept = new LastCheckpoint(directory.resolve("none"));
        for (Path history : histories) {
            kept = new LastCheckpoint(Path.of(history + ".checkpoint"));
            try (Sealer sealer = new Sealer(
                    app, reader, new LedgerTail(), log, signer, kept, Clock.systemUTC(), new SimpleMeterRegistry())) {
                await(() -> sealer.refusal().isPresent() || sealer.size() == reader.head());
                assertThat(sealer.refusal()).as("seed " + seed).isEmpty();
            }
        }
        return new Fsck(app, log, kept).run(1, _ -> {});
    }

    private void startWriter() throws IOException {
        Path history = directory.resolve("history-" + histories.size());
        Files.createFile(history);
        histories.add(history);
        writers.add(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        Integer.toString(port),
                        "postgres",
                        Integer.toString(CALLERS),
                        history.toString(),
                        Long.toString(seed + histories.size()),
                        directory.resolve("hot").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output-" + histories.size()).toFile())
                .start());
    }

    private void stopWriters() throws Exception {
        for (Process writer : writers) {
            kill(writer.toHandle());
        }
        writers.clear();
    }

    private void killPostgres() throws Exception {
        long postmaster =
                Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                        .getFirst());
        ProcessHandle main = ProcessHandle.of(postmaster).orElseThrow();
        List<ProcessHandle> family = new ArrayList<>(main.descendants().toList());
        family.addFirst(main);
        for (ProcessHandle process : family) {
            kill(process);
        }
        server.close();
    }

    private static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        await(() -> !process.isAlive());
    }

    private void awaitAcknowledged(int history, long count) {
        long now = acknowledged(history);
        while (now < count) {
            long before = now;
            try {
                await(() -> acknowledged(history) > before);
            } catch (AssertionError stuck) {
                throw new AssertionError(
                        "seed %d: process %d is stuck at %d of %d commands%n%s"
                                .formatted(seed, history, before, count, whatWritersDo()),
                        stuck);
            }
            now = acknowledged(history);
        }
    }

    /** @return the end of what each process printed, after asking those that live for their stacks */
    private String whatWritersDo() {
        StringBuilder told = new StringBuilder();
        try {
            for (Process writer : writers) {
                told.append("process %d %s%n".formatted(writer.pid(), writer.isAlive() ? "lives" : "has ended"));
                Path stacks = directory.resolve("stacks-" + writer.pid());
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(writer.pid()),
                                "Thread.dump_to_file",
                                stacks.toString())
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
                if (Files.exists(stacks)) {
                    told.append(Files.readString(stacks)).append('\n');
                }
            }
            for (int history = histories.size() - 2; history < histories.size(); history++) {
                String output = Files.readString(directory.resolve("output-" + (history + 1)));
                told.append("printed by process %d:%n%s%n".formatted(history, output));
            }
        } catch (IOException failure) {
            told.append(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        return told.toString();
    }

    private long acknowledged(int history) {
        try (Stream<String> lines = Files.lines(histories.get(history))) {
            return lines.filter(line -> line.startsWith("A")).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private PGSimpleDataSource owner() {
        return TestServer.dataSource(port, "postgres", "postgres");
    }

    private long number(String sql) {
        try (Connection connection = owner().getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

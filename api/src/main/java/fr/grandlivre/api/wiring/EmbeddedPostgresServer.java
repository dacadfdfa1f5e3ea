package fr.grandlivre.api.wiring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL server of our own, whose rows survive a restart. One process at a time owns its directory; a server that
 * outlived a killed owner is stopped first. Every commit is durable.
 */
final class EmbeddedPostgresServer implements JdbcConnectionDetails, AutoCloseable {
    private static final String OWNER = "postgres";

    /** The application's login: it may append and read. */
    private static final String USER = "grandlivre";

    private static final String DATABASE = "postgres";
    // The first start unpacks the binaries and runs initdb: 4.3 s on the reference machine, slower on a school laptop.
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration ORPHAN_STOP_LIMIT = Duration.ofSeconds(20);

    /** The line of postmaster.pid that names the port, from 0. */
    private static final int PORT_LINE = 3;

    private final FileChannel owner;
    private final EmbeddedPostgres server;

    private EmbeddedPostgresServer(FileChannel owner, EmbeddedPostgres server) {
        this.owner = owner;
        this.server = server;
    }

    /**
     * @param directory of the database cluster; created when absent
     * @throws StartRefused when another process uses the directory, or PostgreSQL does not start
     */
    static EmbeddedPostgresServer start(Path directory) {
        try {
            Files.createDirectories(directory.getParent());
            FileChannel owner = own(directory);
            try {
                stopOrphan(directory);
                EmbeddedPostgres server = launch(directory);
                try {
                    LedgerDatabase.prepare(server.getDatabase(OWNER, DATABASE), USER);
                } catch (RuntimeException failure) {
                    server.close();
                    throw failure;
                }
                return new EmbeddedPostgresServer(owner, server);
            } catch (IOException | RuntimeException failure) {
                owner.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new StartRefused(
                    "The embedded PostgreSQL server did not start in " + directory + ": " + failure.getMessage(),
                    "Free the directory, or set SPRING_DATASOURCE_URL to a PostgreSQL server of yours.");
        }
    }

    /**
     * @param directory of the database cluster
     * @return connections to the server that another process runs there at this moment; else one of our own
     * @throws StartRefused as {@link #start}
     */
    static JdbcConnectionDetails runningOrStarted(Path directory) {
        try {
            Path pidFile = directory.resolve("postmaster.pid");
            if (Files.exists(pidFile)
                    && isOwned(directory)
                    && orphan(pidFile, directory).isPresent()) {
                return new Running(Integer.parseInt(
                        Files.readAllLines(pidFile).get(PORT_LINE).strip()));
            }
        } catch (IOException failure) {
            throw new StartRefused(
                    "The embedded PostgreSQL server in " + directory + " cannot be looked at: " + failure.getMessage(),
                    "Run as the user who runs the application.");
        }
        return start(directory);
    }

    private static boolean isOwned(Path directory) throws IOException {
        Path lock = directory.resolveSibling(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    /** A server that another process owns; closing leaves it alone. */
    private record Running(int port) implements JdbcConnectionDetails, AutoCloseable {
        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://localhost:" + port + "/" + DATABASE + "?user=" + USER;
        }

        @Override
        public String getUsername() {
            return USER;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public void close() {}
    }

    private static EmbeddedPostgres launch(Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                // The library switches these off for tests; a ledger is nothing without them.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "4GB")
                // Spring closes this bean after the pool; the library's own hook would come first.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .start();
    }

    // The operating system releases the lock when its process dies, however it dies.
    private static FileChannel own(Path directory) throws IOException {
        Path lock = directory.resolveSibling(directory.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Held by this very process: refused like any other holder.
        }
        channel.close();
        throw new StartRefused(
                "Another Grand Livre uses " + directory + ".",
                "Stop it first, or set grandlivre.home to another directory.");
    }

    private static void stopOrphan(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = orphan(pidFile, directory);
        if (orphan.isPresent()) {
            // SIGINT is PostgreSQL's fast shutdown: it ends sessions that a plain termination would wait for.
            new ProcessBuilder(
                            List.of("kill", "-INT", Long.toString(orphan.get().pid())))
                    .start()
                    .onExit()
                    .join();
            awaitEnd(orphan.get());
        }
    }

    private static Optional<ProcessHandle> orphan(Path pidFile, Path directory) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1)).toRealPath().equals(directory.toRealPath())) {
            return Optional.empty();
        }
        // After a reboot the number may belong to somebody else's process.
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent());
    }

    private static void awaitEnd(ProcessHandle orphan) throws IOException {
        try {
            orphan.onExit().get(ORPHAN_STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a left-over server was stopping", interrupted);
        } catch (ExecutionException | TimeoutException slow) {
            throw new IOException("the left-over server " + orphan.pid() + " does not stop", slow);
        }
    }

    @Override
    public String getJdbcUrl() {
        return server.getJdbcUrl(USER, DATABASE);
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            owner.close();
        }
    }
}

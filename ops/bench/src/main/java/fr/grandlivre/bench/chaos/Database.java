package fr.grandlivre.bench.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of the harness's own, whose rows outlive its death. For one thread. */
final class Database implements AutoCloseable {
    static final String OWNER = "postgres";
    static final String USER = "grandlivre";

    /** Recovery after a kill reads the log again. */
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    Database(Path directory) throws IOException {
        this.directory = directory;
        this.port = freePort();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START)
                .start();
    }

    String url(String user) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user;
    }

    /** @return as command-line tools want it */
    String libpq() {
        return "postgresql://" + OWNER + "@127.0.0.1:" + port + "/postgres";
    }

    PGSimpleDataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(OWNER));
        return source;
    }

    /** SIGKILL to the server and all its children. */
    void kill() throws IOException, InterruptedException {
        for (ProcessHandle process : family()) {
            Signals.kill(process);
        }
        close();
    }

    /** @return the server first */
    List<ProcessHandle> family() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle main = ProcessHandle.of(postmaster).orElseThrow();
        List<ProcessHandle> family = new ArrayList<>(main.descendants().toList());
        family.addFirst(main);
        return family;
    }

    @Override
    public void close() throws IOException {
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }
}

package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.learners.ApplicationSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of the harness's own, whose rows outlive its death. For one thread. */
final class Database implements AutoCloseable {
    static final String OWNER = ApplicationSettings.OWNER;
    static final String USER = ApplicationSettings.USER;

    /** Recovery after a kill reads the log again. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a base copy leaves behind: the log comes over the wire, the others belong to the running server. */
    private static final Set<String> NOT_COPIED =
            Set.of("pg_wal", "pg_replslot", "pg_stat_tmp", "postmaster.pid", "postmaster.opts");

    private final Path directory;
    private final int port;
    private final Map<String, String> settings = new LinkedHashMap<>(
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "max_connections", "200"));
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

    /** From the next start on. */
    void set(String name, String value) {
        settings.put(name, value);
    }

    void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START);
        settings.forEach(builder::setServerConfig);
        server = builder.start();
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    String url(String user) {
        return url(user, port);
    }

    /** @param ports of a server, of a link to it, or of several servers of which one is the primary */
    static String url(String user, int... ports) {
        StringBuilder hosts = new StringBuilder();
        for (int one : ports) {
            hosts.append(hosts.isEmpty() ? "" : ",").append("127.0.0.1:").append(one);
        }
        return "jdbc:postgresql://" + hosts + "/postgres?user=" + user
                + (ports.length > 1 ? "&targetServerType=primary&hostRecheckSeconds=1&connectTimeout=2" : "");
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

    /** As the owner. */
    void execute(String sql) throws SQLException {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @return first column of the first row; as the owner */
    String text(String sql) throws SQLException {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return "";
            }
            return row.getString(1);
        }
    }

    private boolean says(String sql, String expected) {
        try {
            return text(sql).equals(expected);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    /** The log of writes on a file system of its own; the server must be stopped. */
    void moveLog(Path place) throws IOException, InterruptedException {
        Path log = directory.resolve("pg_wal");
        Path there = place.resolve("pg_wal");
        run("cp", "-a", log.toString(), there.toString());
        delete(log);
        Files.createSymbolicLink(log, there);
    }

    /**
     * Becomes a standby of another server, by a base copy taken while it runs.
     *
     * @param synchronous whether the other one waits for this one at each commit, from now on
     */
    void follow(Database primary, boolean synchronous) throws IOException, SQLException, InterruptedException {
        if (Files.exists(directory)) {
            delete(directory);
        }
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Connection connection = primary.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(primary.directory, directory);
            try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                row.next();
                Files.writeString(directory.resolve("backup_label"), row.getString(1));
            }
        }
        for (String empty : List.of("pg_wal", "pg_replslot", "pg_stat_tmp")) {
            Files.createDirectories(directory.resolve(empty));
        }
        Files.createFile(directory.resolve("standby.signal"));
        // A standby that becomes the primary must not wait for one of its own before there is one.
        Files.writeString(
                directory.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s application_name=standby'%nsynchronous_standby_names = ''%n"
                        .formatted(primary.port, OWNER),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        start();
        Signals.await(
                () -> primary.says("select state from pg_stat_replication", "streaming"),
                PATIENCE,
                "the standby does not follow: see " + directory);
        if (synchronous) {
            primary.execute("alter system set synchronous_standby_names = '*'");
            primary.execute("select pg_reload_conf()");
            Signals.await(
                    () -> primary.says("select sync_state from pg_stat_replication", "sync"),
                    PATIENCE,
                    "the standby does not become synchronous");
        }
    }

    /** A standby becomes the primary. */
    void promote() throws SQLException {
        if (!text("select pg_promote(true, 60)").equals("t")) {
            throw new IllegalStateException("the standby was not promoted: see " + directory);
        }
    }

    /** @return the process of a primary that sends the log to its standby */
    List<ProcessHandle> sender() throws SQLException {
        return ProcessHandle.of(Long.parseLong(text("select pid from pg_stat_replication"))).stream()
                .toList();
    }

    /** SIGKILL to the server and all its children. */
    void kill() throws IOException, InterruptedException {
        for (ProcessHandle process : family()) {
            Signals.kill(process);
        }
        close();
    }

    /** SIGKILL, if it lives; nobody waits. */
    void abandon() {
        try {
            family().forEach(ProcessHandle::destroyForcibly);
        } catch (IOException _) {
            // Its directory is gone, and so is it.
        }
    }

    /** @return the server first; empty when it has ended by itself */
    List<ProcessHandle> family() throws IOException {
        long postmaster;
        try {
            postmaster = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (NoSuchFileException ended) {
            return List.of();
        }
        List<ProcessHandle> family = new ArrayList<>();
        ProcessHandle.of(postmaster).ifPresent(main -> {
            family.add(main);
            family.addAll(main.descendants().toList());
        });
        return family;
    }

    /** Files that come and go while they are copied are made good by the log. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                if (from.equals(place.getParent()) && NOT_COPIED.contains(String.valueOf(place.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!place.equals(from)) {
                    Files.createDirectory(to.resolve(from.relativize(place)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)));
                    } catch (NoSuchFileException _) {
                        // Gone since: the log says so too.
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Signals.run(List.of(command));
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

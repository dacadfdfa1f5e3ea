package fr.grandlivre.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh PostgreSQL whose commits are durable. Thread-safe. */
final class Server implements AutoCloseable {
    /** What makes an acknowledgement worth something; the server does not start without them. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private static final String SETTINGS = """
        select name, current_setting(name) from pg_settings
        where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
                       'wal_sync_method', 'shared_buffers', 'max_wal_size', 'min_wal_size', 'checkpoint_timeout',
                       'max_connections', 'wal_compression', 'jit', 'io_method')
        order by name\
        """;

    private final EmbeddedPostgres postgres;
    private final long postmaster;

    private Server(EmbeddedPostgres postgres, long postmaster) {
        this.postgres = postgres;
        this.postmaster = postmaster;
    }

    /**
     * @param directory     is emptied and filled; must be on the disk to be measured
     * @param sharedBuffers as PostgreSQL writes it
     */
    static Server start(Path directory, String sharedBuffers) throws IOException, SQLException {
        return start(directory, sharedBuffers, true);
    }

    /**
     * @param directory     what is there is kept, also at the end; must be on the disk to be measured
     * @param sharedBuffers as PostgreSQL writes it
     */
    static Server keeping(Path directory, String sharedBuffers) throws IOException, SQLException {
        return start(directory, sharedBuffers, false);
    }

    private static Server start(Path directory, String sharedBuffers, boolean fresh) throws IOException, SQLException {
        Files.createDirectories(directory);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(fresh)
                .setServerConfig("shared_buffers", sharedBuffers)
                .setServerConfig("max_wal_size", "16GB")
                .setServerConfig("min_wal_size", "4GB")
                .setServerConfig("max_connections", "400");
        DURABLE.forEach(builder::setServerConfig);
        EmbeddedPostgres postgres = builder.start();
        Path pidFile = directory.resolve("postmaster.pid");
        Server server = new Server(
                postgres, Long.parseLong(Files.readAllLines(pidFile).getFirst().trim()));
        server.assertDurable();
        return server;
    }

    private void assertDurable() throws SQLException {
        Map<String, String> settings = settings();
        for (Map.Entry<String, String> wanted : DURABLE.entrySet()) {
            if (!wanted.getValue().equals(settings.get(wanted.getKey()))) {
                throw new IllegalStateException("%s is %s: nothing measured here would be durable"
                        .formatted(wanted.getKey(), settings.get(wanted.getKey())));
            }
        }
    }

    /** @return the settings that matter to the figures, as the server reports them, by name */
    Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Connection connection = owner("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SETTINGS)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        return settings;
    }

    long postmaster() {
        return postmaster;
    }

    /** Makes an empty database. */
    void createDatabase(String name) throws SQLException {
        execute(owner("postgres"), "create database " + name);
    }

    /** Makes an empty database where none of that name was kept. */
    void createMissingDatabase(String name) throws SQLException {
        String known = "select count(*) from pg_database where datname = '%s'".formatted(name);
        if (RawInserts.number(owner("postgres"), known) == 0) {
            createDatabase(name);
        }
    }

    /** Drops a database with whoever is still connected, and writes dirty pages, so that the next one starts alike. */
    void dropDatabase(String name) throws SQLException {
        execute(owner("postgres"), "drop database if exists " + name + " with (force)");
        execute(owner("postgres"), "checkpoint");
    }

    /** @return unpooled connections of the owner */
    PGSimpleDataSource owner(String database) {
        return unpooled(database, "postgres");
    }

    /** @return address of a database, without a user */
    String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** @return unpooled connections of a user */
    PGSimpleDataSource unpooled(String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {postgres.getPort()});
        source.setDatabaseName(database);
        source.setUser(user);
        return source;
    }

    static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

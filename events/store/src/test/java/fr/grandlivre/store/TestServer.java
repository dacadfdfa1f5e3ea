package fr.grandlivre.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL for all tests of a JVM, as durable as in production, and fresh databases on it. */
public final class TestServer {
    /** Login that is granted what the application is granted. */
    public static final String APP_USER = "grandlivre_test";

    private static final String TEMPLATE = "ledger_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    /** Starts at first use, with the migrated template that every database is copied from. */
    private static final class Holder {
        static final EmbeddedPostgres SERVER = start(null, 0);

        static {
            execute(owner("postgres"), "create database " + TEMPLATE);
            LedgerMigrations.migrate(owner(TEMPLATE));
            execute(
                    owner(TEMPLATE),
                    "create role " + APP_USER + " login inherit in role grandlivre_app, grandlivre_keys");
        }

        static PGSimpleDataSource owner(String database) {
            return dataSource(SERVER.getPort(), database, "postgres");
        }
    }

    /**
     * Starts a server that the caller closes.
     *
     * @param directory where its data live and stay; null for a temporary place
     * @param port      where it listens; 0 for any
     */
    public static EmbeddedPostgres start(@Nullable Path directory, int port) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "512MB")
                    .setServerConfig("max_wal_size", "4GB");
            if (directory != null) {
                builder.setDataDirectory(directory).setCleanDataDirectory(false).setRegisterShutdownHook(false);
            }
            if (port != 0) {
                builder.setPort(port);
            }
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @return the name of a fresh, migrated database */
    public static String createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(Holder.owner("postgres"), "create database " + name + " template " + TEMPLATE);
        return name;
    }

    /** @return the name of a fresh database without any schema of ours */
    public static String createEmptyDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(Holder.owner("postgres"), "create database " + name);
        return name;
    }

    public static void dropDatabase(String name) {
        execute(Holder.owner("postgres"), "drop database if exists " + name + " with (force)");
    }

    /** @return unpooled connections of the owner */
    public static PGSimpleDataSource owner(String database) {
        return Holder.owner(database);
    }

    /** @return unpooled connections with the rights of the application */
    public static PGSimpleDataSource app(String database) {
        return dataSource(Holder.SERVER.getPort(), database, APP_USER);
    }

    public static int port() {
        return Holder.SERVER.getPort();
    }

    public static PGSimpleDataSource dataSource(int port, String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        return source;
    }

    static void execute(PGSimpleDataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

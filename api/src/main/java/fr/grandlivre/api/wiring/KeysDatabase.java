package fr.grandlivre.api.wiring;

import com.zaxxer.hikari.HikariDataSource;
import fr.grandlivre.store.LedgerMigrations;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where the keys of personal data are: a database of their own when {@code grandlivre.keys.datasource.url} names one, so
 * that no backup of the ledger holds them; else a schema beside the ledger.
 */
final class KeysDatabase implements AutoCloseable {
    private static final String SETTING = "grandlivre.keys.datasource.";
    private static final String OWNER = "grandlivre.keys.flyway.";

    /** Keys are cached; a look-up takes a millisecond. */
    private static final int CONNECTIONS = 8;

    private final DataSource connections;
    private final @Nullable HikariDataSource own;

    private KeysDatabase(DataSource connections, @Nullable HikariDataSource own) {
        this.connections = connections;
        this.own = own;
    }

    /**
     * @param ledger used when no other database is named
     * @throws StartRefused when the one that is named holds no keys
     */
    static KeysDatabase open(DataSource ledger, Environment environment) {
        String url = environment.getProperty(SETTING + "url");
        if (url == null) {
            return new KeysDatabase(ledger, null);
        }
        String user = environment.getRequiredProperty(SETTING + "username");
        String ownerUrl = environment.getProperty(OWNER + "url");
        if (ownerUrl != null) {
            prepare(
                    new DriverManagerDataSource(
                            ownerUrl,
                            environment.getRequiredProperty(OWNER + "user"),
                            environment.getProperty(OWNER + "password", "")),
                    user);
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(environment.getProperty(SETTING + "password", ""));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(3_000);
        pool.setPoolName("keys");
        pool.addDataSourceProperty("connectTimeout", Integer.toString(LedgerWiring.CONNECT_SECONDS));
        pool.addDataSourceProperty("socketTimeout", Integer.toString(LedgerWiring.SILENT_SECONDS));
        Boolean present =
                new JdbcTemplate(pool).queryForObject("SELECT to_regclass('keys.data_key') IS NOT NULL", Boolean.class);
        if (!Boolean.TRUE.equals(present)) {
            pool.close();
            throw new StartRefused(
                    "The database of the keys has no table for them, or this user may not see it.",
                    "Set " + OWNER + "url, user and password to the owner's once.");
        }
        return new KeysDatabase(pool, pool);
    }

    private static void prepare(DataSource owner, String login) {
        LedgerDatabase.plain(login);
        LedgerMigrations.migrateKeys(owner);
        LedgerDatabase.login(new JdbcTemplate(owner), login);
        new JdbcTemplate(owner).execute("GRANT grandlivre_keys TO \"" + login + "\"");
    }

    DataSource connections() {
        return connections;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}

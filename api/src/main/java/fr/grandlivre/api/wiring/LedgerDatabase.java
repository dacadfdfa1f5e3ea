package fr.grandlivre.api.wiring;

import fr.grandlivre.store.DurabilityCheck;
import fr.grandlivre.store.DurabilityCheck.UnfitDatabaseException;
import fr.grandlivre.store.LedgerMigrations;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ledger's schemas in a database: the owner creates them, the application's login may append and read, and nothing
 * else. Views belong to the application, which creates and drops their schemas.
 */
final class LedgerDatabase {
    private static final Pattern ROLE = Pattern.compile("[a-z_][a-z0-9_-]{0,62}");

    private LedgerDatabase() {}

    /**
     * Creates or upgrades the schemas and lets a login use them.
     *
     * @param owner may create schemas and roles
     * @param login name of the application's role; created without a password when missing
     */
    static void prepare(DataSource owner, String login) {
        plain(login);
        LedgerMigrations.migrate(owner);
        JdbcTemplate sql = new JdbcTemplate(owner);
        login(sql, login);
        sql.execute("GRANT grandlivre_app, grandlivre_keys TO \"" + login + "\"");
        String database = sql.queryForObject("SELECT current_database()", String.class);
        sql.execute("GRANT CREATE ON DATABASE \"" + database + "\" TO \"" + login + "\"");
    }

    /** @throws StartRefused when the name would have to be quoted with care */
    static void plain(String login) {
        if (!ROLE.matcher(login).matches()) {
            throw new StartRefused(
                    "The database user " + login + " is no plain name.",
                    "Choose a lower-case name of letters and digits.");
        }
    }

    /** Creates the role without a password when it is missing. */
    static void login(JdbcTemplate owner, String login) {
        Integer known = owner.queryForObject("SELECT count(*) FROM pg_roles WHERE rolname = ?", Integer.class, login);
        if (known == null || known == 0) {
            owner.execute("CREATE ROLE \"" + login + "\" LOGIN");
        }
    }

    /**
     * @param application connections as the application uses them
     * @throws StartRefused when the ledger is missing, commits may be lost, the login could rewrite events, or a school
     *     could be shown the rows of another
     */
    static void check(DataSource application) {
        try {
            DurabilityCheck.durable(application);
            DurabilityCheck.appendOnly(application);
            DurabilityCheck.walled(application);
        } catch (UnfitDatabaseException unfit) {
            throw new StartRefused(String.valueOf(unfit.getMessage()), "Set it as said, then start again.");
        } catch (SQLException unreachable) {
            throw new StartRefused(
                    "The database does not answer: SQLSTATE " + unreachable.getSQLState() + ".",
                    "Check SPRING_DATASOURCE_URL, the user and the server.");
        }
        Boolean present = new JdbcTemplate(application)
                .queryForObject("SELECT to_regclass('ledger.event') IS NOT NULL", Boolean.class);
        if (!Boolean.TRUE.equals(present)) {
            throw new StartRefused(
                    "The database holds no ledger, or this user may not see it.",
                    "Set SPRING_FLYWAY_URL, SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD to the owner's once.");
        }
    }
}

package fr.grandlivre.api;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;

/** A ledger that can be read and takes nothing in: somebody else holds the row that every writer needs. */
public final class StoppedLedger implements AutoCloseable {
    private static final String OWNER = "postgres";

    private final Connection owner;

    private StoppedLedger(Connection owner) {
        this.owner = owner;
    }

    public static StoppedLedger of(ApplicationContext application) throws SQLException {
        JdbcConnectionDetails login = application.getBean(JdbcConnectionDetails.class);
        Connection owner = DriverManager.getConnection(
                login.getJdbcUrl().replace("user=" + login.getUsername(), "user=" + OWNER), OWNER, "");
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("SELECT * FROM ledger.ledger_head FOR UPDATE");
        }
        return new StoppedLedger(owner);
    }

    /** The ledger goes on. */
    @Override
    public void close() throws SQLException {
        owner.rollback();
        owner.close();
    }
}

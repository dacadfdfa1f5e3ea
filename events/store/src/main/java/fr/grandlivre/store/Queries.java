package fr.grandlivre.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Asks the ledger's schema, one connection a question. Thread-safe. */
public final class Queries {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final DataSource connections;

    /** @param connections a pool; its user is a member of {@code grandlivre_app} */
    public Queries(DataSource connections) {
        this.connections = connections;
    }

    /** Sets the parameters of a question. */
    @FunctionalInterface
    public interface Binder {
        void bind(PreparedStatement select) throws SQLException;
    }

    /** Reads the answer while its connection is open. */
    @FunctionalInterface
    public interface Rows<T> {
        T read(Connection connection, ResultSet row) throws SQLException;
    }

    /**
     * @param sql    a select
     * @param binder sets its parameters
     * @param rows   reads its rows
     * @throws LedgerUnavailableException when the database does not answer
     */
    public <T> T read(String sql, Binder binder, Rows<T> rows) {
        try (Connection connection = connections.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            binder.bind(select);
            try (ResultSet row = select.executeQuery()) {
                return rows.read(connection, row);
            }
        } catch (SQLException failure) {
            throw Failure.of(failure) == Failure.LASTING
                    ? new IllegalStateException("a query of the ledger is wrong", failure)
                    : new LedgerUnavailableException(RETRY_AFTER, false, failure);
        }
    }
}

package fr.grandlivre.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Statements that may rightly be silent for long. Connections are given up when the server has said nothing for some
 * seconds, because a network that swallows packets, or a server that is gone without a word, says nothing for ever; who
 * waits for a lock or compares whole views asks for more.
 */
public final class LongStatements {
    /** The whole view of a country is compared in less. */
    private static final int LONGEST_MILLIS =
            Math.toIntExact(Duration.ofHours(1).toMillis());

    private LongStatements() {}

    /**
     * @param jdbc bound to a transaction, whose connection it is about
     * @return what the work returned
     */
    public static <T> T during(JdbcTemplate jdbc, Supplier<T> work) {
        int before = timeout(jdbc, LONGEST_MILLIS);
        T result = work.get();
        // Not after a failure: the connection may be gone, and a pool makes good what it gets back.
        timeout(jdbc, before);
        return result;
    }

    /** Until the connection goes back to its pool. */
    public static void on(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
    }

    /** @return the one before */
    private static int timeout(JdbcTemplate jdbc, int millis) {
        Integer before = jdbc.execute((ConnectionCallback<Integer>) connection -> {
            int former = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            return former;
        });
        return before == null ? 0 : before;
    }
}

package fr.grandlivre.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What an SQL error says about sending the same batch again. */
public enum Failure {
    /** The connection is lost, or the server is busy or not ready: the same batch may pass later. */
    TRANSIENT,
    /** Another process has used up the partitions this one knew of. */
    NO_PARTITION,
    /** The same batch would fail again. */
    LASTING;

    /** @return what the error says, by its SQL state */
    public static Failure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return TRANSIENT;
        }
        if (state.equals("23514") && constraint(failure) == null) {
            return NO_PARTITION;
        }
        return switch (state.substring(0, 2)) {
            // Connection, wrong transaction state (read-only standby), rolled back, resources (disk full),
            // not in prerequisite state (lock timeout), operator intervention, system error.
            case "08", "25", "40", "53", "55", "57", "58" -> TRANSIENT;
            default -> LASTING;
        };
    }

    private static @Nullable String constraint(SQLException failure) {
        return failure instanceof PSQLException psql && psql.getServerErrorMessage() != null
                ? psql.getServerErrorMessage().getConstraint()
                : null;
    }
}

package fr.grandlivre.query.live;

import fr.grandlivre.store.Failure;
import fr.grandlivre.store.LedgerOverloadedException;
import fr.grandlivre.store.LedgerUnavailableException;
import fr.grandlivre.store.StreamConflictException;
import fr.grandlivre.store.keys.KeysUnavailableException;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells an event that would fail again from a database that is busy, and undoes what the event began. */
public final class Poison {
    private Poison() {}

    /** @return whether the same event would fail again: then it is put aside, instead of tried for ever */
    public static boolean isLasting(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean passing = switch (cause) {
                case SQLException sql -> Failure.of(sql) != Failure.LASTING;
                case LedgerUnavailableException _,
                        LedgerOverloadedException _,
                        StreamConflictException _,
                        KeysUnavailableException _,
                        InterruptedException _,
                        Error _ -> true;
                default -> false;
            };
            if (passing) {
                return false;
            }
        }
        return true;
    }

    /** @return class of the innermost cause: what kind of fault it is, without its message, which may quote the event */
    public static String name(Throwable failure) {
        return root(failure).getClass().getSimpleName();
    }

    /** @return name and place in the code, for the log */
    public static String place(Throwable failure) {
        StackTraceElement[] trace = root(failure).getStackTrace();
        return name(failure) + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * Runs work whose traces vanish when it fails, while the transaction around it lives on.
     *
     * @return why it failed for good; null when it did not
     * @throws RuntimeException a failure that may pass
     */
    public static @Nullable RuntimeException attempt(JdbcTemplate jdbc, Runnable work) {
        Savepoint before = savepoint(jdbc);
        try {
            work.run();
            return null;
        } catch (RuntimeException failure) {
            if (!isLasting(failure)) {
                throw failure;
            }
            rollBack(jdbc, before);
            return failure;
        }
    }

    private static Savepoint savepoint(JdbcTemplate jdbc) {
        Savepoint made = jdbc.execute((ConnectionCallback<Savepoint>) connection -> connection.setSavepoint());
        return java.util.Objects.requireNonNull(made);
    }

    private static void rollBack(JdbcTemplate jdbc, Savepoint before) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            connection.rollback(before);
            return true;
        });
    }
}

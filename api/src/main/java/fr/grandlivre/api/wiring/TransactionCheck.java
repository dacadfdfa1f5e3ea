package fr.grandlivre.api.wiring;

import java.util.Objects;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.core.JdbcTemplate;

/** A view's rows and its position must commit together: asks the database whether they would. */
final class TransactionCheck {
    private TransactionCheck() {}

    /**
     * @param transactions as the processors use them
     * @param views        connections as the projections use them
     * @throws StartRefused when two statements of one unit of work end in two transactions of the database
     */
    static void real(TransactionManager transactions, DataSource views) {
        JdbcTemplate sql = new JdbcTemplate(views);
        boolean one = Objects.requireNonNull(
                transactions.fetchInTransaction(() -> transaction(sql).equals(transaction(sql))));
        if (!one) {
            throw new StartRefused(
                    transactions.getClass().getSimpleName() + " does not open transactions of the database.",
                    "Wire the processors with the database's transaction manager.");
        }
    }

    private static String transaction(JdbcTemplate sql) {
        return Objects.requireNonNull(sql.queryForObject("SELECT pg_current_xact_id()::text", String.class));
    }
}

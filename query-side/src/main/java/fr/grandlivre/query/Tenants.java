package fr.grandlivre.query;

import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whose rows a transaction may see in the views that hold an establishment: their tables have row-level security, forced
 * also on their owner, so that a query that forgot its school finds nothing. The name ends with the transaction.
 * Thread-safe.
 */
public final class Tenants {
    private static final String SCHOOL = "grandlivre.school";
    private static final String UAI = "grandlivre.uai";
    private static final String LEARNER = "grandlivre.learner";
    private static final String EVERY = "*";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate reading;

    public Tenants(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        DefaultTransactionDefinition readOnly =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRED);
        readOnly.setReadOnly(true);
        this.reading = new TransactionTemplate(transactions, readOnly);
    }

    /** @return what the queries find, in one transaction that sees one establishment */
    public <T> T within(SchoolId school, Supplier<T> queries) {
        return in(SCHOOL, school.toString(), queries);
    }

    /** @return the same in the views that know an establishment by its national number */
    public <T> T within(Uai establishment, Supplier<T> queries) {
        return in(UAI, establishment.value(), queries);
    }

    /**
     * For people whose work is in no one establishment, and for codes that open one door wherever it is: juries,
     * invigilators, candidates at the door.
     *
     * @return what the queries find among the sessions of all establishments
     */
    public <T> T acrossSessions(Supplier<T> queries) {
        return in(UAI, EVERY, queries);
    }

    /** @return what the queries find, in one transaction that sees what is the learner's own */
    public <T> T within(LearnerId learner, Supplier<T> queries) {
        return in(LEARNER, learner.toString(), queries);
    }

    /** Lets the running transaction see and write every establishment's rows: a projection's, and nobody else's. */
    public static void every(JdbcTemplate jdbc) {
        jdbc.query("SELECT set_config(?, ?, true), set_config(?, ?, true)", row -> {}, SCHOOL, EVERY, UAI, EVERY);
    }

    private <T> T in(String setting, String name, Supplier<T> queries) {
        return Objects.requireNonNull(reading.execute(_ -> {
            name(jdbc, setting, name);
            return queries.get();
        }));
    }

    private static void name(JdbcTemplate jdbc, String setting, String name) {
        jdbc.query("SELECT set_config(?, ?, true)", row -> {}, setting, name);
    }
}

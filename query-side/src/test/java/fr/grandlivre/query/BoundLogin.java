package fr.grandlivre.query;

import fr.grandlivre.query.replay.Rebuild;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A login like the application's, which owns its views and is bound by row-level security, over the ledger of a test. */
public final class BoundLogin implements AutoCloseable {
    private static final String ROLE = "views_of_test";

    private final TestViews views;
    private final SingleConnectionDataSource source;
    private final JdbcTransactionManager transactions;
    private final JdbcTemplate jdbc;

    public BoundLogin(TestViews views) throws SQLException {
        this.views = views;
        Connection connection =
                Objects.requireNonNull(views.jdbc().getDataSource()).getConnection();
        this.source = new SingleConnectionDataSource(connection, true);
        this.transactions = new JdbcTransactionManager(source);
        this.jdbc = new JdbcTemplate(source);
        jdbc.execute("CREATE ROLE " + ROLE);
        jdbc.execute("GRANT CREATE ON DATABASE \"" + connection.getCatalog() + "\" TO " + ROLE);
        jdbc.execute("SET ROLE " + ROLE);
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public Tenants tenants() {
        return new Tenants(jdbc, transactions);
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    public void create(Projection projection) {
        transaction().executeWithoutResult(_ -> new ViewSchema(projection.name(), jdbc).create(projection));
    }

    /** Does what the live processor does, in pages. */
    public void catchUp(Projection projection, int pageSize) {
        ViewSchema live = new ViewSchema(projection.name(), jdbc);
        RecordedEvents events = RecordedEvents.of(views.codec(), views.vault(), projection.reads());
        views.reader()
                .scan(
                        live.position(),
                        views.reader().head(),
                        pageSize,
                        page -> transaction().executeWithoutResult(_ -> {
                            Tenants.every(jdbc);
                            projection.apply(events.read(page), live);
                            live.reached(page.getLast().position());
                        }));
    }

    public Rebuild rebuild() {
        return new Rebuild(views.reader(), views.codec(), views.vault(), jdbc, transaction(), views.letters(jdbc));
    }

    /** @return how many rows the running transaction sees */
    public int count(String table) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT count(*) FROM " + table, Integer.class));
    }

    @Override
    public void close() {
        jdbc.execute("RESET ROLE");
        jdbc.execute("DROP OWNED BY " + ROLE + " CASCADE");
        jdbc.execute("DROP ROLE " + ROLE);
        source.destroy();
    }
}

package fr.grandlivre.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A fresh, empty ledger on the shared test server. Closing it drops its database. */
public final class TestLedger implements AutoCloseable {
    private final String database;
    private final HikariDataSource pool;
    private final Clock clock;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LedgerTail tail = new LedgerTail();
    private final LedgerReader reader;
    private final List<LedgerWriter> writers = new ArrayList<>();

    private TestLedger(Clock clock) {
        this.clock = clock;
        this.database = TestServer.createDatabase();
        HikariConfig config = new HikariConfig();
        config.setDataSource(TestServer.app(database));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        this.pool = new HikariDataSource(config);
        this.reader = new LedgerReader(pool);
    }

    public static TestLedger create() {
        return create(Clock.systemUTC());
    }

    /** @param clock gives recordedAt */
    public static TestLedger create(Clock clock) {
        return new TestLedger(clock);
    }

    /** @return the first writer of this ledger, with default limits */
    public LedgerWriter writer() {
        return writers.isEmpty() ? newWriter(WriterSettings.defaults()) : writers.getFirst();
    }

    /** @return one more writer, as a further process would have it */
    public LedgerWriter newWriter(WriterSettings settings) {
        LedgerWriter writer = new LedgerWriter(unpooled(), clock, tail, meters, settings);
        writers.add(writer);
        return writer;
    }

    public LedgerReader reader() {
        return reader;
    }

    public LedgerTail tail() {
        return tail;
    }

    public MeterRegistry meters() {
        return meters;
    }

    public String database() {
        return database;
    }

    /** @return pooled connections with the rights of the application */
    public DataSource app() {
        return pool;
    }

    /** @return unpooled connections with the rights of the application */
    public DataSource unpooled() {
        return TestServer.app(database);
    }

    /** @return unpooled connections of the owner, who may do everything */
    public DataSource owner() {
        return TestServer.owner(database);
    }

    /** Runs a statement as the owner. */
    public void execute(String sql) {
        TestServer.execute(TestServer.owner(database), sql);
    }

    /** @return the first column of the first row, as the owner */
    public long number(String sql) {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        writers.forEach(LedgerWriter::close);
        tail.close();
        pool.close();
        TestServer.dropDatabase(database);
    }
}

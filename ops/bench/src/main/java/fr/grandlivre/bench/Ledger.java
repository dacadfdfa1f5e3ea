package fr.grandlivre.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.grandlivre.store.LedgerMigrations;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.LedgerWriter;
import fr.grandlivre.store.WriterSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A fresh ledger with its writer, as the application sets it up, and the check of what it holds. Thread-safe. */
final class Ledger implements AutoCloseable {
    private static final String USER = "bench_app";
    private static final int POOLED = 16;

    /** Each transaction leaves its id on its rows, so that batches can be counted without instruments. */
    private static final String CHECK = """
        select count(*), coalesce(min(position), 0), coalesce(max(position), 0), count(distinct xmin::text),
               (select position from ledger.ledger_head),
               (select count(*) from ledger.command_receipt where first_position > ?)
        from ledger.event where position > ?\
        """;

    private final HikariDataSource pool;
    private final HikariDataSource ownerPool;
    private final DataSource owner;
    private final DataSource unpooled;
    private final LedgerTail tail = new LedgerTail();
    private final LedgerWriter writer;
    private final LedgerReader reader;

    Ledger(Server server, String database) throws SQLException {
        owner = server.owner(database);
        LedgerMigrations.migrate(owner);
        Server.execute(owner, """
            do $$ begin
                if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s login in role grandlivre_app, grandlivre_keys;
                end if;
            end $$\
            """.formatted(USER));
        unpooled = server.unpooled(database, USER);
        pool = pool(unpooled);
        ownerPool = pool(owner);
        reader = new LedgerReader(pool);
        writer = new LedgerWriter(
                unpooled, Clock.systemUTC(), tail, new SimpleMeterRegistry(), WriterSettings.defaults());
    }

    private static HikariDataSource pool(DataSource connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(connections);
        config.setMaximumPoolSize(POOLED);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    LedgerWriter writer() {
        return writer;
    }

    LedgerReader reader() {
        return reader;
    }

    LedgerTail tail() {
        return tail;
    }

    /** @return pooled connections with the rights of the application */
    DataSource app() {
        return pool;
    }

    /** @return connections with the rights of the application, not pooled */
    DataSource unpooled() {
        return unpooled;
    }

    /** @return pooled connections that may create schemas */
    DataSource ownerPool() {
        return ownerPool;
    }

    /** @return connections of the owner, not pooled */
    DataSource owner() {
        return owner;
    }

    /**
     * @param position a former head
     * @return the commands after it, each with a receipt
     * @throws IllegalStateException when a position is missing or stands twice, or the head is elsewhere
     */
    AppendSubject.Stored storedAfter(long position) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement check = connection.prepareStatement(CHECK)) {
            check.setLong(1, position);
            check.setLong(2, position);
            try (ResultSet row = check.executeQuery()) {
                row.next();
                long count = row.getLong(1);
                boolean dense = count == 0 || row.getLong(2) == position + 1 && row.getLong(3) == position + count;
                if (!dense || row.getLong(5) != position + count) {
                    throw new IllegalStateException("positions after %d: %d events from %d to %d, head %d"
                            .formatted(position, count, row.getLong(2), row.getLong(3), row.getLong(5)));
                }
                return new AppendSubject.Stored(row.getLong(6), count, (double) count / Math.max(1, row.getLong(4)));
            }
        }
    }

    /** @return a way of appending to this ledger */
    AppendSubject subject(String name, Supplier<Caller> callers) {
        return new AppendSubject() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Caller caller() {
                return callers.get();
            }

            @Override
            public long head() {
                return reader.head();
            }

            @Override
            public Stored storedAfter(long position) throws SQLException {
                return Ledger.this.storedAfter(position);
            }
        };
    }

    @Override
    public void close() {
        writer.close();
        tail.close();
        pool.close();
        ownerPool.close();
    }
}

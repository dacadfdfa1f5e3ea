package fr.grandlivre.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Axon's own {@code JdbcEventStorageEngine} under {@code EmbeddedEventStore}, set up by Axon's configuration API. That is
 * kinder to it than its Spring Boot defaults: no handler time limits, no automatic meters, the leanest transaction.
 */
final class StockEngine implements AutoCloseable {
    static final String CREATE = "stock Axon JDBC engine, create";
    static final String UPDATE = "stock Axon JDBC engine, update";
    static final String UPDATE_CACHED = "stock Axon JDBC engine with cache, update";

    private final HikariDataSource pool;
    private final SheetCommands plain;
    private final SheetCommands cached;

    /** @param connections unpooled, as the owner */
    StockEngine(DataSource connections, Answers answers, int callersAtMost) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(connections);
        config.setMaximumPoolSize(callersAtMost);
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
        Serializer json = JacksonSerializer.builder()
                .objectMapper(new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL))
                .build();
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(pool)))
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(json)
                .snapshotSerializer(json)
                .build();
        createTables(connections);
        plain = new SheetCommands(answers, null, axon -> axon.configureEmbeddedEventStore(_ -> engine));
        cached = new SheetCommands(answers, new BoundedCache(), axon -> axon.configureEmbeddedEventStore(_ -> engine));
    }

    private static void createTables(DataSource connections) {
        JdbcEventStorageEngine.builder()
                .connectionProvider(connections::getConnection)
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(JacksonSerializer.defaultSerializer())
                .snapshotSerializer(JacksonSerializer.defaultSerializer())
                .build()
                .createSchema(PostgresEventTableFactory.INSTANCE);
    }

    /** @return creations, updates of aggregates that are loaded each time, updates of cached ones */
    List<AppendSubject> subjects() {
        return List.of(
                new Way(CREATE, plain::creating),
                new Way(UPDATE, plain::updating),
                new Way(UPDATE_CACHED, cached::updating));
    }

    @Override
    public void close() {
        plain.close();
        cached.close();
        pool.close();
    }

    private final class Way implements AppendSubject {
        private final String name;
        private final Supplier<Caller> callers;

        Way(String name, Supplier<Caller> callers) {
            this.name = name;
            this.callers = callers;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Caller caller() {
            return callers.get();
        }

        @Override
        public long head() throws SQLException {
            return RawInserts.number(pool, "select coalesce(max(globalIndex), 0) from DomainEventEntry");
        }

        @Override
        public Stored storedAfter(long position) throws SQLException {
            return Stored.oneByOne(
                    RawInserts.number(pool, "select count(*) from DomainEventEntry where globalIndex > " + position));
        }
    }
}

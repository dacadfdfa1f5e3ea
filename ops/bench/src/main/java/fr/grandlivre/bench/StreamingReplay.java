package fr.grandlivre.bench;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.live.ProjectionInvoker;
import fr.grandlivre.store.axon.LedgerEngine;
import fr.grandlivre.store.axon.LedgerEventStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.json.JacksonSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Fills a view by Axon's pooled streaming processor from the first event on, as a reset of the processor would. */
final class StreamingReplay {
    private static final int BATCH = 1_000;
    private static final Duration ATMOST = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final JdbcTransactionManager transactions;
    private final EventCodec codec;

    StreamingReplay(Ledger ledger, JdbcTemplate jdbc, JdbcTransactionManager transactions, EventCodec codec) {
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.codec = codec;
    }

    /**
     * @param view empty, and created
     * @param head position at which the replay is done
     * @return the position reached
     */
    long run(Projection projection, ViewSchema view, long head) throws InterruptedException {
        LedgerEngine engine =
                new LedgerEngine(ledger.writer(), ledger.reader(), codec, Answers.NothingPersonal.INSTANCE);
        ViewPositions positions = new ViewPositions(jdbc);
        try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(2)) {
            PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                    .name(projection.name())
                    .eventHandlerInvoker(new ProjectionInvoker(
                            projection, codec, Answers.NothingPersonal.INSTANCE, positions, jdbc))
                    .messageSource(new LedgerEventStore(engine, ledger.tail()))
                    .tokenStore(emptyTokenStore())
                    .transactionManager(axonTransactions())
                    .coordinatorExecutor(threads)
                    .workerExecutor(threads)
                    .initialSegmentCount(1)
                    .initialToken(StreamableMessageSource::createTailToken)
                    .batchSize(BATCH)
                    .build();
            processor.start();
            try {
                if (!positions.await(projection.name(), head, ATMOST)) {
                    throw new IllegalStateException("the processor came to " + view.position() + " of " + head);
                }
            } finally {
                processor.shutDown();
            }
        }
        return view.position();
    }

    private JdbcTokenStore emptyTokenStore() {
        jdbc.execute("drop table if exists TokenEntry");
        DataSource joining = new TransactionAwareDataSourceProxy(ledger.ownerPool());
        JdbcTokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(joining::getConnection)
                .serializer(JacksonSerializer.defaultSerializer())
                .build();
        tokens.createSchema(PostgresTokenTableFactory.INSTANCE);
        return tokens;
    }

    private TransactionManager axonTransactions() {
        return () -> {
            TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
            return new Transaction() {
                @Override
                public void commit() {
                    transactions.commit(status);
                }

                @Override
                public void rollback() {
                    transactions.rollback(status);
                }
            };
        };
    }
}

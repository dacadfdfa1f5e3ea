package fr.grandlivre.bench;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.store.axon.LedgerEngine;
import fr.grandlivre.store.axon.LedgerEventStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.PropagatingErrorHandler;
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
    private static final Duration STANDSTILL = Duration.ofSeconds(15);

    /** The end is noticed this much late at most: 0.2 % of a replay of ten seconds. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

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
        try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(2)) {
            PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                    .name(projection.name())
                    .eventHandlerInvoker(
                            new BatchFeed(projection, RecordedEvents.of(codec, null, projection.reads()), view))
                    .errorHandler(PropagatingErrorHandler.INSTANCE)
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
                awaitHead(processor, view, head);
            } finally {
                processor.shutDown();
            }
        }
        return view.position();
    }

    /** Axon tries a failing batch for ever: a standstill is a failure here. */
    private static void awaitHead(PooledStreamingEventProcessor processor, ViewSchema view, long head)
            throws InterruptedException {
        long moved = System.nanoTime();
        long before = -1;
        for (long now = view.position(); now < head; now = view.position()) {
            if (now > before) {
                before = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
                throw new IllegalStateException("%s stands still at %d of %d: %s"
                        .formatted(processor.getName(), now, head, processor.processingStatus()));
            }
            Thread.sleep(LOOK_EVERY);
        }
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

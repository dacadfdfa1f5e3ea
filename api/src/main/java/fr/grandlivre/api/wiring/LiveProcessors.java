package fr.grandlivre.api.wiring;

import fr.grandlivre.store.axon.LedgerEventStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.SmartLifecycle;

/**
 * Axon's streaming processors, one a view or policy, each with one segment: a view's rows come from several streams, so
 * their events must keep the ledger's order. Starts after everything they need and stops before it.
 */
public final class LiveProcessors implements SmartLifecycle {
    /** Small enough to be far from the 10 s after which another node may claim the token. */
    private static final int BATCH = 500;

    /** Folding is the database's work: two threads keep two cores busy. */
    private static final int WORKERS = 2;

    private final LedgerEventStore events;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("views-coordinator-", 0).factory());
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(
            WORKERS, Thread.ofPlatform().name("views-worker-", 0).factory());
    private final Map<String, PooledStreamingEventProcessor> processors = new LinkedHashMap<>();
    private volatile boolean running;

    LiveProcessors(LedgerEventStore events, TokenStore tokens, TransactionManager transactions) {
        this.events = events;
        this.tokens = tokens;
        this.transactions = transactions;
    }

    /** Before the start only. */
    void add(String name, EventHandlerInvoker invoker) {
        processors.put(
                name,
                PooledStreamingEventProcessor.builder()
                        .name(name)
                        .eventHandlerInvoker(invoker)
                        .messageSource(events)
                        .tokenStore(tokens)
                        .transactionManager(transactions)
                        // Axon tries the batch again, later and later; the other views go on.
                        .errorHandler(PropagatingErrorHandler.INSTANCE)
                        .coordinatorExecutor(coordinator)
                        .workerExecutor(workers)
                        .initialSegmentCount(1)
                        .initialToken(StreamableMessageSource::createTailToken)
                        .batchSize(BATCH)
                        .build());
    }

    /** @return processors by name */
    public Map<String, PooledStreamingEventProcessor> all() {
        return Map.copyOf(processors);
    }

    @Override
    public void start() {
        processors.values().forEach(PooledStreamingEventProcessor::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        processors.values().forEach(PooledStreamingEventProcessor::shutDown);
        coordinator.shutdown();
        workers.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

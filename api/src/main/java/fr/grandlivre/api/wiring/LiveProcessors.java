package fr.grandlivre.api.wiring;

import fr.grandlivre.query.live.Poison;
import fr.grandlivre.query.live.Retries;
import fr.grandlivre.query.live.SecondTry;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.axon.LedgerEventStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Axon's streaming processors, one a view or policy, each with one segment: a view's rows come from several streams, so
 * their events must keep the ledger's order. Starts after everything they need and stops before it; may be started again.
 */
public final class LiveProcessors implements SmartLifecycle, DisposableBean {
    /** Small enough to be far from the 10 s after which another node may claim the token. */
    private static final int BATCH = 500;

    /** Folding is the database's work: two threads keep two cores busy. */
    private static final int WORKERS = 2;

    private final LedgerEventStore events;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final Retries retries;
    private final ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().name("views-coordinator-", 0).factory());
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(
            WORKERS, Thread.ofPlatform().name("views-worker-", 0).factory());
    private final Map<String, PooledStreamingEventProcessor> processors = new LinkedHashMap<>();
    private final Map<String, Failed> failures = new ConcurrentHashMap<>();
    private volatile boolean running;

    LiveProcessors(LedgerEventStore events, TokenStore tokens, TransactionManager transactions, Retries retries) {
        this.events = events;
        this.tokens = tokens;
        this.transactions = transactions;
        this.retries = retries;
    }

    /** Before the start only. */
    <I extends EventHandlerInvoker & SecondTry> void add(String name, I invoker) {
        retries.add(name, invoker);
        processors.put(
                name,
                PooledStreamingEventProcessor.builder()
                        .name(name)
                        .eventHandlerInvoker(invoker)
                        .messageSource(events)
                        .tokenStore(tokens)
                        .transactionManager(transactions)
                        // Axon tries the batch again, later and later; the other views go on.
                        .errorHandler(this::failed)
                        .coordinatorExecutor(coordinator)
                        .workerExecutor(workers)
                        .initialSegmentCount(1)
                        .initialToken(StreamableMessageSource::createTailToken)
                        .batchSize(BATCH)
                        .build());
    }

    private void failed(ErrorContext context) throws Exception {
        long position = context.failedEvents().stream()
                .map(EventMessage::getPayload)
                .map(StoredEvent.class::cast)
                .mapToLong(StoredEvent::position)
                .min()
                .orElse(0);
        failures.put(context.eventProcessor(), new Failed(Poison.name(context.error()), position));
        PropagatingErrorHandler.INSTANCE.handleError(context);
    }

    /**
     * The last error of a processor on this node.
     *
     * @param failure  class of the error
     * @param position first event of the batch that failed; the error is over when the processor has passed it
     */
    record Failed(String failure, long position) {}

    /** @return the last error of that processor on this node; empty when there was none since the start */
    Optional<Failed> failure(String name) {
        return Optional.ofNullable(failures.get(name));
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
    }

    /**
     * Stops one processor and starts it at once, for example to try now what it would try again in a minute.
     *
     * @param name one of {@link #all()}
     */
    public synchronized void restart(String name) {
        failures.remove(name);
        pause(name);
        resume(name);
    }

    /** Stops one processor: what is recorded meanwhile it sees after {@link #resume}, in large batches. */
    public synchronized void pause(String name) {
        known(name).shutDown();
    }

    /** Starts one processor that was stopped. */
    public synchronized void resume(String name) {
        known(name).start();
    }

    private PooledStreamingEventProcessor known(String name) {
        return Optional.ofNullable(processors.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no such processor"));
    }

    /** Only now, not at a stop: processors that are started again need their threads. */
    @Override
    public void destroy() {
        coordinator.shutdown();
        workers.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

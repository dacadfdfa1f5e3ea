package fr.grandlivre.store.axon;

import fr.grandlivre.store.LedgerTail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store over the ledger. Its streams announce new events at once: Axon's own store lets pooled processors
 * wait for up to half a second.
 */
public final class LedgerEventStore extends AbstractEventStore {
    private final LedgerEngine engine;
    private final LedgerTail tail;

    /**
     * @param engine reads and appends
     * @param tail   tells when there is something to read
     */
    public LedgerEventStore(LedgerEngine engine, LedgerTail tail) {
        super(new Parts(engine));
        this.engine = engine;
        this.tail = tail;
    }

    /** @param trackingToken position of the last event seen; null for the beginning */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        return new Following(engine, tail, LedgerEngine.positionOf(trackingToken));
    }

    private static final class Parts extends AbstractEventStore.Builder {
        Parts(LedgerEngine engine) {
            storageEngine(engine);
        }
    }

    /** Follows the ledger from a position on. For one thread at a time, as Axon uses it. */
    private static final class Following implements TrackingEventStream {
        private final LedgerEngine engine;
        private final LedgerTail tail;
        private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
        private long position;
        private LedgerTail.@Nullable Registration registration;

        Following(LedgerEngine engine, LedgerTail tail, long position) {
            this.engine = engine;
            this.tail = tail;
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            fill();
            return Optional.ofNullable(page.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            fill();
            if (page.isEmpty() && timeout > 0) {
                tail.awaitBeyond(position, Duration.ofNanos(unit.toNanos(timeout)));
                fill();
            }
            return !page.isEmpty();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return page.remove();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            LedgerTail.Registration before = registration;
            if (before != null) {
                before.close();
            }
            registration = tail.onAppended(callback);
            // What came before the registration is announced now.
            callback.run();
            return true;
        }

        @Override
        public void close() {
            LedgerTail.Registration last = registration;
            if (last != null) {
                last.close();
            }
        }

        private void fill() {
            // Axon asks again and again: what the tail knows already is not asked of the database.
            if (!page.isEmpty() || (tail.watching() && tail.head() == position)) {
                return;
            }
            for (var stored : engine.reader().page(position, LedgerEngine.PAGE)) {
                page.add(engine.tracked(stored));
                position = stored.position();
            }
        }
    }
}

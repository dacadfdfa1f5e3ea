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
 * Axon's event store over the ledger. Its streams announce new events as soon as the tail does: Axon's own store lets pooled
 * processors wait for up to half a second. All its streams share what one of them has read.
 */
public final class LedgerEventStore extends AbstractEventStore {
    private final RecentEvents recent;
    private final LedgerTail tail;

    /**
     * @param engine reads and appends
     * @param tail   tells when there is something to read
     */
    public LedgerEventStore(LedgerEngine engine, LedgerTail tail) {
        super(new Parts(engine));
        this.recent = new RecentEvents(engine.reader(), engine::tracked);
        this.tail = tail;
    }

    /** @param trackingToken position of the last event seen; null for the beginning */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        return new Following(recent, tail, LedgerEngine.positionOf(trackingToken));
    }

    private static final class Parts extends AbstractEventStore.Builder {
        Parts(LedgerEngine engine) {
            storageEngine(engine);
        }
    }

    /** Follows the ledger from a position on. For one thread at a time, as Axon uses it. */
    private static final class Following implements TrackingEventStream {
        private final RecentEvents recent;
        private final LedgerTail tail;
        private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
        private long position;
        private LedgerTail.@Nullable Registration registration;

        Following(RecentEvents recent, LedgerTail tail, long position) {
            this.recent = recent;
            this.tail = tail;
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            fill(tail.announced());
            return Optional.ofNullable(page.peek());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            fill(tail.announced());
            if (page.isEmpty() && timeout > 0) {
                tail.awaitBeyond(position, Duration.ofNanos(unit.toNanos(timeout)));
                fill(tail.head());
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

        /** @param known position up to which the tail has told of events */
        private void fill(long known) {
            // Axon asks again and again: what the tail knows already is not asked of the database.
            if (!page.isEmpty() || (tail.watching() && known <= position)) {
                return;
            }
            page.addAll(recent.after(position, LedgerEngine.PAGE));
            if (!page.isEmpty()) {
                position = LedgerEngine.positionOf(page.getLast().trackingToken());
            }
        }
    }
}

package fr.grandlivre.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes those who wait for an event: at once for events of this process, within {@link #LOOK_EVERY} for those of others; and
 * those who follow the ledger, a little later when there is much to follow.
 * Thread-safe.
 */
public final class LedgerTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerTail.class);

    /** A look costs one row; two processes see each other's events well within the promised 150 ms. */
    public static final Duration LOOK_EVERY = Duration.ofMillis(40);

    /**
     * While events keep coming, followers are told of them in so long a rhythm. Each folds what it is told of in a transaction,
     * whose price hardly depends on the number of events: told of every batch of the writer, the views took several times the
     * processor time of the commands.
     */
    static final Duration PACE = LOOK_EVERY;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean announcing = new AtomicBoolean();
    private final AtomicLong announced = new AtomicLong();
    private volatile long lastAnnounced = System.nanoTime() - PACE.toNanos();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile long head;
    private volatile @Nullable Thread lookout;

    /** Ends a registration. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins to look for events that other processes append.
     *
     * @param heads reads the head from the database, {@link LedgerReader#head()}
     */
    public void watch(LongSupplier heads) {
        Thread looking = Thread.ofPlatform().name("ledger-tail").daemon(true).unstarted(() -> look(heads));
        lookout = looking;
        looking.start();
    }

    /**
     * @param listener called after events were appended: at once when there were none for a while, else within
     *                 {@link #PACE}; on a thread that must not be held up; never after its registration ended and its last
     *                 call returned
     */
    public Registration onAppended(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * @param position the position to go beyond
     * @param atMost   how long to wait
     * @return whether the ledger is known to hold an event after {@code position}
     */
    public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
        if (head > position) {
            return true;
        }
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (head <= position) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = grown.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether events of other processes are looked for, too */
    public boolean watching() {
        return lookout != null;
    }

    /** @return the largest position that this process knows to be durable; 0 when it knows none */
    public long head() {
        return head;
    }

    /** @return the position of which listeners were told last, at most {@link #head()}; 0 when of none */
    public long announced() {
        return announced.get();
    }

    /** @param position of a durable event; smaller ones than before are ignored */
    void reached(long position) {
        if (position <= head) {
            return;
        }
        lock.lock();
        try {
            if (position <= head) {
                return;
            }
            head = position;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        if (announcing.compareAndSet(false, true)) {
            long wait = lastAnnounced + PACE.toNanos() - System.nanoTime();
            if (wait <= 0) {
                announce();
            } else {
                // In a thread of its own: the common pool may be full of others' work, and all views would stand still.
                CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, Thread::startVirtualThread)
                        .execute(this::announce);
            }
        }
    }

    private void announce() {
        lastAnnounced = System.nanoTime();
        // Before the head is read: what is appended after that has an announcement of its own.
        announcing.set(false);
        announced.accumulateAndGet(head, Math::max);
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failure) {
                log.error("A follower of the ledger failed to wake up", failure);
            }
        }
    }

    private void look(LongSupplier heads) {
        boolean failing = false;
        while (Thread.currentThread().equals(lookout)) {
            try {
                reached(heads.getAsLong());
                failing = false;
            } catch (LedgerUnavailableException failure) {
                if (!failing) {
                    log.warn("The tail of the ledger cannot be read: {}", failure.getMessage());
                }
                failing = true;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Stops looking. Events of this process still wake its followers. */
    @Override
    public void close() {
        Thread looking = lookout;
        lookout = null;
        if (looking != null) {
            looking.interrupt();
        }
    }
}

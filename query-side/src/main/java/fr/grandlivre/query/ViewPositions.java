package fr.grandlivre.query;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far each view has come, so that a reader can wait for its own write. A view that this node keeps wakes waiters
 * at once; one that another node keeps is looked up every {@value #POLL_MILLISECONDS} ms. Thread-safe.
 */
public final class ViewPositions {
    private static final long POLL_MILLISECONDS = 25;

    private final JdbcTemplate jdbc;
    private final Map<String, Long> reached = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    public ViewPositions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A live view has committed up to this position. */
    public void reached(String view, long position) {
        reached.merge(view, position, Math::max);
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return the last position known to be in the view, without waiting */
    public long of(String view) {
        return reached.computeIfAbsent(view, this::stored);
    }

    /**
     * @param view     name of a projection
     * @param position that must be visible
     * @param atMost   how long to wait
     * @return whether the view has it
     * @throws InterruptedException when the caller is told to stop
     */
    public boolean await(String view, long position, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (of(view) < position) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            lock.lock();
            try {
                if (of(view) < position) {
                    boolean _ = moved.await(
                            Math.min(left, TimeUnit.MILLISECONDS.toNanos(POLL_MILLISECONDS)), TimeUnit.NANOSECONDS);
                }
            } finally {
                lock.unlock();
            }
            if (of(view) < position) {
                reached.merge(view, stored(view), Math::max);
            }
        }
        return true;
    }

    private long stored(String view) {
        return new ViewSchema(view, jdbc).position();
    }
}

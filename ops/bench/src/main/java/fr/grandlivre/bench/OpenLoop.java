package fr.grandlivre.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a rate of its own, whatever the answers do: call number n is due at the start + n ÷ rate, and waits are counted
 * from then, so that a stall is felt by all who would have called during it. Used by one thread.
 */
final class OpenLoop {
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private OpenLoop() {}

    /**
     * What came of it.
     *
     * @param calls   answered, of those due in the measured window
     * @param elapsed length of that window
     * @param waits   nanoseconds from the due time to the answer
     */
    record Run(long calls, Duration elapsed, Histogram waits) {
        double perSecond() {
            return calls * 1e9 / elapsed.toNanos();
        }

        double millis(double percentile) {
            return waits.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /**
     * @param callers   are closed at the end; enough of them that one is free whenever a call is due
     * @param perSecond calls
     * @param warmUp    before the window that counts
     * @throws IllegalStateException when a caller failed
     */
    static Run run(List<Caller> callers, double perSecond, Duration warmUp, Duration measured)
            throws InterruptedException {
        long start = System.nanoTime();
        long first = (long) (perSecond * warmUp.toNanos() / 1e9);
        long end = first + (long) (perSecond * measured.toNanos() / 1e9);
        AtomicLong next = new AtomicLong();
        Recorder waits = new Recorder(1_000, LONGEST_NANOS, 3);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Caller caller : callers) {
            threads.add(Thread.startVirtualThread(() -> {
                try (caller) {
                    for (long n = next.getAndIncrement();
                            n < end && failure.get() == null;
                            n = next.getAndIncrement()) {
                        long due = start + (long) (n * 1e9 / perSecond);
                        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                            LockSupport.parkNanos(early);
                        }
                        caller.call();
                        if (n >= first) {
                            waits.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - due));
                        }
                    }
                } catch (Throwable thrown) {
                    failure.compareAndSet(null, thrown);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a caller failed", thrown);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start).minus(warmUp);
        Histogram histogram = waits.getIntervalHistogram();
        return new Run(histogram.getTotalCount(), elapsed, histogram);
    }
}

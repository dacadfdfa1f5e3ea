package fr.grandlivre.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Callers in virtual threads that call again as soon as they are answered: finds the ceiling of a subject, not how long
 * its callers would wait at a given load. Used by one thread.
 */
final class ClosedLoop {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private final long postmaster;
    private final List<Long> besides;

    /** @param postmaster process id of the PostgreSQL server whose processor time is charged to the subject */
    ClosedLoop(long postmaster) {
        this(postmaster, List.of());
    }

    /** @param besides process ids of other Java processes whose processor time is charged to the subject */
    ClosedLoop(long postmaster, List<Long> besides) {
        this.postmaster = postmaster;
        this.besides = List.copyOf(besides);
    }

    /**
     * What a run of one subject came to.
     *
     * @param acknowledged calls answered in the whole run, warm-up included
     * @param calls        calls answered in the measured window
     * @param elapsed      length of the measured window
     * @param waits        nanoseconds from call to answer, measured window
     * @param used         processor time, measured window
     */
    record Run(long acknowledged, long calls, Duration elapsed, Histogram waits, ProcessorTime used) {}

    /**
     * Warms up, measures one window, stops.
     *
     * @param callers are closed at the end
     * @throws IllegalStateException when a caller failed: figures of a subject that fails are worth nothing
     */
    Run run(List<Caller> callers, Pace pace) throws InterruptedException {
        Loop loop = new Loop();
        List<Thread> threads = new ArrayList<>();
        for (Caller caller : callers) {
            threads.add(Thread.startVirtualThread(() -> loop.repeat(caller)));
        }
        try {
            warmUp(loop, pace);
            loop.waits.reset();
            ProcessorTime before = ProcessorTime.now(postmaster, besides);
            long start = System.nanoTime();
            long countBefore = loop.done.sum();
            Thread.sleep(pace.measured());
            long calls = loop.done.sum() - countBefore;
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            ProcessorTime used = ProcessorTime.now(postmaster, besides).minus(before);
            Histogram waits = loop.waits.getIntervalHistogram();
            stop(loop, threads);
            return new Run(loop.done.sum(), calls, elapsed, waits, used);
        } finally {
            stop(loop, threads);
        }
    }

    private static void warmUp(Loop loop, Pace pace) throws InterruptedException {
        double before = 0;
        for (int window = 0; window < pace.warmUpsAtMost(); window++) {
            long start = System.nanoTime();
            long countBefore = loop.done.sum();
            Thread.sleep(pace.warmUp());
            double rate = (loop.done.sum() - countBefore) * 1e9 / (System.nanoTime() - start);
            if (Pace.steady(before, rate)) {
                return;
            }
            before = rate;
        }
    }

    private static void stop(Loop loop, List<Thread> threads) throws InterruptedException {
        loop.stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failure = loop.failure.get();
        if (failure != null) {
            throw new IllegalStateException("a caller failed", failure);
        }
    }

    private static final class Loop {
        final LongAdder done = new LongAdder();
        final Recorder waits = new Recorder(1_000, LONGEST_NANOS, 2);
        final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        volatile boolean stopped;

        void repeat(Caller caller) {
            try (caller) {
                while (!stopped) {
                    long start = System.nanoTime();
                    caller.call();
                    waits.recordValue(Math.min(System.nanoTime() - start, LONGEST_NANOS));
                    done.increment();
                }
            } catch (Throwable caught) {
                failure.compareAndSet(null, caught);
                stopped = true;
            }
        }
    }
}

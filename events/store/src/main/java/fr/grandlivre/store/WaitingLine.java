package fr.grandlivre.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait for the writer, and the choice of who goes next. A stream and a command id stand at most once in
 * a batch, in their order of arrival. Many threads join, one takes.
 */
final class WaitingLine {
    /** Commands looked at for one batch: bounds the work when nearly all of them wait for the same stream. */
    private static final int LOOK_AHEAD = 4;

    /**
     * Callers that are answered together usually call again together. Without a short wait for them, a few dozen callers
     * fall into two halves that pay for two transactions in turn; so many commands pay for theirs without waiting.
     */
    private static final int GATHERED = 32;

    private final WriterSettings settings;
    private final LinkedBlockingQueue<Waiting> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** Arrived and not yet taken; of the taking thread only. */
    private final Deque<Waiting> line = new ArrayDeque<>();

    private boolean largeWentLast;
    private int wentLast;

    /** Who waits in {@link #gather}, and for how many commands; 0 when nobody does. */
    private volatile @Nullable Thread gatherer;

    private volatile int awaited;

    WaitingLine(WriterSettings settings) {
        this.settings = settings;
    }

    /** A command and whom to tell. */
    record Waiting(
            AppendRequest request, int events, long size, long deadlineNanos, CompletableFuture<Appended> answer) {}

    /** @return false when the line is full */
    boolean join(Waiting waiting) {
        if (commands.incrementAndGet() > settings.maxWaitingCommands()) {
            commands.decrementAndGet();
            return false;
        }
        // One command alone is always admitted: its own size is bounded by its number of events.
        if (bytes.addAndGet(waiting.size()) > settings.maxWaitingBytes() && commands.get() > 1) {
            bytes.addAndGet(-waiting.size());
            commands.decrementAndGet();
            return false;
        }
        arrivals.add(waiting);
        int wanted = awaited;
        if (wanted > 0 && commands.get() >= wanted) {
            LockSupport.unpark(gatherer);
        }
        return true;
    }

    /** @return commands that wait */
    int length() {
        return commands.get();
    }

    /**
     * @param patienceNanos how long those who were just answered may take to come back before the others go without them
     * @return who goes next; empty when nobody came in time
     */
    List<Waiting> next(long timeoutMillis, long patienceNanos) throws InterruptedException {
        long patientUntil = System.nanoTime() + patienceNanos;
        int expected = Math.min(GATHERED, wentLast + commands.get());
        if (line.isEmpty()) {
            Waiting first = arrivals.poll(timeoutMillis, TimeUnit.MILLISECONDS);
            if (first == null) {
                return List.of();
            }
            line.add(first);
        }
        gather(expected, patientUntil);
        arrivals.drainTo(line);
        List<Waiting> batch = choose(largeWentLast);
        if (batch.isEmpty()) {
            batch = choose(false);
        }
        largeWentLast = batch.size() == 1 && isLarge(batch.getFirst());
        batch.forEach(this::left);
        wentLast = batch.size();
        return batch;
    }

    private void gather(int expected, long patientUntil) {
        if (commands.get() >= expected) {
            return;
        }
        gatherer = Thread.currentThread();
        awaited = expected;
        long left = patientUntil - System.nanoTime();
        while (left > 0 && commands.get() < expected) {
            LockSupport.parkNanos(this, left);
            left = patientUntil - System.nanoTime();
        }
        awaited = 0;
    }

    /** @return those whose deadline has passed, taken out of the line */
    List<Waiting> expired(long nowNanos) {
        arrivals.drainTo(line);
        List<Waiting> expired = new ArrayList<>();
        line.removeIf(waiting -> {
            boolean late = waiting.deadlineNanos() - nowNanos <= 0;
            if (late) {
                expired.add(waiting);
            }
            return late;
        });
        expired.forEach(this::left);
        return expired;
    }

    /** @return everybody, taken out of the line */
    List<Waiting> all() {
        arrivals.drainTo(line);
        List<Waiting> all = List.copyOf(line);
        line.clear();
        all.forEach(this::left);
        return all;
    }

    private List<Waiting> choose(boolean onlySmall) {
        List<Waiting> batch = new ArrayList<>();
        List<Waiting> passedOver = new ArrayList<>();
        // Apart: a command may have the id of the stream that it begins.
        Set<UUID> commandsTaken = new HashSet<>();
        Set<UUID> streamsTaken = new HashSet<>();
        int events = 0;
        long size = 0;
        int looked = 0;
        while (!line.isEmpty() && looked++ < LOOK_AHEAD * settings.maxBatchEvents()) {
            Waiting waiting = line.getFirst();
            boolean free = claim(waiting.request(), commandsTaken, streamsTaken);
            if (isLarge(waiting)) {
                if (batch.isEmpty() && passedOver.isEmpty() && !onlySmall) {
                    return List.of(line.removeFirst());
                }
                // Its turn comes when it is the first of the line.
                passedOver.add(line.removeFirst());
                continue;
            }
            if (!free) {
                passedOver.add(line.removeFirst());
                continue;
            }
            if (!batch.isEmpty()
                    && (events + waiting.events() > settings.maxBatchEvents()
                            || size + waiting.size() > settings.maxBatchBytes())) {
                break;
            }
            batch.add(line.removeFirst());
            events += waiting.events();
            size += waiting.size();
        }
        for (int i = passedOver.size() - 1; i >= 0; i--) {
            line.addFirst(passedOver.get(i));
        }
        return batch;
    }

    /** Claims the streams also for a command that must wait, so that nobody overtakes it on one of them. */
    private static boolean claim(AppendRequest request, Set<UUID> commandsTaken, Set<UUID> streamsTaken) {
        boolean free = commandsTaken.add(request.commandId());
        for (StreamAppend append : request.streams()) {
            free &= streamsTaken.add(append.stream());
        }
        return free;
    }

    private boolean isLarge(Waiting waiting) {
        return waiting.events() > settings.maxBatchEvents();
    }

    private void left(Waiting waiting) {
        commands.decrementAndGet();
        bytes.addAndGet(-waiting.size());
    }
}

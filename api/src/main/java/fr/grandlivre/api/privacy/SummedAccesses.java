package fr.grandlivre.api.privacy;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Adds up the answers that a verification code alone gave, by certificate and hour, and records the sums little by little
 * when their hour is over, earlier when they become many, and at once when the application stops. What could not be recorded
 * is sent again under the same command id, so that it has no second effect. What a killed node had not recorded yet is lost:
 * at most an hour of sums that name nobody, and those that wait for their turn. Thread-safe.
 */
@Component
public class SummedAccesses implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SummedAccesses.class);

    private static final long SECONDS_OF_HOUR = Duration.ofHours(1).toSeconds();

    /** How soon it is seen that they have become many. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** How soon it is seen that an hour is over. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final Consumer<SummariseAccesses> ledger;
    private final ServerClock clock;
    private final Counter uncounted;
    private final Map<Hour, Integer> sums = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile @Nullable Thread recorder;

    /** Taken from the sums, and not known to be recorded; guarded by the lock. */
    private @Nullable SummariseAccesses unsent;

    @Autowired
    SummedAccesses(Commands commands, ServerClock clock, MeterRegistry meters) {
        this(
                batch -> commands.dispatch(batch, Caller.first(batch.batch(), Caller.POLICIES, Role.SYSTEM, null)),
                clock,
                meters);
    }

    /** @param ledger has no second effect when it is given the same batch again */
    SummedAccesses(Consumer<SummariseAccesses> ledger, ServerClock clock, MeterRegistry meters) {
        this.ledger = ledger;
        this.clock = clock;
        // While the ledger is away, sums wait; beyond the most they are counted by this meter alone.
        this.uncounted = meters.counter("ledger.access.uncounted");
    }

    /** @param number of hours since 1970 */
    private record Hour(LearnerId holder, CertificateId certificate, long number) {
        AccessSummarised with(int count) {
            return new AccessSummarised(holder, certificate, Instant.ofEpochSecond(number * SECONDS_OF_HOUR), count);
        }
    }

    /** Counts one answer by code alone. */
    public void count(CertificateId certificate, LearnerId holder) {
        if (sums.size() >= RecordingPace.MOST) {
            uncounted.increment();
        } else {
            sums.merge(new Hour(holder, certificate, hour()), 1, Integer::sum);
        }
    }

    private long hour() {
        return clock.now().getEpochSecond() / SECONDS_OF_HOUR;
    }

    /** Records all sums, also those of the current hour. */
    public void recordAll() {
        while (recordSome(_ -> true) > 0) {
            // The next ones.
        }
    }

    /** @return how many sums were recorded; 0 when there are none, and when the ledger takes none */
    int recordSome(Predicate<Long> wantedHour) {
        sending.lock();
        try {
            SummariseAccesses batch = unsent == null ? take(wantedHour) : unsent;
            unsent = batch;
            if (batch == null) {
                return 0;
            }
            ledger.accept(batch);
            unsent = null;
            return batch.sums().size();
        } catch (RuntimeException later) {
            LOG.warn(
                    "sums of readings wait for the ledger: {}", later.getClass().getSimpleName());
            return 0;
        } finally {
            sending.unlock();
        }
    }

    /** An answer counted at the same time starts a new sum. */
    private @Nullable SummariseAccesses take(Predicate<Long> wantedHour) {
        List<AccessSummarised> taken = new ArrayList<>();
        for (Iterator<Hour> hours = sums.keySet().iterator();
                hours.hasNext() && taken.size() < AccessCommand.MOST_SUMS; ) {
            Hour hour = hours.next();
            if (wantedHour.test(hour.number())) {
                Integer count = sums.remove(hour);
                if (count != null) {
                    taken.add(hour.with(count));
                }
            }
        }
        return taken.isEmpty() ? null : new SummariseAccesses(UUID.randomUUID(), taken);
    }

    private void keepRecording() {
        long nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        while (recorder == Thread.currentThread()) {
            Duration pause = IDLE;
            boolean many = sums.size() >= RecordingPace.MANY;
            if (many || System.nanoTime() - nextLook >= 0) {
                long current = hour();
                int recorded = recordSome(hour -> many || hour < current);
                if (recorded > 0) {
                    pause = RecordingPace.pause(recorded, sums.size());
                } else {
                    nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
                }
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void start() {
        Thread started = Thread.ofVirtual().name("sums-of-readings").unstarted(this::keepRecording);
        recorder = started;
        started.start();
    }

    /** After the last request, before the ledger closes. */
    @Override
    public void stop() {
        LockSupport.unpark(recorder);
        recorder = null;
        recordAll();
    }

    @Override
    public boolean isRunning() {
        return recorder != null;
    }

    /** The web server has a greater phase, and stops first. */
    @Override
    public int getPhase() {
        return 0;
    }
}

package fr.grandlivre.api.privacy;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.ParisDays;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Adds up the answers that a verification code alone gave, by certificate and hour, and records the sums when an hour is
 * over, when they become many, and when the application stops. A sum keeps its command id until it is recorded, so that
 * sending it again has no second effect. What a killed node had not recorded yet is lost: at most an hour of sums that name
 * nobody. Thread-safe.
 */
@Component
public class SummedAccesses implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SummedAccesses.class);

    /**
     * About 20 MB; a node that answers about more certificates in an hour records its sums early, hence twice for some. The
     * day of results is expected to bring a tenth of a million certificates an hour.
     */
    static final int MANY = 100_000;

    /** While the ledger is away, sums wait; beyond this they are counted by a meter alone. */
    static final int MOST = 2 * MANY;

    /** Enough to share commits of the ledger, few enough to leave room to everybody else. */
    private static final int AT_ONCE = 32;

    private final Commands commands;
    private final ServerClock clock;
    private final Counter uncounted;
    private final String run = UUID.randomUUID().toString();
    private final Map<Hour, AtomicInteger> sums = new ConcurrentHashMap<>();
    private final Map<UUID, SummariseAccesses> unsent = new ConcurrentHashMap<>();
    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicBoolean early = new AtomicBoolean();
    private final ReentrantLock sending = new ReentrantLock();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;

    SummedAccesses(Commands commands, ServerClock clock, MeterRegistry meters) {
        this.commands = commands;
        this.clock = clock;
        this.uncounted = meters.counter("ledger.access.uncounted");
    }

    private record Hour(LearnerId holder, CertificateId certificate, Instant begin) {}

    /** Counts one answer by code alone. */
    public void count(CertificateId certificate, LearnerId holder) {
        if (sums.size() + unsent.size() >= MOST) {
            uncounted.increment();
            return;
        }
        Hour hour = new Hour(holder, certificate, clock.now().truncatedTo(ChronoUnit.HOURS));
        sums.compute(hour, (_, sum) -> {
            AtomicInteger counted = sum == null ? new AtomicInteger() : sum;
            counted.incrementAndGet();
            return counted;
        });
        if (sums.size() >= MANY && early.compareAndSet(false, true)) {
            senders.execute(() -> {
                try {
                    recordAll();
                } finally {
                    early.set(false);
                }
            });
        }
    }

    /** Records the sums of hours that are over. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void recordPast() {
        Instant current = clock.now().truncatedTo(ChronoUnit.HOURS);
        send(hour -> hour.begin().isBefore(current));
    }

    /** Records all sums, also those of the current hour. */
    public void recordAll() {
        send(_ -> true);
    }

    private void send(Predicate<Hour> wanted) {
        sending.lock();
        try {
            take(wanted);
            Semaphore places = new Semaphore(AT_ONCE);
            unsent.forEach((id, sum) -> {
                places.acquireUninterruptibly();
                senders.execute(() -> {
                    try {
                        record(id, sum);
                    } finally {
                        places.release();
                    }
                });
            });
            places.acquireUninterruptibly(AT_ONCE);
        } finally {
            sending.unlock();
        }
    }

    /** Moves sums to those that wait for the ledger; an answer counted at the same time starts a new sum. */
    private void take(Predicate<Hour> wanted) {
        for (Iterator<Hour> hours = sums.keySet().iterator(); hours.hasNext(); ) {
            Hour hour = hours.next();
            if (wanted.test(hour)) {
                sums.computeIfPresent(hour, (_, sum) -> {
                    unsent.put(commandId(hour), summarise(hour, sum.get()));
                    return null;
                });
            }
        }
    }

    private UUID commandId(Hour hour) {
        String name = "accesses/" + run + "/" + hour.certificate() + "/" + hour.begin() + "/" + parts.incrementAndGet();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static SummariseAccesses summarise(Hour hour, int count) {
        return new SummariseAccesses(
                hour.holder(), hour.certificate(), hour.begin(), count, ParisDays.of(hour.begin()));
    }

    private void record(UUID id, SummariseAccesses sum) {
        try {
            commands.dispatch(sum, Caller.first(id, Caller.POLICIES, Role.SYSTEM, null));
            unsent.remove(id);
        } catch (RuntimeException later) {
            LOG.warn(
                    "a sum of readings waits for the ledger: {}",
                    later.getClass().getSimpleName());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** After the last request, before the ledger closes. */
    @Override
    public void stop() {
        running = false;
        recordAll();
        senders.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The web server has a greater phase, and stops first. */
    @Override
    public int getPhase() {
        return 0;
    }
}

package fr.grandlivre.store;

import fr.grandlivre.store.AppendCall.Outcome;
import fr.grandlivre.store.WaitingLine.Waiting;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the commands of many callers in few transactions: whatever waits when one has committed goes into the next.
 * A caller's future completes when its events are durable, or with a {@link LedgerException}.
 *
 * <p>One thread and one connection of its own. Several writers, in any number of processes, may share a database.
 * Thread-safe.
 */
public final class LedgerWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerWriter.class);

    /** How often an idle writer looks whether it was closed. */
    private static final long IDLE_MILLIS = 100;

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    /** A caller who was answered is waited for half as long as a transaction takes, and never longer than this. */
    private static final long LONGEST_PATIENCE_NANOS = 1_000_000;

    /** So few callers are woken by the writer itself: sooner for them, and nobody else waits. */
    private static final int ANSWERED_HERE = 4;

    /** A writer that is closed finishes what waits, but does not outlive this. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

    private final DataSource connections;
    private final Clock clock;
    private final LedgerTail tail;
    private final WriterSettings settings;
    private final WriterMeters meters;
    private final EventTypes types = new EventTypes();
    private final WaitingLine line;
    private final Thread thread;

    /** Threads that hand answers out; of the writer's thread. */
    private final List<Thread> waking = new ArrayList<>();

    private volatile boolean closed;

    /** Set before the line is emptied for the last time. */
    private volatile boolean gone;

    private @Nullable AppendCall call;
    private long lastPosition;
    private long partitionsEnd;
    private long patienceNanos;

    /**
     * Starts the writer's thread. The database may still be down.
     *
     * @param connections opens a connection that is not pooled; its user is a member of {@code grandlivre_app}
     * @param clock       the domain's clock; gives {@code recordedAt}
     * @param tail        told of every batch, before its callers are answered
     * @param registry    gets the meters {@code ledger.writer.*}
     * @param settings    limits
     */
    public LedgerWriter(
            DataSource connections, Clock clock, LedgerTail tail, MeterRegistry registry, WriterSettings settings) {
        this.connections = connections;
        this.clock = clock;
        this.tail = tail;
        this.settings = settings;
        this.line = new WaitingLine(settings);
        this.meters = new WriterMeters(registry, line);
        this.thread = Thread.ofPlatform().name("ledger-writer").daemon(true).unstarted(this::run);
        thread.start();
    }

    /**
     * @param request all events of a command
     * @return completes when the events are durable; exceptionally with {@link StreamConflictException},
     *     {@link CommandReusedException}, {@link LedgerUnavailableException} or {@link LedgerRejectedException}
     * @throws LedgerOverloadedException at once, when too many commands wait
     */
    public CompletableFuture<Appended> append(AppendRequest request) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        Waiting waiting = new Waiting(
                request,
                request.eventCount(),
                request.size(),
                System.nanoTime() + settings.giveUpAfter().toNanos(),
                answer);
        if (closed) {
            throw new LedgerUnavailableException(settings.retryAfter(), false, null);
        }
        if (!line.join(waiting)) {
            meters.refused("overloaded");
            throw new LedgerOverloadedException(settings.retryAfter());
        }
        if (gone) {
            // The writer left between the two looks: nobody would ever take this command.
            answer.completeExceptionally(new LedgerUnavailableException(settings.retryAfter(), false, null));
        }
        return answer;
    }

    /** Refuses new commands, finishes those that wait, and ends. */
    @Override
    public void close() {
        closed = true;
        EndOfThread.await(thread, CLOSE_WITHIN);
    }

    private void run() {
        try {
            prepare();
            while (!closed || line.length() > 0) {
                List<Waiting> batch = line.next(IDLE_MILLIS, patienceNanos);
                if (!batch.isEmpty()) {
                    record(batch, 1);
                }
            }
        } catch (InterruptedException _) {
            log.warn("The ledger's writer was stopped with {} commands waiting", line.length());
        } finally {
            closed = true;
            disconnect();
            gone = true;
            waking.forEach(thread -> EndOfThread.await(thread, CLOSE_WITHIN));
            line.all().forEach(waiting -> unavailable(waiting, false, null));
        }
    }

    /** Connects ahead of the first command, so that it does not pay for it. */
    private void prepare() {
        try {
            connected();
        } catch (SQLException failure) {
            log.warn("The ledger's database does not answer yet ({})", failure.getSQLState());
            disconnect();
        }
    }

    /**
     * Records a batch, whatever happens to the connection: receipts make a second sending harmless.
     *
     * @param attempt 1 when the batch was certainly never sent before
     */
    private void record(List<Waiting> batch, int attempt) throws InterruptedException {
        int at = attempt;
        boolean sent = attempt > 1;
        long pauseMillis = 0;
        while (true) {
            SQLException failure;
            try {
                AppendCall ready = connected();
                ensurePartitions(ready.connection());
                sent = true;
                send(ready, batch, at);
                return;
            } catch (SQLException caught) {
                failure = caught;
            } catch (RuntimeException defect) {
                // The driver's state is unknown; the batch's may be. Whoever asks again learns from the receipts.
                log.error("The ledger's writer met a defect", defect);
                disconnect();
                boolean unknown = sent;
                batch.forEach(waiting -> unavailable(waiting, unknown, defect));
                return;
            }
            switch (Failure.of(failure)) {
                case NO_PARTITION -> partitionsEnd = 0;
                case TRANSIENT -> {
                    disconnect();
                    if (pauseMillis == 0) {
                        log.warn("The ledger's database does not answer ({}): trying again", failure.getSQLState());
                    }
                }
                case LASTING -> {
                    isolate(batch, at, failure);
                    return;
                }
            }
            at++;
            pauseMillis = pauseMillis == 0 ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            Thread.sleep(pauseMillis);
            if (giveUp(batch, sent, failure)) {
                return;
            }
        }
    }

    private void send(AppendCall ready, List<Waiting> batch, int attempt) throws SQLException {
        long start = System.nanoTime();
        List<AppendRequest> requests = new ArrayList<>(batch.size());
        int events = 0;
        for (Waiting waiting : batch) {
            requests.add(waiting.request());
            events += waiting.events();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Outcome> outcomes = ready.append(requests, now);
        long took = System.nanoTime() - start;
        patienceNanos = Math.min(took / 2, LONGEST_PATIENCE_NANOS);
        meters.batch(events, took);
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Accepted(Appended appended)) {
                lastPosition = appended.lastPosition();
            }
        }
        // The tail first: who has an answer may rely on the tail to know its position.
        tail.reached(lastPosition);
        if (batch.size() <= ANSWERED_HERE) {
            settle(batch, outcomes, attempt);
        } else {
            // Waking many callers takes as long as a commit: they are woken while the next batch is under way.
            waking.removeIf(thread -> !thread.isAlive());
            waking.add(Thread.startVirtualThread(() -> settle(batch, outcomes, attempt)));
        }
    }

    private void settle(List<Waiting> batch, List<Outcome> outcomes, int attempt) {
        for (int i = 0; i < outcomes.size(); i++) {
            settle(batch.get(i), outcomes.get(i), attempt);
        }
    }

    private void settle(Waiting waiting, Outcome outcome, int attempt) {
        switch (outcome) {
            case Outcome.Accepted(Appended appended) -> waiting.answer().complete(appended);
            case Outcome.Repeated(Appended first) -> waiting.answer().complete(answered(waiting, first, attempt));
            case Outcome.Conflict _ -> {
                meters.refused("conflict");
                waiting.answer()
                        .completeExceptionally(
                                new StreamConflictException(waiting.request().commandId()));
            }
            case Outcome.Reused _ -> {
                meters.refused("reused");
                waiting.answer()
                        .completeExceptionally(
                                new CommandReusedException(waiting.request().commandId()));
            }
        }
    }

    /** A receipt found at a second sending is this very request's, if it ends where this request would have ended. */
    private static Appended answered(Waiting waiting, Appended first, int attempt) {
        StreamAppend last = waiting.request().streams().getLast();
        boolean own = attempt > 1
                && first.stream().equals(last.stream())
                && first.seq() == last.firstSeq() + last.events().size() - 1;
        return own
                ? new Appended(
                        first.commandId(),
                        first.firstPosition(),
                        first.lastPosition(),
                        first.stream(),
                        first.seq(),
                        false)
                : first;
    }

    /** One command poisons the batch: halves it until the culprit stands alone, so that only the culprit fails. */
    private void isolate(List<Waiting> batch, int attempt, SQLException failure) throws InterruptedException {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            record(batch.subList(0, half), attempt);
            record(batch.subList(half, batch.size()), attempt);
            return;
        }
        Waiting culprit = batch.getFirst();
        // The server's message may quote the row: the state alone says enough.
        log.error("The ledger refuses command {} ({})", culprit.request().commandId(), failure.getSQLState());
        meters.refused("rejected");
        culprit.answer().completeExceptionally(new LedgerRejectedException("SQL state " + failure.getSQLState(), null));
    }

    /** @return whether the batch was given up; commands that still wait may be given up too */
    private boolean giveUp(List<Waiting> batch, boolean sent, SQLException failure) {
        long now = System.nanoTime();
        line.expired(now).forEach(waiting -> unavailable(waiting, false, failure));
        if (batch.stream().anyMatch(waiting -> waiting.deadlineNanos() - now > 0)) {
            return false;
        }
        batch.forEach(waiting -> unavailable(waiting, sent, failure));
        return true;
    }

    private void unavailable(Waiting waiting, boolean outcomeUnknown, @Nullable Throwable cause) {
        meters.refused("unavailable");
        waiting.answer()
                .completeExceptionally(new LedgerUnavailableException(settings.retryAfter(), outcomeUnknown, cause));
    }

    private AppendCall connected() throws SQLException {
        AppendCall open = call;
        if (open != null) {
            return open;
        }
        Connection connection = connections.getConnection();
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(settings.replyTimeout().toMillis()));
            connection.setAutoCommit(true);
            try (Statement set = connection.createStatement()) {
                // A writer that is frozen in mid-transaction must not hold the ledger. Plans: see R__append.sql.
                set.execute("""
                    set synchronous_commit = on;
                    set plan_cache_mode = force_generic_plan;
                    set enable_seqscan = off;
                    set enable_bitmapscan = off;
                    set enable_hashjoin = off;
                    set enable_mergejoin = off;
                    set idle_in_transaction_session_timeout = '5s';
                    set lock_timeout = '2s';
                    set tcp_user_timeout = '5s';
                    set application_name = 'ledger-writer'\
                    """);
            }
            try (Statement select = connection.createStatement();
                    ResultSet head = select.executeQuery("select position from ledger.ledger_head")) {
                head.next();
                lastPosition = Math.max(lastPosition, head.getLong(1));
            }
            AppendCall opened = new AppendCall(connection, types);
            partitionsEnd = 0;
            ensurePartitions(connection);
            call = opened;
            return opened;
        } catch (SQLException | RuntimeException failure) {
            AppendCall.closeQuietly(connection);
            throw failure;
        }
    }

    /** Another process may be ahead of what this one knows; then the append says NO_PARTITION. */
    private void ensurePartitions(Connection connection) throws SQLException {
        long ahead = settings.partitionsAhead();
        if (partitionsEnd - lastPosition - 1 > ahead) {
            return;
        }
        try (PreparedStatement prepare = connection.prepareStatement("select ledger.prepare_partitions(?, ?)")) {
            prepare.setLong(1, settings.partitionSize());
            prepare.setLong(2, ahead);
            try (ResultSet row = prepare.executeQuery()) {
                row.next();
                partitionsEnd = row.getLong(1);
            }
        }
    }

    private void disconnect() {
        AppendCall open = call;
        call = null;
        if (open != null) {
            open.close();
        }
    }

    /** The meters of one writer. */
    private static final class WriterMeters {
        private static final List<String> REASONS =
                List.of("overloaded", "conflict", "reused", "rejected", "unavailable");

        private final MeterRegistry registry;
        private final DistributionSummary events;
        private final Timer seconds;

        WriterMeters(MeterRegistry registry, WaitingLine line) {
            this.registry = registry;
            // From the start, so that an alert can tell none from unknown.
            for (String reason : REASONS) {
                registry.counter("ledger.writer.refusals", "reason", reason);
            }
            Gauge.builder("ledger.writer.queue", line, WaitingLine::length)
                    .description("commands that wait for the writer")
                    .strongReference(true)
                    .register(registry);
            this.events = DistributionSummary.builder("ledger.writer.batch.events")
                    .description("events in one transaction")
                    .register(registry);
            this.seconds = Timer.builder("ledger.writer.batch.seconds")
                    .description("time of one transaction, from the first byte to its durable end")
                    .register(registry);
        }

        void batch(int count, long nanos) {
            events.record(count);
            seconds.record(Duration.ofNanos(nanos));
        }

        void refused(String reason) {
            registry.counter("ledger.writer.refusals", "reason", reason).increment();
        }
    }
}

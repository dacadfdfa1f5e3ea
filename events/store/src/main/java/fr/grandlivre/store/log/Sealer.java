package fr.grandlivre.store.log;

import fr.grandlivre.store.ArrayParameter;
import fr.grandlivre.store.EndOfThread;
import fr.grandlivre.store.HashedEvent;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.LedgerUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger and seals it: one step hashes what was appended, writes tiles and signs a checkpoint, in one
 * transaction. Of the sealers of a ledger, on any number of nodes, one works; the others take over when it is gone.
 *
 * <p>It signs only what continues the last signed checkpoint, which every node also keeps outside the database. Otherwise
 * it refuses and says why until somebody has put the ledger right. One thread and one connection of its own. Thread-safe.
 */
public final class Sealer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sealer.class);

    /** Events of one step: some 100 ms of work, and a transaction of 700 kB. */
    public static final int AT_ONCE = 20_000;

    /** Steps are this far apart unless there is a whole one to do: the more events share a checkpoint, the cheaper. */
    public static final Duration EVERY = Duration.ofMillis(200);

    /** The file outside the database costs a flush of the disk that holds the database, too. */
    private static final Duration KEEP_EVERY = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** "SEALER" in ASCII: the advisory lock that the working sealer holds as long as its connection lives. */
    private static final long LOCK = 0x5345_414c_4552L;

    /** What {@code ledger.seal} answers when a tile or a checkpoint would be replaced. */
    private static final String REWRITTEN = "GL002";

    private final DataSource connections;
    private final LedgerReader reader;
    private final LedgerTail tail;
    private final TransparencyLog stored;
    private final NoteSigner signer;
    private final LastCheckpoint kept;
    private final Clock clock;
    private final LogEntry entries = new LogEntry();
    private final Merkle merkle = new Merkle();
    private final ArrayParameter levels = ArrayParameter.ofShorts();
    private final ArrayParameter indexes = ArrayParameter.ofLongs();
    private final ArrayParameter hashes = ArrayParameter.ofBytes();
    private final Thread thread;

    private @Nullable Connection connection;
    private @Nullable String keptNote;
    private long keptNanos = System.nanoTime() - KEEP_EVERY.toNanos();
    private volatile @Nullable SealedCheckpoint last;
    private volatile @Nullable String refusal;

    /** When something unsealed was first seen, by {@link System#nanoTime()}; 0 while everything is sealed. */
    private volatile long unsealedSince;

    private volatile boolean closed;

    /**
     * Starts the sealer's thread. The database may still be down.
     *
     * @param connections opens a connection that is not pooled; its user is a member of {@code grandlivre_app}
     * @param reader      reads what to seal
     * @param tail        tells of new events
     * @param stored      the log so far; its first key is the signer's
     * @param signer      signs checkpoints
     * @param kept        this node's memory outside the database
     * @param clock       the system's clock
     * @param registry    gets {@code ledger.log.size}, {@code ledger.sealer.lag.seconds}, {@code ledger.sealer.refusing}
     *                    and {@code ledger.checkpoint.age.seconds}
     */
    public Sealer(
            DataSource connections,
            LedgerReader reader,
            LedgerTail tail,
            TransparencyLog stored,
            NoteSigner signer,
            LastCheckpoint kept,
            Clock clock,
            MeterRegistry registry) {
        this.connections = connections;
        this.reader = reader;
        this.tail = tail;
        this.stored = stored;
        this.signer = signer;
        this.kept = kept;
        this.clock = clock;
        gauges(registry);
        this.thread = Thread.ofPlatform().name("ledger-sealer").daemon(true).unstarted(this::run);
        thread.start();
    }

    private void gauges(MeterRegistry registry) {
        Gauge.builder("ledger.log.size", this, sealer -> sealer.size())
                .description("events under the last checkpoint")
                .register(registry);
        Gauge.builder("ledger.sealer.lag.seconds", this, sealer -> sealer.lag().toMillis() / 1e3)
                .description("how long an event has been waiting for its seal; 0 when all are sealed")
                .register(registry);
        Gauge.builder(
                        "ledger.checkpoint.age.seconds",
                        this,
                        sealer -> sealer.age().toMillis() / 1e3)
                .description("age of the last checkpoint; 0 when nothing is unsealed")
                .register(registry);
        Gauge.builder("ledger.sealer.refusing", this, sealer -> sealer.refusal().isPresent() ? 1 : 0)
                .description("1 when the sealer found the log changed behind its back and signs nothing")
                .register(registry);
    }

    /** @return events under the last checkpoint that this node knows */
    public long size() {
        SealedCheckpoint known = last;
        return known == null ? 0 : known.checkpoint().size();
    }

    /** @return how long an event has been waiting for its seal; zero when all are sealed */
    public Duration lag() {
        long since = unsealedSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    private Duration age() {
        SealedCheckpoint known = last;
        return known == null || unsealedSince == 0
                ? Duration.ZERO
                : Duration.between(known.signedAt(), clock.instant());
    }

    /** @return why nothing is signed any more; empty while all is well */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    private void run() {
        boolean failing = false;
        while (!closed) {
            try {
                work();
                failing = false;
            } catch (LogDamagedException damaged) {
                refuse(String.valueOf(damaged.getMessage()));
            } catch (SQLException | LedgerUnavailableException | UncheckedIOException failure) {
                if (!failing) {
                    log.warn("The sealer waits: {}", reason(failure));
                }
                failing = true;
            } catch (InterruptedException _) {
                break;
            } catch (RuntimeException defect) {
                log.error("The sealer met a defect", defect);
            }
            disconnect();
            noteUnsealed(System.nanoTime());
            pause(LOOK_AGAIN);
        }
        disconnect();
    }

    // What the database says may quote a row; its state says enough.
    private static String reason(Exception failure) {
        return failure instanceof SQLException sql
                ? "SQL state " + sql.getSQLState()
                : String.valueOf(failure.getMessage());
    }

    private void refuse(String why) {
        if (!why.equals(refusal)) {
            log.error("The transparency log is not continued: {}", why);
        }
        refusal = why;
    }

    private void pause(Duration time) {
        if (!closed) {
            try {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            } catch (InterruptedException _) {
                closed = true;
            }
        }
    }

    /** Seals as long as this sealer is the one that works; returns when another one is. */
    private void work() throws SQLException, InterruptedException {
        Connection own = connect();
        if (!lock(own)) {
            follow();
            refusal = null;
            return;
        }
        TreeEdge tree = begin();
        refusal = null;
        long next = System.nanoTime();
        while (!closed) {
            if (tail.awaitBeyond(tree.size(), EVERY) || !tail.watching()) {
                long start = System.nanoTime();
                noteUnsealed(start);
                int sealed = step(own, tree);
                noteSealed(tree.size(), start, sealed == AT_ONCE);
                next = sealed == AT_ONCE ? start : start + EVERY.toNanos();
            }
            keep(false);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
        }
        keep(true);
    }

    private void noteUnsealed(long now) {
        if (unsealedSince == 0 && tail.head() > size()) {
            unsealedSince = now;
        }
    }

    /** @param more whether the step was full, so that older events may still wait */
    private void noteSealed(long sealedUpTo, long stepBegan, boolean more) {
        if (tail.head() <= sealedUpTo) {
            unsealedSince = 0;
        } else if (!more) {
            unsealedSince = stepBegan;
        }
    }

    private Connection connect() throws SQLException {
        Connection opened = connections.getConnection();
        connection = opened;
        try (Statement set = opened.createStatement()) {
            set.execute("set idle_in_transaction_session_timeout = '5s'; set tcp_user_timeout = '5s';"
                    + " set application_name = 'ledger-sealer'");
        }
        return opened;
    }

    private static boolean lock(Connection own) throws SQLException {
        try (PreparedStatement lock = own.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Another sealer works: remembers what it signed, so that this node can tell if the database forgets it. */
    private void follow() {
        Optional<SealedCheckpoint> signed = stored.latest();
        signed.ifPresent(head -> {
            continues(head);
            last = head;
            keep(true);
        });
        long head = reader.head();
        if (head <= size()) {
            unsealedSince = 0;
        } else if (unsealedSince == 0) {
            unsealedSince = System.nanoTime();
        }
    }

    /** @return the tree as it was signed last, proved against this node's memory and against the tiles */
    private TreeEdge begin() {
        Optional<SealedCheckpoint> signed = stored.latest();
        if (signed.isEmpty()) {
            kept.read().ifPresent(note -> {
                throw new LogDamagedException("no checkpoint is stored, but " + kept + " keeps one");
            });
            last = null;
            return new TreeEdge();
        }
        SealedCheckpoint head = signed.get();
        continues(head);
        TreeEdge tree = TreeEdge.of(head.checkpoint().size(), stored.tiles());
        if (!Arrays.equals(tree.root(), head.checkpoint().root())) {
            throw new LogDamagedException("the tiles do not give the root signed at "
                    + head.checkpoint().size());
        }
        last = head;
        return tree;
    }

    /** @throws LogDamagedException unless a checkpoint continues the one that is kept outside the database */
    private void continues(SealedCheckpoint head) {
        Optional<String> note = kept.read();
        if (note.isEmpty()) {
            log.info(
                    "Begins to keep checkpoints in {} at size {}",
                    kept,
                    head.checkpoint().size());
            return;
        }
        keptNote = note.get();
        if (head.note().equals(keptNote)) {
            return;
        }
        Checkpoint before = stored.open(keptNote)
                .orElseThrow(() -> new LogDamagedException("no known key of this log signed what " + kept + " keeps"));
        Checkpoint now = head.checkpoint();
        if (now.size() < before.size()) {
            throw new LogDamagedException("the last checkpoint stored has size %d, the one kept in %s size %d"
                    .formatted(now.size(), kept, before.size()));
        }
        List<byte[]> proof = stored.consistency(before.size(), now.size());
        if (!merkle.continues(before.size(), before.root(), now.size(), now.root(), proof)) {
            throw new LogDamagedException("the checkpoint stored at size %d does not continue the one kept at size %d"
                    .formatted(now.size(), before.size()));
        }
    }

    /** @return how many events were sealed, 0 to {@link #AT_ONCE} */
    private int step(Connection own, TreeEdge tree) throws SQLException {
        List<HashedEvent> events = reader.hashed(tree.size(), AT_ONCE);
        if (events.isEmpty()) {
            return 0;
        }
        long before = tree.size();
        List<Tile> tiles = new ArrayList<>();
        for (HashedEvent event : events) {
            // The database shows positions in the order of commits: one that is missing here was taken away.
            if (event.position() != tree.size() + 1) {
                throw new LogDamagedException("position %d is missing before it was sealed".formatted(tree.size() + 1));
            }
            tree.append(entries.leafHash(event), tiles::add);
        }
        Checkpoint checkpoint = new Checkpoint(stored.origin(), tree.size(), tree.root());
        prove(checkpoint, tiles, tree);
        tiles.addAll(tree.grown());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SealedCheckpoint signed = new SealedCheckpoint(checkpoint, now, SignedNote.sign(checkpoint.text(), signer));
        write(own, before, signed, tiles);
        last = signed;
        return events.size();
    }

    /** The newest tiles alone prove that the new tree continues the last one: the older ones are to their left. */
    private void prove(Checkpoint next, List<Tile> full, TreeEdge tree) {
        SealedCheckpoint before = last;
        if (before == null) {
            return;
        }
        Map<String, byte[]> newest = new HashMap<>();
        full.forEach(tile -> newest.put(tile.level() + "/" + tile.index(), tile.hashes()));
        tree.partial().forEach(tile -> newest.put(tile.level() + "/" + tile.index(), tile.hashes()));
        Merkle.Subtrees subtrees = Tile.subtrees((level, index) -> {
            byte[] tile = newest.get(level + "/" + index);
            if (tile == null) {
                throw new LogDamagedException("tile %d/%d is not at the edge".formatted(level, index));
            }
            return tile;
        });
        long earlier = before.checkpoint().size();
        List<byte[]> proof = merkle.consistency(earlier, next.size(), subtrees);
        if (!merkle.continues(earlier, before.checkpoint().root(), next.size(), next.root(), proof)) {
            throw new LogDamagedException(
                    "the tree of size %d does not continue the one of size %d".formatted(next.size(), earlier));
        }
    }

    private void write(Connection own, long before, SealedCheckpoint signed, List<Tile> tiles) throws SQLException {
        levels.clear();
        indexes.clear();
        hashes.clear();
        for (Tile tile : tiles) {
            levels.add((short) tile.level());
            indexes.add(tile.index());
            hashes.add(tile.hashes());
        }
        try (PreparedStatement seal = own.prepareStatement("select ledger.seal(?, ?, ?, ?, ?, ?, ?, ?)")) {
            seal.setLong(1, before);
            seal.setLong(2, signed.checkpoint().size());
            seal.setBytes(3, signed.checkpoint().root());
            seal.setObject(4, signed.signedAt().atOffset(ZoneOffset.UTC));
            seal.setString(5, signed.note());
            seal.setObject(6, levels);
            seal.setObject(7, indexes);
            seal.setObject(8, hashes);
            seal.execute();
        } catch (SQLException failure) {
            if (REWRITTEN.equals(failure.getSQLState())) {
                throw new LogDamagedException("what is stored of the log after size %d is not this sealer's: %s"
                        .formatted(before, failure.getMessage()));
            }
            throw failure;
        }
    }

    /** @param now whether to keep it although another one was kept a moment ago */
    private void keep(boolean now) {
        SealedCheckpoint signed = last;
        if (signed != null
                && !signed.note().equals(keptNote)
                && (now || System.nanoTime() - keptNanos > KEEP_EVERY.toNanos())) {
            kept.write(signed.note());
            keptNote = signed.note();
            keptNanos = System.nanoTime();
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException _) {
                // Lost already: the server has let go of the lock.
            }
        }
    }

    /** Finishes its step and lets another sealer take over. */
    @Override
    public void close() {
        closed = true;
        EndOfThread.await(thread, CLOSE_WITHIN);
    }
}

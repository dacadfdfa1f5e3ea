package fr.grandlivre.store.log;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.store.Queries;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.log.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads rows in position order, hashes them and notices what is missing or too many. One thread at a time. */
final class EventScan {
    /** Rows read at once: some 3 MB. */
    private static final int PAGE = 5_000;

    /** Names the keys that were deleted, as {@code kids}. */
    private static final String ERASED = "person.erased";

    private final Queries queries;
    private final Findings findings;
    private final long after;
    private final long size;
    private final long head;
    private final LogEntry entries = new LogEntry();
    private long expected;
    private Instant recordedAt = Instant.MIN;
    private long erasedKeys;

    /**
     * @param after position before the first one read
     * @param size  last position that is sealed
     * @param head  last position read
     */
    EventScan(Queries queries, Findings findings, long after, long size, long head) {
        this.queries = queries;
        this.findings = findings;
        this.after = after;
        this.size = size;
        this.head = head;
        this.expected = after + 1;
    }

    /** Gets the sealed positions in order, each once. */
    @FunctionalInterface
    interface Leaves {
        /** @param hash of the leaf as the row gives it; null when there is no row */
        void leaf(long position, byte @Nullable [] hash);
    }

    long erasedKeys() {
        return erasedKeys;
    }

    void run(Leaves leaves, Consumer<Fsck.Progress> progress) {
        long started = System.nanoTime();
        // The next page is on its way while this one is hashed.
        try (ExecutorService ahead = Executors.newSingleThreadExecutor()) {
            CompletableFuture<List<StoredEvent>> next = CompletableFuture.supplyAsync(() -> page(after), ahead);
            for (long from = after; from < head; from += PAGE) {
                List<StoredEvent> rows = join(next);
                long upTo = Math.min(head, from + PAGE);
                next = CompletableFuture.supplyAsync(() -> upTo < head ? page(upTo) : List.of(), ahead);
                rows.forEach(row -> read(row, leaves));
                missing(upTo + 1, leaves);
                progress.accept(new Fsck.Progress(upTo, head, Duration.ofNanos(System.nanoTime() - started)));
            }
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private void read(StoredEvent row, Leaves leaves) {
        if (row.position() < expected) {
            findings.add(row.position(), Kind.EXTRA, "the position stands twice");
            return;
        }
        missing(row.position(), leaves);
        expected = row.position() + 1;
        if (row.position() <= size) {
            leaves.leaf(row.position(), entries.leafHash(row));
        } else if (row.recordedAt().isBefore(recordedAt)) {
            findings.add(row.position(), Kind.ALTERED, "recorded before the event in front of it");
        }
        recordedAt = row.recordedAt();
        if (row.type().equals(ERASED)) {
            erasedKeys += kids(row.payload());
        }
    }

    private static int kids(byte[] payload) {
        try {
            return CanonicalJson.tree(payload).path("kids").size();
        } catch (JacksonException _) {
            // A changed payload is a finding of its own.
            return 0;
        }
    }

    private void missing(long upToBefore, Leaves leaves) {
        for (; expected < upToBefore; expected++) {
            findings.add(expected, Kind.MISSING, "no event stands here");
            if (expected <= size) {
                leaves.leaf(expected, null);
            }
        }
    }

    /** A row whose type is gone from the catalogue of types is read as well: its leaf shows it. */
    private List<StoredEvent> page(long from) {
        return queries.read(
                """
                select e.position, e.stream, e.seq, e.event_id, coalesce(t.name, ''), coalesce(t.version, 0),
                    e.recorded_at, e.metadata, e.payload
                from ledger.event e left join ledger.event_type t on t.id = e.type
                where e.position > ? and e.position <= ? order by e.position\
                """,
                select -> {
                    select.setLong(1, from);
                    select.setLong(2, Math.min(head, from + PAGE));
                },
                (_, row) -> {
                    List<StoredEvent> events = new ArrayList<>();
                    while (row.next()) {
                        events.add(new StoredEvent(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getInt(3),
                                row.getObject(4, UUID.class),
                                row.getString(5),
                                row.getInt(6),
                                row.getObject(7, OffsetDateTime.class).toInstant(),
                                row.getBytes(8),
                                row.getBytes(9)));
                    }
                    return events;
                });
    }

    /** Finds rows that nobody appended: the writer moves the head with every batch. */
    void beyond() {
        queries.read(
                "select e.position, h.position from ledger.event e, ledger.ledger_head h"
                        + " where e.position > h.position order by e.position limit ?",
                select -> select.setInt(1, Reread.MOST),
                (_, row) -> {
                    while (row.next()) {
                        findings.add(row.getLong(1), Kind.EXTRA, "the head of the ledger is at " + row.getLong(2));
                    }
                    return findings;
                });
    }
}

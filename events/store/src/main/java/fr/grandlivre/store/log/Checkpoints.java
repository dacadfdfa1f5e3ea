package fr.grandlivre.store.log;

import fr.grandlivre.store.Queries;
import fr.grandlivre.store.log.Finding.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Checks every stored checkpoint, and the one kept outside, against the events up to its size. One thread at a time. */
final class Checkpoints {
    private static final int PAGE = 500;
    private static final Kind[] OF_EVENTS = {Kind.MISSING, Kind.ALTERED, Kind.REORDERED, Kind.EXTRA};

    private final Queries queries;
    private final TransparencyLog log;
    private final Findings findings;
    private final Optional<Checkpoint> outside;
    private final Deque<Row> ahead = new ArrayDeque<>();
    private final Set<Long> otherRoot = new TreeSet<>();
    private final List<Checkpoint> held = new ArrayList<>();
    private long read;
    private long compared;

    /**
     * @param last  the last checkpoint when the reading began; may be thinned out meanwhile
     * @param after rows up to this one are not read, so that no checkpoint up to it can be compared
     */
    Checkpoints(
            Queries queries,
            TransparencyLog log,
            LastCheckpoint kept,
            Optional<Checkpoint> last,
            Findings findings,
            long after) {
        this.queries = queries;
        this.log = log;
        this.findings = findings;
        this.read = after;
        this.outside = kept.read().flatMap(note -> {
            Optional<Checkpoint> opened = log.open(note);
            if (opened.isEmpty()) {
                findings.add(0, Kind.CHECKPOINT, "no known key of this log signed what is kept outside the database");
            }
            return opened;
        });
        outside.ifPresent(held::add);
        last.ifPresent(held::add);
    }

    private record Row(long size, byte[] root, String note) {}

    long compared() {
        return compared;
    }

    /** @param root over the events up to {@code position}; worked out only where there is a checkpoint */
    void reached(long position, Supplier<byte[]> root) {
        for (Checkpoint checkpoint : held) {
            if (checkpoint.size() == position && !Arrays.equals(checkpoint.root(), root.get())) {
                otherRoot.add(position);
            }
        }
        if (ahead.isEmpty() && read < position) {
            readOn();
        }
        while (!ahead.isEmpty() && ahead.getFirst().size() <= position) {
            Row row = ahead.removeFirst();
            if (row.size() == position) {
                check(row, root.get());
            }
            if (ahead.isEmpty()) {
                readOn();
            }
        }
    }

    private void readOn() {
        queries.read(
                "select size, root, note from ledger.log_checkpoint where size > ? order by size limit ?",
                select -> {
                    select.setLong(1, read);
                    select.setInt(2, PAGE);
                },
                (_, row) -> {
                    while (row.next()) {
                        ahead.add(new Row(row.getLong(1), row.getBytes(2), row.getString(3)));
                    }
                    return ahead;
                });
        read = ahead.isEmpty() ? Long.MAX_VALUE : ahead.getLast().size();
    }

    private void check(Row row, byte[] root) {
        compared++;
        Optional<Checkpoint> signed = log.open(row.note());
        if (signed.isEmpty()) {
            findings.add(row.size(), Kind.CHECKPOINT, "no known key of this log signed it");
        } else if (signed.get().size() != row.size()
                || !Arrays.equals(signed.get().root(), row.root())) {
            findings.add(row.size(), Kind.CHECKPOINT, "its row says something else than what was signed");
        } else if (!Arrays.equals(row.root(), root)) {
            otherRoot.add(row.size());
        }
    }

    /** Changed events give other roots from there on: that is no further finding. */
    void finish() {
        for (long size : otherRoot) {
            if (!findings.has(size, OF_EVENTS)) {
                findings.add(size, Kind.CHECKPOINT, "events and tiles give another root");
            }
        }
        long stored = StoredTiles.sealedSize(queries);
        outside.filter(checkpoint -> checkpoint.size() > stored)
                .ifPresent(lost -> findings.add(
                        lost.size(),
                        Kind.CHECKPOINT,
                        "kept outside the database, which has checkpoints up to size %d only".formatted(stored)));
    }
}

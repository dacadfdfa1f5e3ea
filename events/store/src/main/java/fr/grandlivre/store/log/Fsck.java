package fr.grandlivre.store.log;

import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.Queries;
import fr.grandlivre.store.log.Finding.Kind;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads the ledger again from the rows up: leaves, tiles, roots, checkpoints, sequences of streams and heads, and compares
 * all with what was sealed. Streams; some 30 MB whatever the size of the ledger. May run while the ledger grows.
 * Thread-safe.
 */
public final class Fsck {
    private final Queries queries;
    private final LedgerReader reader;
    private final TransparencyLog log;
    private final LastCheckpoint kept;

    /**
     * @param connections a pool; its user is a member of {@code grandlivre_app}
     * @param log         the log of this ledger
     * @param kept        the checkpoint that is kept outside the database
     */
    public Fsck(DataSource connections, TransparencyLog log, LastCheckpoint kept) {
        this.queries = new Queries(connections);
        this.reader = new LedgerReader(connections);
        this.log = log;
        this.kept = kept;
    }

    /**
     * How far a re-reading has come.
     *
     * @param done    last position read
     * @param total   last position to read
     * @param elapsed since it began
     */
    public record Progress(long done, long total, Duration elapsed) {}

    /**
     * @param from     position from which rows are read; rounded down to the beginning of a tile. What stands before is
     *                 taken from the tiles, and streams and heads are looked at only when it is 1
     * @param progress told after every page; ends the run by what it throws
     * @throws fr.grandlivre.store.LedgerUnavailableException when the database does not answer
     */
    public Reread run(long from, Consumer<Progress> progress) {
        if (from < 1) {
            throw new IllegalArgumentException("positions begin at 1");
        }
        Findings findings = new Findings();
        // Sealed first, then the head: what is sealed meanwhile stands beyond what is read.
        Optional<Checkpoint> last = last(findings);
        long size = last.map(Checkpoint::size).orElseGet(() -> StoredTiles.covered(queries));
        long head = Math.max(reader.head(), size);
        long start = Math.min(from - 1, size) / Tile.HASHES * Tile.HASHES;
        StoredTiles tiles = new StoredTiles(queries);
        Comparison comparison =
                new Comparison(start, size, last.map(Checkpoint::root).orElse(null), tiles, findings);
        Checkpoints checkpoints = new Checkpoints(queries, log, kept, last, findings, start);
        EventScan scan = new EventScan(queries, findings, start, size, head);
        scan.run(
                (position, leaf) -> {
                    comparison.leaf(position, leaf);
                    checkpoints.reached(position, comparison::root);
                },
                progress);
        scan.beyond();
        comparison.finish();
        checkpoints.finish();
        tiles.surplus(findings);
        if (start == 0 && !findings.has(Long.MAX_VALUE, Kind.MISSING, Kind.ALTERED, Kind.REORDERED, Kind.EXTRA)) {
            // A finding above explains a number that is missing in a stream.
            new StreamScan(queries).run(findings);
        }
        return new Reread(
                start + 1,
                size,
                head,
                checkpoints.compared(),
                size == 0 ? "" : Base64.getEncoder().encodeToString(comparison.root()),
                findings.listed(),
                findings.total(),
                scan.erasedKeys());
    }

    private Optional<Checkpoint> last(Findings findings) {
        try {
            return log.latest().map(SealedCheckpoint::checkpoint);
        } catch (LogDamagedException unsigned) {
            findings.add(StoredTiles.sealedSize(queries), Kind.CHECKPOINT, String.valueOf(unsigned.getMessage()));
            return Optional.empty();
        }
    }
}

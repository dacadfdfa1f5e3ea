package fr.grandlivre.store.log;

import fr.grandlivre.store.Queries;
import fr.grandlivre.store.StoredEvent;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log: checkpoints, tiles, proofs. What it gives was checked against the checkpoint it names. Thread-safe.
 *
 * <p>All methods throw {@link fr.grandlivre.store.LedgerUnavailableException} when the database does not answer, and
 * {@link LogDamagedException} when what is stored does not fit together.
 */
public final class TransparencyLog {
    /** Most hashes in a proof: one a level of a tree of 2^63 leaves. */
    public static final int LONGEST_PROOF = 63;

    private final Queries queries;
    private final List<NoteVerifier> known;
    private volatile @Nullable SealedCheckpoint verified;

    /**
     * @param connections a pool; its user is a member of {@code grandlivre_app}
     * @param known       the keys that signed and sign, never empty; the one in use stands first
     */
    public TransparencyLog(DataSource connections, List<NoteVerifier> known) {
        this.queries = new Queries(connections);
        this.known = List.copyOf(known);
    }

    /** @return name of the log, for example {@code ledger.example.fr/log1} */
    public String origin() {
        return known.getFirst().name();
    }

    /** @return the keys that signed and sign; the one in use stands first */
    public List<NoteVerifier> keys() {
        return known;
    }

    /** @return the last checkpoint; empty before the first event is sealed */
    public Optional<SealedCheckpoint> latest() {
        Optional<Row> row = queries.read(
                "select size, root, signed_at, note from ledger.log_checkpoint order by size desc limit 1",
                _ -> {},
                (_, found) -> found.next()
                        ? Optional.of(
                                new Row(found.getLong(1), found.getObject(3, OffsetDateTime.class), found.getString(4)))
                        : Optional.empty());
        return row.map(this::verified);
    }

    /** A stored checkpoint before its signature is looked at. */
    private record Row(long size, OffsetDateTime signedAt, String note) {}

    private SealedCheckpoint verified(Row row) {
        SealedCheckpoint last = verified;
        if (last != null && last.note().equals(row.note())) {
            return last;
        }
        Checkpoint checkpoint = open(row.note())
                .filter(read -> read.size() == row.size())
                .orElseThrow(() -> new LogDamagedException(
                        "no known key signed the last checkpoint stored, of size " + row.size()));
        SealedCheckpoint fresh = new SealedCheckpoint(checkpoint, row.signedAt().toInstant(), row.note());
        verified = fresh;
        return fresh;
    }

    /** @return what a note says; empty when no known key signed it, or it belongs to another log */
    Optional<Checkpoint> open(String note) {
        return SignedNote.open(note, known).filter(read -> read.origin().equals(origin()));
    }

    /**
     * @param level 0 to 7
     * @param index of its level, from 0
     * @param width hashes wanted, 1 to 256
     * @return so many hashes of 32 bytes; empty when the tile is not that wide yet
     */
    public Optional<byte[]> tile(int level, long index, int width) {
        return queries.read(
                "select substr(hashes, 1, ?) from ledger.log_tile where level = ? and index = ? and width >= ?",
                select -> {
                    select.setInt(1, width * Sha256.BYTES);
                    select.setInt(2, level);
                    select.setLong(3, index);
                    select.setInt(4, width);
                },
                (_, row) -> row.next() ? Optional.of(row.getBytes(1)) : Optional.empty());
    }

    /**
     * @param position of an event, from 1
     * @return its proof under the last checkpoint; empty when it is not sealed yet
     */
    public Optional<InclusionProof> inclusion(long position) {
        return latest().filter(head -> position <= head.checkpoint().size()).map(head -> inclusion(position - 1, head));
    }

    private InclusionProof inclusion(long index, SealedCheckpoint head) {
        Merkle merkle = new Merkle();
        Merkle.Subtrees tree = Tile.subtrees(tiles());
        long size = head.checkpoint().size();
        byte[] leafHash = tree.hash(0, index);
        List<byte[]> hashes = merkle.inclusion(index, size, tree);
        if (!merkle.includes(leafHash, index, size, head.checkpoint().root(), hashes)) {
            throw new LogDamagedException(
                    "the tiles do not lead from leaf %d to the checkpoint of size %d".formatted(index, size));
        }
        return new InclusionProof(index, leafHash, head, hashes);
    }

    /**
     * @param earlier size of the older tree, from 1
     * @param later   size of the newer tree, at least {@code earlier} and at most that of the last checkpoint
     * @return at most {@link #LONGEST_PROOF} hashes; empty for equal sizes
     */
    public List<byte[]> consistency(long earlier, long later) {
        return new Merkle().consistency(earlier, later, Tile.subtrees(tiles()));
    }

    /** @return what is hashed into the leaf of an event, about 330 bytes of canonical JSON */
    public static byte[] entry(StoredEvent event) {
        return new LogEntry().of(event);
    }

    /** @return tiles as they are now, each read once; for one thread and one question */
    Tile.Source tiles() {
        Map<String, byte[]> read = new HashMap<>();
        return (level, index) -> read.computeIfAbsent(
                level + "/" + index,
                _ -> stored(level, index)
                        .orElseThrow(() -> new LogDamagedException("tile %d/%d is missing".formatted(level, index))));
    }

    private Optional<byte[]> stored(int level, long index) {
        return queries.read(
                "select hashes from ledger.log_tile where level = ? and index = ?",
                select -> {
                    select.setInt(1, level);
                    select.setLong(2, index);
                },
                (_, row) -> row.next() ? Optional.of(row.getBytes(1)) : Optional.empty());
    }
}

package fr.grandlivre.store.log;

import fr.grandlivre.store.Queries;
import fr.grandlivre.store.log.Finding.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tiles as they are stored, read in order and ahead of need. One thread at a time. */
final class StoredTiles {
    /** 512 kB. */
    private static final int AHEAD = 64;

    private final Queries queries;
    private final Map<Integer, Ahead> levels = new HashMap<>();

    StoredTiles(Queries queries) {
        this.queries = queries;
    }

    /**
     * Tiles of a level that were read together.
     *
     * @param from   first index asked for
     * @param tiles  by index; those that are missing are absent
     */
    private record Ahead(long from, Map<Long, byte[]> tiles) {
        boolean covers(long index) {
            return index >= from && index < from + AHEAD;
        }
    }

    /** @return events under the last checkpoint stored, whoever signed it */
    static long sealedSize(Queries queries) {
        return queries.read("select coalesce(max(size), 0) from ledger.log_checkpoint", _ -> {}, (_, row) -> {
            row.next();
            return row.getLong(1);
        });
    }

    /** @return leaves in the tiles, whatever was signed over them */
    static long covered(Queries queries) {
        return queries.read(
                "select index * 256 + width from ledger.log_tile where level = 0 order by index desc limit 1",
                _ -> {},
                (_, row) -> row.next() ? row.getLong(1) : 0L);
    }

    /** @return so many hashes of a tile; empty when it is missing or not that wide */
    Optional<byte[]> hashes(int level, long index, int width) {
        Ahead read = levels.get(level);
        if (read == null || !read.covers(index)) {
            read = read(level, index);
            levels.put(level, read);
        }
        return Optional.ofNullable(read.tiles().get(index))
                .filter(hashes -> hashes.length >= width * Sha256.BYTES)
                .map(hashes -> Arrays.copyOf(hashes, width * Sha256.BYTES));
    }

    private Ahead read(int level, long from) {
        return queries.read(
                "select index, hashes from ledger.log_tile where level = ? and index >= ? and index < ?",
                select -> {
                    select.setInt(1, level);
                    select.setLong(2, from);
                    select.setLong(3, from + AHEAD);
                },
                (_, row) -> {
                    Map<Long, byte[]> tiles = new HashMap<>();
                    while (row.next()) {
                        tiles.put(row.getLong(1), row.getBytes(2));
                    }
                    return new Ahead(from, tiles);
                });
    }

    /** Finds hashes that no checkpoint covers: tiles and checkpoints are written together, so there are none. */
    void surplus(Findings findings) {
        queries.read("""
            select level, index, covered from (
                select t.level, t.index, t.width,
                    greatest(0, least(256, (c.size >> (8 * t.level)) - t.index * 256)) as covered
                from ledger.log_tile t, (select coalesce(max(size), 0) as size from ledger.log_checkpoint) c
            ) as tile
            where width > covered order by level, index limit ?\
            """, select -> select.setInt(1, Reread.MOST), (_, row) -> {
            while (row.next()) {
                int level = row.getInt(1);
                long entry = row.getLong(2) * Tile.HASHES + row.getInt(3);
                findings.add(
                        (entry << (Tile.HEIGHT * level)) + 1,
                        Kind.TILE,
                        "tile %d/%d goes beyond the last checkpoint".formatted(level, row.getLong(2)));
            }
            return findings;
        });
    }
}

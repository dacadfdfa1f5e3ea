package fr.grandlivre.store.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: all that is needed to append leaves, to know the root and to write tiles. About 66 kB
 * whatever the size. One thread at a time.
 */
final class TreeEdge {
    private static final int HEIGHTS = Tile.LEVELS * Tile.HEIGHT;

    private final Sha256 sha = new Sha256();

    /** Roots of the complete subtrees side by side that make the tree: one at each height that is a bit of the size. */
    private final byte[] @Nullable [] roots = new byte[HEIGHTS] @Nullable [];

    private final byte[][] tiles = new byte[Tile.LEVELS][];
    private final int[] widths = new int[Tile.LEVELS];
    private final boolean[] grown = new boolean[Tile.LEVELS];
    private long size;

    /** An empty tree. */
    TreeEdge() {
        for (int level = 0; level < Tile.LEVELS; level++) {
            tiles[level] = new byte[Tile.BYTES];
        }
    }

    /**
     * @param size  leaves of a tree that was stored
     * @param tiles its tiles; only those at the right edge are read
     * @throws LogDamagedException when one is missing or too short
     */
    static TreeEdge of(long size, Tile.Source tiles) {
        TreeEdge edge = new TreeEdge();
        for (int level = 0; level < Tile.LEVELS; level++) {
            long index = size >>> (Tile.HEIGHT * (level + 1));
            int width = Tile.width(level, index, size);
            if (width > 0) {
                byte[] stored = tiles.hashes(level, index);
                if (stored.length < width * Sha256.BYTES) {
                    throw new LogDamagedException("tile %d/%d has fewer than %d hashes".formatted(level, index, width));
                }
                System.arraycopy(stored, 0, edge.tiles[level], 0, width * Sha256.BYTES);
                edge.widths[level] = width;
            }
        }
        Merkle.Subtrees subtrees = Tile.subtrees(tiles);
        for (int height = 0; height < HEIGHTS; height++) {
            if ((size >>> height & 1) == 1) {
                edge.roots[height] = subtrees.hash(height, (size >>> height) - 1);
            }
        }
        edge.size = size;
        return edge;
    }

    long size() {
        return size;
    }

    /**
     * @param leafHash 32 bytes
     * @param full     gets every tile that became full, lower levels first
     */
    void append(byte[] leafHash, Consumer<Tile> full) {
        byte[] hash = leafHash;
        place(0, hash, full);
        int height = 0;
        byte[] left = roots[0];
        while (left != null) {
            roots[height] = null;
            hash = sha.node(left, hash);
            height++;
            left = roots[height];
            if (height % Tile.HEIGHT == 0) {
                place(height / Tile.HEIGHT, hash, full);
            }
        }
        roots[height] = hash;
        size++;
    }

    private void place(int level, byte[] hash, Consumer<Tile> full) {
        System.arraycopy(hash, 0, tiles[level], widths[level] * Sha256.BYTES, Sha256.BYTES);
        widths[level]++;
        grown[level] = true;
        if (widths[level] == Tile.HASHES) {
            full.accept(new Tile(level, size >>> (Tile.HEIGHT * (level + 1)), tiles[level]));
            tiles[level] = new byte[Tile.BYTES];
            widths[level] = 0;
            grown[level] = false;
        }
    }

    /** @return root over all leaves; SHA-256 of nothing for an empty tree */
    byte[] root() {
        byte[] hash = null;
        for (byte[] left : roots) {
            if (left != null) {
                hash = hash == null ? left : sha.node(left, hash);
            }
        }
        return hash == null ? sha.of() : hash;
    }

    /** @return the tiles that are begun, lower levels first; at most one a level */
    List<Tile> partial() {
        List<Tile> partial = new ArrayList<>();
        for (int level = 0; level < Tile.LEVELS; level++) {
            if (widths[level] > 0) {
                partial.add(partial(level));
            }
        }
        return partial;
    }

    /** @return those of the begun tiles that grew since this was last asked */
    List<Tile> grown() {
        List<Tile> changed = new ArrayList<>();
        for (int level = 0; level < Tile.LEVELS; level++) {
            if (grown[level]) {
                changed.add(partial(level));
                grown[level] = false;
            }
        }
        return changed;
    }

    private Tile partial(int level) {
        return new Tile(
                level, size >>> (Tile.HEIGHT * (level + 1)), Arrays.copyOf(tiles[level], widths[level] * Sha256.BYTES));
    }
}

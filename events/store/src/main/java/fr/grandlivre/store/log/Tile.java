package fr.grandlivre.store.log;

import java.util.Arrays;

/**
 * Up to 256 hashes that stand side by side in the tree.
 *
 * @param level  0 holds hashes of leaves, each further level roots of full tiles of the level below
 * @param index  which of its level, from 0
 * @param hashes 32 bytes each, 1 to {@value #HASHES} of them; not copied
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
record Tile(int level, long index, byte[] hashes) {
    /** Hashes in a full tile. */
    static final int HASHES = 256;

    /** Levels of subtrees in a tile. */
    static final int HEIGHT = 8;

    /** Levels of tiles that 2^63 leaves need. */
    static final int LEVELS = 8;

    static final int BYTES = HASHES * Sha256.BYTES;

    /** Where tiles are kept. */
    @FunctionalInterface
    interface Source {
        /**
         * @return hashes of the tile, as many as there are
         * @throws LogDamagedException when there is no such tile
         */
        byte[] hashes(int level, long index);
    }

    int width() {
        return hashes.length / Sha256.BYTES;
    }

    static byte[] hash(byte[] hashes, int place) {
        return Arrays.copyOfRange(hashes, place * Sha256.BYTES, (place + 1) * Sha256.BYTES);
    }

    /** @return hashes of a tile that a tree of {@code size} leaves has: 0 to {@value #HASHES} */
    static int width(int level, long index, long size) {
        long onLevel = size >>> (HEIGHT * level);
        return Math.clamp(onLevel - index * HASHES, 0, HASHES);
    }

    /** @return complete subtrees, looked up in tiles or worked out of at most 128 hashes of one */
    static Merkle.Subtrees subtrees(Source tiles) {
        Sha256 sha = new Sha256();
        return (height, index) -> {
            int level = height / HEIGHT;
            int above = height % HEIGHT;
            long first = index << above;
            byte[] hashes = tiles.hashes(level, first / HASHES);
            int offset = (int) (first % HASHES);
            if (hashes.length < (offset + (1 << above)) * Sha256.BYTES) {
                throw new LogDamagedException(
                        "tile %d/%d has %d hashes only".formatted(level, first / HASHES, hashes.length / Sha256.BYTES));
            }
            return root(hashes, offset, 1 << above, sha);
        };
    }

    /** @return root of a complete subtree, {@code count} a power of two */
    static byte[] root(byte[] hashes, int offset, int count, Sha256 sha) {
        return count == 1
                ? hash(hashes, offset)
                : sha.node(root(hashes, offset, count / 2, sha), root(hashes, offset + count / 2, count / 2, sha));
    }
}

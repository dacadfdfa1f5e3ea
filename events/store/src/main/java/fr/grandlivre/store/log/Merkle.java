package fr.grandlivre.store.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Roots and proofs of a Merkle tree, and their checks. Pure; one thread at a time.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6962#section-2.1">RFC 6962 §2.1, roots and proofs</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9162#section-2.1">RFC 9162 §2.1.3.2 and §2.1.4.2, checks</a>
 */
final class Merkle {
    private final Sha256 sha = new Sha256();

    /** Hashes of complete subtrees. */
    @FunctionalInterface
    interface Subtrees {
        /**
         * @param height 0 for leaves
         * @param index  which of its height, from 0: it covers the leaves from {@code index << height} on
         */
        byte[] hash(int height, long index);
    }

    /** @return root over the first {@code size} leaves; SHA-256 of nothing for 0 */
    byte[] root(long size, Subtrees tree) {
        return size == 0 ? sha.of() : hash(0, size, tree);
    }

    /**
     * @param index leaf, from 0
     * @param size  of the tree; more than {@code index}
     * @return hashes from the leaf's sibling upwards; empty in a tree of one leaf
     */
    List<byte[]> inclusion(long index, long size, Subtrees tree) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not in a tree of " + size);
        }
        List<byte[]> downwards = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                downwards.add(hash(middle, to, tree));
                to = middle;
            } else {
                downwards.add(hash(from, middle, tree));
                from = middle;
            }
        }
        return reversed(downwards);
    }

    /**
     * @param earlier size of the older tree, from 1
     * @param later   size of the newer tree, at least {@code earlier}
     * @return hashes that lead from the older root to the newer; empty for equal sizes
     */
    List<byte[]> consistency(long earlier, long later, Subtrees tree) {
        if (earlier < 1 || earlier > later) {
            throw new IllegalArgumentException("no proof leads from " + earlier + " to " + later);
        }
        List<byte[]> downwards = new ArrayList<>();
        long from = 0;
        long to = later;
        while (earlier < to) {
            long middle = from + split(to - from);
            if (earlier <= middle) {
                downwards.add(hash(middle, to, tree));
                to = middle;
            } else {
                downwards.add(hash(from, middle, tree));
                from = middle;
            }
        }
        // The older root itself need not be told; any other subtree that ends where the older tree ends must be.
        if (from > 0) {
            downwards.add(hash(from, to, tree));
        }
        return reversed(downwards);
    }

    /** @return whether the proof leads from the leaf to the root */
    boolean includes(byte[] leafHash, long index, long size, byte[] root, List<byte[]> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = sha.node(sibling, hash);
                int up = Long.numberOfTrailingZeros(node);
                node >>>= up;
                last >>>= up;
            } else {
                hash = sha.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** @return whether the proof shows that the newer tree begins with all leaves of the older */
    boolean continues(long earlier, byte[] earlierRoot, long later, byte[] laterRoot, List<byte[]> proof) {
        if (earlier < 1 || earlier > later) {
            return false;
        }
        if (earlier == later) {
            return proof.isEmpty() && Arrays.equals(earlierRoot, laterRoot);
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(earlier) == 1) {
            path.addFirst(earlierRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        long node = earlier - 1;
        long last = later - 1;
        int up = Long.numberOfTrailingZeros(~node);
        node >>>= up;
        last >>>= up;
        byte[] older = path.getFirst();
        byte[] newer = path.getFirst();
        for (byte[] sibling : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = sha.node(sibling, older);
                newer = sha.node(sibling, newer);
                int higher = Long.numberOfTrailingZeros(node);
                node >>>= higher;
                last >>>= higher;
            } else {
                newer = sha.node(newer, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && Arrays.equals(older, earlierRoot) && Arrays.equals(newer, laterRoot);
    }

    /** @return root over leaves {@code from} (inclusive) to {@code to} (exclusive), at least one */
    private byte[] hash(long from, long to, Subtrees tree) {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            return tree.hash(Long.numberOfTrailingZeros(size), from / size);
        }
        long middle = from + split(size);
        return sha.node(hash(from, middle, tree), hash(middle, to, tree));
    }

    /** @return the largest power of two below a size */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static List<byte[]> reversed(List<byte[]> hashes) {
        Collections.reverse(hashes);
        return hashes;
    }
}

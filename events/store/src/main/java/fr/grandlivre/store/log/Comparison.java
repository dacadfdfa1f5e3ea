package fr.grandlivre.store.log;

import fr.grandlivre.store.log.Finding.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grows the tree that the rows give now beside the tiles that were stored, and says which of the two is wrong where they
 * differ: the one that does not lead to the signed root. One thread at a time.
 */
final class Comparison {
    /** Tiles that differ and are kept until the end, 16 kB each; when rows were shifted all the later ones differ. */
    private static final int MOST_TILES = 1_000;

    private static final int MOST_ENTRIES = 10_000;
    private static final byte[] NOTHING = new byte[Sha256.BYTES];

    private final long size;
    private final StoredTiles stored;
    private final byte @Nullable [] signed;
    private final Findings findings;
    private final TreeEdge edge;
    private final Merkle merkle = new Merkle();
    private final Sha256 sha = new Sha256();
    private final List<Differing> differing = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private boolean more;
    private byte @Nullable [] sealed;
    private byte[] computed = new byte[0];

    /**
     * A tile of leaves that the rows do not give.
     *
     * @param index    of level 0
     * @param computed what the rows give
     * @param sealed   what is stored, as long
     */
    private record Differing(long index, byte[] computed, byte[] sealed) {
        List<Leaf> leaves() {
            List<Leaf> leaves = new ArrayList<>();
            for (int place = 0; place < sealed.length / Sha256.BYTES; place++) {
                byte[] now = Tile.hash(computed, place);
                byte[] then = Tile.hash(sealed, place);
                if (!Arrays.equals(now, then)) {
                    leaves.add(new Leaf(index * Tile.HASHES + place + 1, now, then));
                }
            }
            return leaves;
        }
    }

    /** A position, the hash of what stands there now and of what was sealed there. */
    private record Leaf(long position, byte[] computed, byte[] sealed) {}

    /** A hash above the leaves that the rows do not give; {@code index} counts the hashes of its level. */
    private record Entry(int level, long index, byte[] sealed) {
        long firstLeaf() {
            return index << (Tile.HEIGHT * level);
        }

        boolean covers(long leaf) {
            return leaf >>> (Tile.HEIGHT * level) == index;
        }
    }

    /**
     * @param start  leaves taken from the tiles, a multiple of {@link Tile#HASHES}
     * @param size   leaves in the last checkpoint
     * @param signed root that was signed for so many leaves; null when no known key signed it
     * @throws LogDamagedException when the tiles before {@code start} are gone
     */
    Comparison(long start, long size, byte @Nullable [] signed, StoredTiles stored, Findings findings) {
        this.size = size;
        this.stored = stored;
        this.signed = signed;
        this.findings = findings;
        this.edge = TreeEdge.of(start, this::required);
    }

    private byte[] required(int level, long index) {
        return stored.hashes(level, index, Tile.width(level, index, size))
                .orElseThrow(() -> new LogDamagedException("tile %d/%d is missing".formatted(level, index)));
    }

    /** @param hash of the leaf as the row gives it; null when the row is missing: then what was sealed stands in */
    void leaf(long position, byte @Nullable [] hash) {
        long index = position - 1;
        int place = (int) (index % Tile.HASHES);
        if (place == 0) {
            begin(index / Tile.HASHES);
        }
        byte[] then = sealed;
        byte[] now = hash != null ? hash : then != null ? Tile.hash(then, place) : NOTHING;
        System.arraycopy(now, 0, computed, place * Sha256.BYTES, Sha256.BYTES);
        edge.append(now, this::higher);
        if ((place + 1) * Sha256.BYTES == computed.length) {
            end(index / Tile.HASHES);
        }
    }

    private void begin(long index) {
        int width = Tile.width(0, index, size);
        computed = new byte[width * Sha256.BYTES];
        sealed = stored.hashes(0, index, width).orElse(null);
        if (sealed == null) {
            findings.add(index * Tile.HASHES + 1, Kind.TILE, "tile 0/%d is missing".formatted(index));
        }
    }

    private void end(long index) {
        if (sealed != null && !Arrays.equals(sealed, computed)) {
            if (differing.size() < MOST_TILES) {
                differing.add(new Differing(index, computed, sealed));
            } else {
                more = true;
            }
        }
    }

    /** Compares a tile above the leaves. */
    private void higher(Tile tile) {
        if (tile.level() == 0) {
            return;
        }
        Optional<byte[]> then = stored.hashes(tile.level(), tile.index(), tile.width());
        if (then.isEmpty()) {
            findings.add(
                    (tile.index() * Tile.HASHES << (Tile.HEIGHT * tile.level())) + 1,
                    Kind.TILE,
                    "tile %d/%d is missing".formatted(tile.level(), tile.index()));
            return;
        }
        for (int place = 0; place < tile.width() && entries.size() < MOST_ENTRIES; place++) {
            byte[] sealedHash = Tile.hash(then.get(), place);
            if (!Arrays.equals(sealedHash, Tile.hash(tile.hashes(), place))) {
                entries.add(new Entry(tile.level(), tile.index() * Tile.HASHES + place, sealedHash));
            }
        }
    }

    /** @return root over the rows so far */
    byte[] root() {
        return edge.root();
    }

    /** Says what each difference is. */
    void finish() {
        edge.partial().forEach(this::higher);
        List<Leaf> changed = new ArrayList<>();
        List<Differing> byEvents = new ArrayList<>();
        for (Differing tile : differing) {
            boolean tileFits = leadsToCheckpoint(tile, tile.sealed());
            if (!tileFits) {
                boolean eventsFit = leadsToCheckpoint(tile, tile.computed());
                findings.add(
                        tile.leaves().getFirst().position(),
                        Kind.TILE,
                        eventsFit
                                ? "tile 0/%d is not what the events give".formatted(tile.index())
                                : "neither tile 0/%d nor its events lead to the checkpoint".formatted(tile.index()));
                if (eventsFit) {
                    continue;
                }
            }
            changed.addAll(tile.leaves());
            byEvents.add(tile);
        }
        name(changed);
        entries.stream()
                .filter(entry -> !follows(entry, byEvents))
                .forEach(entry -> findings.add(
                        entry.firstLeaf() + 1,
                        Kind.TILE,
                        "tile %d/%d is not what the tiles below give"
                                .formatted(entry.level(), entry.index() / Tile.HASHES)));
    }

    /** @return whether these hashes in the place of a tile lead to the signed root */
    private boolean leadsToCheckpoint(Differing tile, byte[] hashes) {
        byte[] root = signed;
        if (root == null) {
            return false;
        }
        Merkle.Subtrees tree =
                Tile.subtrees((level, index) -> level == 0 && index == tile.index() ? hashes : required(level, index));
        try {
            long leaf = tile.index() * Tile.HASHES;
            return merkle.includes(Tile.hash(hashes, 0), leaf, size, root, merkle.inclusion(leaf, size, tree));
        } catch (LogDamagedException _) {
            return false;
        }
    }

    private void name(List<Leaf> changed) {
        Map<ByteBuffer, Long> sealedAt = new HashMap<>();
        Map<ByteBuffer, Long> standsAt = new HashMap<>();
        for (Leaf leaf : changed) {
            sealedAt.put(ByteBuffer.wrap(leaf.sealed()), leaf.position());
            standsAt.put(ByteBuffer.wrap(leaf.computed()), leaf.position());
        }
        for (Leaf leaf : changed) {
            Long origin = sealedAt.get(ByteBuffer.wrap(leaf.computed()));
            Long now = standsAt.get(ByteBuffer.wrap(leaf.sealed()));
            if (origin != null) {
                findings.add(leaf.position(), Kind.REORDERED, "sealed at position " + origin);
            }
            if (now == null) {
                Kind kind = origin == null ? Kind.ALTERED : Kind.MISSING;
                findings.add(
                        leaf.position(),
                        kind,
                        kind == Kind.ALTERED ? "leaf hash" : "the event sealed here stands nowhere");
            } else if (origin == null) {
                findings.add(leaf.position(), Kind.EXTRA, "the event sealed here stands at position " + now);
            }
        }
    }

    /** @return whether a hash differs only because of events below it: then it fits the tile below as it is stored */
    private boolean follows(Entry entry, List<Differing> changed) {
        if (!more && changed.stream().noneMatch(tile -> entry.covers(tile.index() * Tile.HASHES))) {
            return false;
        }
        return stored.hashes(entry.level() - 1, entry.index(), Tile.HASHES)
                .map(below -> Arrays.equals(Tile.root(below, 0, Tile.HASHES, sha), entry.sealed()))
                .orElse(true);
    }
}

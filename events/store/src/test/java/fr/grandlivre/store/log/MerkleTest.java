package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree of tiles against the definitions, at sizes of every shape; the seed stands in the name of a failing test. */
class MerkleTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final Merkle merkle = new Merkle();

    /**
     * A tree and what it stands for.
     *
     * @param seed  of the hashes
     * @param size  leaves
     * @param steps in how many parts it was made
     */
    private record Case(long seed, int size, int steps) {
        Random random() {
            return new Random(seed);
        }
    }

    static Stream<Case> trees() {
        Random random = new Random(SEED);
        return Stream.concat(
                        IntStream.of(1, 2, 3, 255, 256, 257, 511, 512, 768, 1_000)
                                .boxed(),
                        Stream.generate(() -> 1 + random.nextInt(1 << (1 + random.nextInt(11))))
                                .limit(30))
                .map(size -> new Case(random.nextLong(), size, 1 + random.nextInt(4)));
    }

    private static List<byte[]> leaves(Case tree) {
        Random random = tree.random();
        return Stream.generate(() -> {
                    byte[] hash = new byte[Sha256.BYTES];
                    random.nextBytes(hash);
                    return hash;
                })
                .limit(tree.size())
                .toList();
    }

    /** What a database would hold after the tree grew in several steps, each by a new edge over what was stored. */
    private static Map<String, byte[]> tiles(Case tree, List<byte[]> leaves) {
        Map<String, byte[]> stored = new HashMap<>();
        int done = 0;
        for (int step = 1; step <= tree.steps(); step++) {
            TreeEdge edge = TreeEdge.of(done, source(stored));
            for (; done < tree.size() * step / tree.steps(); done++) {
                edge.append(leaves.get(done), full -> stored.put(full.level() + "/" + full.index(), full.hashes()));
            }
            edge.grown().forEach(begun -> stored.put(begun.level() + "/" + begun.index(), begun.hashes()));
            assertThat(edge.root()).as("%s", tree).isEqualTo(NaiveTree.root(leaves.subList(0, done)));
            assertThat(TreeEdge.of(done, source(stored)).root()).as("%s", tree).isEqualTo(edge.root());
        }
        return stored;
    }

    private static Tile.Source source(Map<String, byte[]> stored) {
        return (level, index) -> {
            byte[] hashes = stored.get(level + "/" + index);
            if (hashes == null) {
                throw new LogDamagedException("no tile " + level + "/" + index);
            }
            return hashes;
        };
    }

    @ParameterizedTest
    @MethodSource("trees")
    void roots_and_proofs_are_those_of_the_definition(Case tree) {
        List<byte[]> leaves = leaves(tree);
        Merkle.Subtrees subtrees = Tile.subtrees(source(tiles(tree, leaves)));
        byte[] root = NaiveTree.root(leaves);
        assertThat(merkle.root(tree.size(), subtrees)).isEqualTo(root);
        Random random = tree.random();
        for (int i = 0; i < 20; i++) {
            int leaf = random.nextInt(tree.size());
            List<byte[]> path = merkle.inclusion(leaf, tree.size(), subtrees);
            assertThat(hex(path)).isEqualTo(hex(NaiveTree.path(leaf, leaves)));
            assertThat(merkle.includes(leaves.get(leaf), leaf, tree.size(), root, path))
                    .isTrue();
            int earlier = 1 + random.nextInt(tree.size());
            byte[] earlierRoot = NaiveTree.root(leaves.subList(0, earlier));
            List<byte[]> proof = merkle.consistency(earlier, tree.size(), subtrees);
            assertThat(hex(proof)).isEqualTo(hex(NaiveTree.proof(earlier, leaves)));
            assertThat(merkle.continues(earlier, earlierRoot, tree.size(), root, proof))
                    .as("%d of %s", earlier, tree)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("trees")
    void a_flipped_bit_another_place_and_another_length_are_refused(Case tree) {
        List<byte[]> leaves = leaves(tree);
        byte[] root = NaiveTree.root(leaves);
        Random random = tree.random();
        int leaf = random.nextInt(tree.size());
        List<byte[]> path = NaiveTree.path(leaf, leaves);
        byte[] hash = leaves.get(leaf);
        assertThat(merkle.includes(flipped(hash, random), leaf, tree.size(), root, path))
                .isFalse();
        assertThat(merkle.includes(hash, leaf, tree.size(), flipped(root, random), path))
                .isFalse();
        assertThat(merkle.includes(hash, tree.size(), tree.size(), root, path)).isFalse();
        assertThat(merkle.includes(hash, leaf, tree.size(), root, longer(path))).isFalse();
        int earlier = 1 + random.nextInt(tree.size());
        byte[] earlierRoot = NaiveTree.root(leaves.subList(0, earlier));
        List<byte[]> proof = NaiveTree.proof(earlier, leaves);
        assertThat(merkle.continues(earlier, flipped(earlierRoot, random), tree.size(), root, proof))
                .isFalse();
        assertThat(merkle.continues(earlier, earlierRoot, tree.size(), flipped(root, random), proof))
                .isFalse();
        assertThat(merkle.continues(earlier, earlierRoot, tree.size(), root, longer(proof)))
                .isFalse();
        assertThat(merkle.continues(tree.size() + 1L, earlierRoot, tree.size(), root, proof))
                .isFalse();
        if (!path.isEmpty()) {
            int other = (leaf + 1) % tree.size();
            assertThat(merkle.includes(hash, other, tree.size(), root, path)).isFalse();
            List<byte[]> bent = new ArrayList<>(path);
            int at = random.nextInt(bent.size());
            bent.set(at, flipped(bent.get(at), random));
            assertThat(merkle.includes(hash, leaf, tree.size(), root, bent)).isFalse();
            assertThat(merkle.includes(hash, leaf, tree.size(), root, path.subList(0, path.size() - 1)))
                    .isFalse();
        }
        if (!proof.isEmpty()) {
            List<byte[]> bent = new ArrayList<>(proof);
            int at = random.nextInt(bent.size());
            bent.set(at, flipped(bent.get(at), random));
            assertThat(merkle.continues(earlier, earlierRoot, tree.size(), root, bent))
                    .isFalse();
            assertThat(merkle.continues(earlier, earlierRoot, tree.size(), root, proof.subList(0, proof.size() - 1)))
                    .isFalse();
        }
    }

    @Test
    void an_empty_tree_has_the_hash_of_nothing() {
        assertThat(HexFormat.of().formatHex(new TreeEdge().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void a_third_level_of_tiles_begins_at_65536_leaves() {
        Case tree = new Case(SEED, 65_536 + 300, 2);
        List<byte[]> leaves = leaves(tree);
        Map<String, byte[]> stored = tiles(tree, leaves);
        assertThat(stored.get("2/0")).hasSize(Sha256.BYTES);
        assertThat(stored.get("1/0")).hasSize(Tile.BYTES);
        assertThat(stored.get("1/1")).hasSize(Sha256.BYTES);
        assertThat(stored.get("0/257")).hasSize(44 * Sha256.BYTES);
        assertThat(Tile.width(0, 257, tree.size())).isEqualTo(44);
        assertThat(Tile.width(2, 0, tree.size())).isEqualTo(1);
        assertThat(Tile.width(3, 0, tree.size())).isZero();
    }

    @Test
    void a_tile_that_is_gone_or_short_is_no_reason_to_guess() {
        Case tree = new Case(SEED, 600, 1);
        Map<String, byte[]> stored = tiles(tree, leaves(tree));
        stored.put("0/2", new byte[Sha256.BYTES]);
        assertThatThrownBy(() -> TreeEdge.of(600, source(stored))).isInstanceOf(LogDamagedException.class);
        assertThatThrownBy(() -> merkle.inclusion(599, 600, Tile.subtrees(source(stored))))
                .isInstanceOf(LogDamagedException.class);
        stored.remove("1/0");
        assertThatThrownBy(() -> merkle.root(600, Tile.subtrees(source(stored))))
                .isInstanceOf(LogDamagedException.class);
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        List<byte[]> more = new ArrayList<>(proof);
        more.add(new byte[Sha256.BYTES]);
        return more;
    }

    private static byte[] flipped(byte[] hash, Random random) {
        byte[] other = hash.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }
}

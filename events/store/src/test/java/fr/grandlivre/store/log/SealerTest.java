package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.store.Requests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private SealedLedger sealed;

    @BeforeEach
    void create() {
        sealed = new SealedLedger(directory);
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    private List<byte[]> leaves() {
        LogEntry entries = new LogEntry();
        return sealed.ledger().reader().page(0, 100_000).stream()
                .map(entries::leafHash)
                .toList();
    }

    private void awaitRefusal(Sealer sealer, String why) {
        SealedLedger.await(() -> sealer.refusal().isPresent());
        assertThat(sealer.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal).contains(why));
        assertThat(sealed.gauge("ledger.sealer.refusing")).isEqualTo(1);
    }

    @Test
    void every_event_comes_under_a_checkpoint_whose_root_is_that_of_the_definition() {
        sealed.seal();
        sealed.append(120, random);
        sealed.awaitSealed();
        Checkpoint first = sealed.log().latest().orElseThrow().checkpoint();
        sealed.append(200, random);
        sealed.awaitSealed();
        SealedCheckpoint last = sealed.log().latest().orElseThrow();
        List<byte[]> leaves = leaves();
        assertThat(last.checkpoint().size()).isEqualTo(leaves.size());
        assertThat(last.checkpoint().root()).isEqualTo(NaiveTree.root(leaves));
        assertThat(first.root()).isEqualTo(NaiveTree.root(leaves.subList(0, (int) first.size())));
        assertThat(sealed.log().consistency(first.size(), last.checkpoint().size()))
                .containsExactlyElementsOf(NaiveTree.proof((int) first.size(), leaves));
        for (int leaf : new int[] {0, 255, leaves.size() - 1}) {
            InclusionProof proof = sealed.log().inclusion(leaf + 1L).orElseThrow();
            assertThat(proof.leafHash()).isEqualTo(leaves.get(leaf));
            assertThat(proof.hashes()).containsExactlyElementsOf(NaiveTree.path(leaf, leaves));
        }
        assertThat(sealed.log().inclusion(leaves.size() + 1L)).isEmpty();
        assertThat(sealed.gauge("ledger.log.size")).isEqualTo(leaves.size());
        SealedLedger.await(() -> sealed.gauge("ledger.sealer.lag.seconds") == 0);
        assertThat(sealed.fsck())
                .satisfies(read -> assertThat(read.findings()).isEmpty())
                .satisfies(read -> assertThat(read.checkpointsCompared()).isPositive());
    }

    @Test
    void of_two_sealers_one_works_and_the_other_takes_over() {
        LastCheckpoint second = new LastCheckpoint(directory.resolve("second"));
        Sealer one = sealed.seal();
        sealed.append(10, random);
        sealed.awaitSealed();
        Sealer two = sealed.seal(second);
        SealedLedger.await(() -> second.read().equals(sealed.log().latest().map(SealedCheckpoint::note)));
        one.close();
        sealed.append(10, random);
        sealed.awaitSealed();
        assertThat(sealed.fsck().findings()).isEmpty();
        two.close();
        assertThat(second.read()).isEqualTo(sealed.log().latest().map(SealedCheckpoint::note));
        // The first node comes back with an older memory.
        Sealer back = sealed.seal();
        sealed.append(1, random);
        sealed.awaitSealed();
        assertThat(back.refusal()).isEmpty();
    }

    @Test
    void a_log_that_was_put_back_is_not_continued() {
        Sealer first = sealed.seal();
        sealed.append(10, random);
        sealed.awaitSealed();
        sealed.ledger().execute("create table before_tile as select * from ledger.log_tile");
        sealed.ledger().execute("create table before_checkpoint as select * from ledger.log_checkpoint");
        sealed.append(10, random);
        sealed.awaitSealed();
        first.close();
        sealed.ledger().execute("""
            truncate ledger.log_tile, ledger.log_checkpoint;
            insert into ledger.log_tile (level, index, hashes) select level, index, hashes from before_tile;
            insert into ledger.log_checkpoint select * from before_checkpoint
            """);
        awaitRefusal(sealed.seal(), "the one kept in");
        assertThat(sealed.fsck().findings()).extracting(Finding::kind).containsExactly(Finding.Kind.CHECKPOINT);
    }

    @Test
    void a_log_that_vanished_is_not_begun_again() {
        Sealer first = sealed.seal();
        sealed.append(10, random);
        sealed.awaitSealed();
        first.close();
        sealed.ledger().execute("truncate ledger.log_tile, ledger.log_checkpoint");
        awaitRefusal(sealed.seal(), "no checkpoint is stored");
    }

    @Test
    void a_log_with_another_past_is_not_continued() {
        Sealer first = sealed.seal();
        sealed.append(10, random);
        sealed.awaitSealed();
        first.close();
        Checkpoint forged = new Checkpoint(
                SealedLedger.ORIGIN,
                sealed.log().latest().orElseThrow().checkpoint().size(),
                new Sha256().of(new byte[] {1}));
        sealed.kept().write(SignedNote.sign(forged.text(), sealed.signer()));
        awaitRefusal(sealed.seal(), "does not continue");
    }

    @Test
    void a_changed_tile_is_not_built_upon() {
        Sealer first = sealed.seal();
        sealed.append(10, random);
        sealed.awaitSealed();
        first.close();
        sealed.ledger().execute("update ledger.log_tile set hashes = set_byte(hashes, 3, get_byte(hashes, 3) # 1)");
        awaitRefusal(sealed.seal(), "the tiles do not give the root");
    }

    @Test
    void a_row_that_is_taken_away_before_it_is_sealed_is_noticed() {
        sealed.append(10, random);
        sealed.ledger().execute("delete from ledger.event where position = 5");
        awaitRefusal(sealed.seal(), "position 5 is missing");
        assertThat(sealed.fsck().findings()).contains(new Finding(5, Finding.Kind.MISSING, "no event stands here"));
    }

    @Test
    void what_an_operator_put_right_is_continued() {
        sealed.append(3, random);
        sealed.ledger().execute("create table away as select * from ledger.event where position = 2");
        sealed.ledger().execute("delete from ledger.event where position = 2");
        Sealer sealer = sealed.seal();
        awaitRefusal(sealer, "position 2 is missing");
        sealed.ledger().execute("insert into ledger.event select * from away");
        sealed.awaitSealed();
        SealedLedger.await(() -> sealer.refusal().isEmpty());
    }

    @Test
    void of_the_checkpoints_of_a_minute_the_first_and_the_last_stay() {
        sealed.seal();
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sealed.append(1, random);
            sealed.awaitSealed();
            sizes.add(sealed.log().latest().orElseThrow().checkpoint().size());
        }
        assertThat(sealed.ledger()
                        .number("select count(*) from ledger.log_checkpoint where size in (%d, %d)"
                                .formatted(sizes.getFirst(), sizes.getLast())))
                .isEqualTo(2);
        assertThat(sealed.ledger().number("select count(*) from ledger.log_checkpoint"))
                .isEqualTo(2);
    }

    @Test
    void a_stored_hash_stays_in_its_place() throws SQLException {
        sealed.seal();
        sealed.append(3, random);
        sealed.awaitSealed();
        long size = sealed.ledger().reader().head();
        sealed.ledger().writer().append(Requests.one(UUID.randomUUID(), 0)).join();
        sealed.awaitSealed();
        try (Connection app = sealed.ledger().app().getConnection();
                Statement statement = app.createStatement()) {
            String seal = "select ledger.seal(%d, %d, sha256(''), now(), '', array[0]::smallint[], array[0]::bigint[],"
                    + " array[decode(repeat('00', 8192), 'hex')])";
            assertThatThrownBy(() -> statement.execute(seal.formatted(size + 1, size + 2)))
                    .hasMessageContaining("does not grow");
            sealed.ledger().writer().append(Requests.one(UUID.randomUUID(), 0)).join();
            sealed.awaitSealed();
            assertThatThrownBy(() -> statement.execute(seal.formatted(size, size + 2)))
                    .hasMessageContaining("does not grow");
        }
    }

    @Test
    void the_memory_outside_the_database_is_replaced_as_a_whole() throws Exception {
        Path file = directory.resolve("deep").resolve("last");
        LastCheckpoint memory = new LastCheckpoint(file);
        assertThat(memory.read()).isEmpty();
        memory.write("long text\n");
        memory.write("short\n");
        assertThat(Files.readString(file)).isEqualTo("short\n");
        assertThat(file.getParent().toFile().list()).containsExactly("last");
    }
}

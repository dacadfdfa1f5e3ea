package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.log.Finding.Kind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes a sealed ledger as its owner could, past every grant, in one random place at a time, and looks whether the
 * re-reading names the place. {@code -Dledger.tampers=1000} makes the long version, {@code -Dseed=…} repeats one.
 */
class TamperTest {
    private static final int TAMPERS = Integer.getInteger("ledger.tampers", 100);
    private static final int CLEAN_EVERY = 10;

    /** More than two tiles of leaves, so that there is a tile above them. */
    private static final int STREAMS = 300;

    @TempDir
    static Path directory;

    private static SealedLedger sealed;
    private static long size;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeAll
    static void seal() {
        sealed = new SealedLedger(directory);
        Sealer sealer = sealed.seal();
        Random random = new Random(3);
        for (int part = 0; part < 4; part++) {
            sealed.append(STREAMS / 4, random);
            sealed.awaitSealed();
        }
        sealer.close();
        size = sealed.ledger().reader().head();
        sealed.ledger().execute("""
            create table kept_event as select * from ledger.event;
            create table kept_tile as select level, index, hashes from ledger.log_tile;
            create table kept_checkpoint as select * from ledger.log_checkpoint;
            create table kept_head as select * from ledger.stream_head
            """);
    }

    @AfterAll
    static void close() {
        sealed.close();
    }

    /** Ways of changing the past. */
    private enum Tamper {
        PAYLOAD,
        METADATA,
        COLUMN,
        DELETE,
        DELETE_AND_CLOSE_UP,
        INSERT_AT_THE_END,
        INSERT_BETWEEN,
        SWAP,
        SWAP_PAYLOADS,
        TILE,
        TILE_DELETED,
        CHECKPOINT,
        CUT_OFF
    }

    /**
     * What must be found.
     *
     * @param positions each of these must be named
     * @param kinds     by a finding of one of these kinds
     */
    private record Expected(Set<Long> positions, Set<Kind> kinds) {
        boolean isIn(Reread read) {
            return positions.stream()
                    .allMatch(position -> read.findings().stream()
                            .anyMatch(found -> found.position() == position && kinds.contains(found.kind())));
        }
    }

    @Test
    void every_change_of_the_past_is_named_with_its_place() {
        Map<Tamper, Integer> found = new EnumMap<>(Tamper.class);
        int alarms = 0;
        int clean = 0;
        for (int run = 0; run < TAMPERS; run++) {
            Tamper tamper = Tamper.values()[run % Tamper.values().length];
            restore();
            if (run % CLEAN_EVERY == 0) {
                clean++;
                alarms += (int) sealed.fsck().total();
            }
            Expected expected = apply(tamper);
            Reread read = sealed.fsck();
            assertThat(expected.isIn(read))
                    .as("seed %d, run %d: %s at %s gave %s", seed, run, tamper, expected, read.findings())
                    .isTrue();
            found.merge(tamper, 1, Integer::sum);
        }
        System.out.printf(
                "seed %d, %d events: %d changes, %d found, 0 missed %s; %d clean re-readings, %d alarms%n",
                seed, size, TAMPERS, TAMPERS, found, clean, alarms);
        assertThat(alarms).as("alarms over clean ledgers, seed %d", seed).isZero();
    }

    private void restore() {
        sealed.ledger().execute("""
            truncate ledger.event, ledger.log_tile, ledger.log_checkpoint, ledger.stream_head;
            insert into ledger.event select * from kept_event;
            insert into ledger.log_tile (level, index, hashes) select * from kept_tile;
            insert into ledger.log_checkpoint select * from kept_checkpoint;
            insert into ledger.stream_head select * from kept_head;
            update ledger.ledger_head set position = %d
            """.formatted(size));
    }

    private Expected apply(Tamper tamper) {
        long p = 1 + random.nextLong(size);
        long q = 1 + (p - 1 + 1 + random.nextLong(size - 1)) % size;
        return switch (tamper) {
            case PAYLOAD -> bytes("payload", p);
            case METADATA -> bytes("metadata", p);
            case COLUMN -> column(p);
            case DELETE -> {
                run("delete from ledger.event where position = %d", p);
                yield at(p, Kind.MISSING);
            }
            case DELETE_AND_CLOSE_UP -> {
                run("delete from ledger.event where position = %d", p);
                shift(p + 1, -1);
                run("update ledger.ledger_head set position = position - 1");
                yield at(p, Kind.MISSING);
            }
            case INSERT_AT_THE_END -> {
                insert(p, size + 1);
                yield at(size + 1, Kind.EXTRA);
            }
            case INSERT_BETWEEN -> {
                shift(p, 1);
                insert(q < p ? q : q + 1, p);
                run("update ledger.ledger_head set position = position + 1");
                // At the end of what is sealed, nothing that follows tells an event too many from a changed one.
                yield at(p, p == size ? Kind.ALTERED : Kind.EXTRA);
            }
            case SWAP -> {
                run("update ledger.event set position = 9000000 where position = %d", p);
                run("update ledger.event set position = %d where position = %d", p, q);
                run("update ledger.event set position = %d where position = 9000000", q);
                yield new Expected(Set.of(p, q), Set.of(Kind.REORDERED));
            }
            case SWAP_PAYLOADS -> {
                run("""
                    update ledger.event e set payload = other.payload from kept_event other
                    where e.position in (%1$d, %2$d) and other.position in (%1$d, %2$d) and other.position <> e.position\
                    """, p, q);
                yield new Expected(Set.of(p, q), Set.of(Kind.ALTERED));
            }
            case TILE -> tile();
            case TILE_DELETED -> {
                long index = random.nextLong((size - 1) / Tile.HASHES + 1);
                run("delete from ledger.log_tile where level = 0 and index = %d", index);
                yield at(index * Tile.HASHES + 1, Kind.TILE);
            }
            case CHECKPOINT -> checkpoint();
            case CUT_OFF -> cutOff();
        };
    }

    private static Expected at(long position, Kind kind) {
        return new Expected(Set.of(position), Set.of(kind));
    }

    private Expected bytes(String column, long position) {
        long length = sealed.ledger()
                .number("select length(%s) from ledger.event where position = %d".formatted(column, position));
        long at = random.nextLong(length);
        run(
                "update ledger.event set %1$s = set_byte(%1$s, %2$d, get_byte(%1$s, %2$d) # %3$d) where position ="
                        + " %4$d",
                column, at, 1 << random.nextInt(8), position);
        return at(position, Kind.ALTERED);
    }

    private Expected column(long position) {
        List<String> changes = List.of(
                "seq = seq + 1",
                "recorded_at = recorded_at + interval '1 microsecond'",
                "stream = gen_random_uuid()",
                "event_id = gen_random_uuid()",
                "type = type + 1");
        run("update ledger.event set %s where position = %d", changes.get(random.nextInt(changes.size())), position);
        return at(position, Kind.ALTERED);
    }

    private Expected tile() {
        boolean leaves = random.nextBoolean();
        long entries = leaves ? size : size / Tile.HASHES;
        long entry = random.nextLong(entries);
        run(
                "update ledger.log_tile set hashes = set_byte(hashes, %1$d, get_byte(hashes, %1$d) # 1)"
                        + " where level = %2$d and index = %3$d",
                entry % Tile.HASHES * Sha256.BYTES + random.nextInt(Sha256.BYTES), leaves ? 0 : 1, entry / Tile.HASHES);
        return at((leaves ? entry : entry * Tile.HASHES) + 1, Kind.TILE);
    }

    private Expected checkpoint() {
        long changed = sealed.ledger()
                .number("select size from ledger.log_checkpoint order by size limit 1 offset "
                        + random.nextLong(sealed.ledger().number("select count(*) from ledger.log_checkpoint")));
        run(
                random.nextBoolean()
                        ? "update ledger.log_checkpoint set root = sha256(root) where size = %d"
                        : "update ledger.log_checkpoint set note = replace(note, E'\\n"
                                + "\\n"
                                + "', E'0\\n"
                                + "\\n"
                                + "') where size = %d",
                changed);
        return at(changed, Kind.CHECKPOINT);
    }

    /** The database as it was at an earlier checkpoint: only what is kept outside of it knows better. */
    private Expected cutOff() {
        long earlier = sealed.ledger().number("select min(size) from ledger.log_checkpoint");
        run("delete from ledger.event where position > %d", earlier);
        run("update ledger.ledger_head set position = %d", earlier);
        run("delete from ledger.log_checkpoint where size > %d", earlier);
        run("delete from ledger.log_tile where index << (8 * (level + 1)) > %d", earlier);
        return at(size, Kind.CHECKPOINT);
    }

    private void shift(long from, int by) {
        run("update ledger.event set position = position + 1000000 where position >= %d", from);
        run("update ledger.event set position = position - 1000000 + %d where position > 1000000", by);
    }

    private void insert(long like, long position) {
        run("""
            insert into ledger.event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
            select %d, recorded_at, 0, type, gen_random_uuid(), gen_random_uuid(), metadata, payload
            from kept_event where position = %d\
            """, position, Math.min(like, size));
    }

    private static void run(String sql, Object... values) {
        sealed.ledger().execute(sql.formatted(values));
    }
}

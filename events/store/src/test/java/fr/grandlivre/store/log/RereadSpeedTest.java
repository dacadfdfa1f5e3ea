package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seals a large ledger and reads it again, and prints how fast. {@code -Dledger.reread=1000000
 * -Dtest.jvm.extra=-Xmx512m} makes the long version.
 */
class RereadSpeedTest {
    private static final int EVENTS = Integer.getInteger("ledger.reread", 20_000);

    /** Ten events a stream, 440 bytes each with metadata; written past the writer, which is not what is measured. */
    private static final String FILL = """
        insert into ledger.event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
        select h.position + i, h.recorded_at, (i - 1) %% 10, (select min(id) from ledger.event_type),
            md5('s' || (i - 1) / 10)::uuid, gen_random_uuid(), convert_to(repeat('m', 220), 'UTF8'),
            convert_to(i || repeat('p', 220), 'UTF8')
        from ledger.ledger_head h, generate_series(1, %1$d) as i;
        insert into ledger.stream_head (first_position, last_position, seq, stream)
        select min(position), max(position), max(seq), stream from ledger.event
        where position > (select position from ledger.ledger_head) group by stream;
        update ledger.ledger_head set position = position + %1$d\
        """;

    @Test
    void a_large_ledger_is_sealed_and_read_again_as_it_was_written(@TempDir Path directory) {
        try (SealedLedger sealed = new SealedLedger(directory)) {
            sealed.append(1, new Random(1));
            sealed.ledger().execute(FILL.formatted(EVENTS));
            long began = System.nanoTime();
            sealed.seal();
            sealed.awaitSealed();
            long sealedNanos = System.nanoTime();
            Reread read = sealed.fsck();
            long readNanos = System.nanoTime();
            assertThat(read.findings()).isEmpty();
            assertThat(read.to()).isGreaterThan(EVENTS);
            System.out.printf(
                    "%d events: sealed in %d ms, read again in %d ms, heap at most %d MB%n",
                    read.to(),
                    Duration.ofNanos(sealedNanos - began).toMillis(),
                    Duration.ofNanos(readNanos - sealedNanos).toMillis(),
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}

package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seals a large ledger, reads it again, writes it to files and reads these, and prints how fast. {@code -Dledger.reread=1000000
 * -Dtest.jvm.extra=-Xmx512m} makes the long version.
 */
class RereadSpeedTest {
    private static final int EVENTS = Integer.getInteger("ledger.reread", 20_000);

    /** Ten events a stream, 440 bytes each with metadata; written past the writer, which is not what is measured. */
    private static final String FILL = """
        insert into ledger.event (position, recorded_at, seq, type, stream, event_id, metadata, payload)
        select h.position + i, h.recorded_at, (i - 1) %% 10, (select min(id) from ledger.event_type),
            md5('s' || (i - 1) / 10)::uuid, gen_random_uuid(),
            convert_to('{"m":"' || repeat('m', 212) || '"}', 'UTF8'),
            convert_to('{"n":' || i || ',"p":"' || repeat('p', 204) || '"}', 'UTF8')
        from ledger.ledger_head h, generate_series(1, %1$d) as i;
        insert into ledger.stream_head (first_position, last_position, seq, stream)
        select min(position), max(position), max(seq), stream from ledger.event
        where position > (select position from ledger.ledger_head) group by stream;
        update ledger.ledger_head set position = position + %1$d\
        """;

    @Test
    void a_large_ledger_is_sealed_read_again_and_exported_as_it_was_written(
            @TempDir Path directory, @TempDir Path folder) {
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

            LedgerExport.Manifest written = new LedgerExport(sealed.ledger().reader(), sealed.log())
                    .write(
                            new LedgerExport.Wish(
                                    LedgerExport.Format.JSONL, 1, read.to(), "https://ledger.example.fr/ledger"),
                            folder,
                            Instant.EPOCH,
                            _ -> {});
            long writtenNanos = System.nanoTime();
            ExportCheck.Found checked = ExportCheck.of(folder, sealed.log().keys());
            assertThat(checked.findings()).isEmpty();
            assertThat(checked.rootCompared()).isTrue();
            System.out.printf(
                    "%d events: %d MB of JSONL written in %d ms, checked in %d ms%n",
                    written.count(),
                    written.files().getFirst().bytes() >> 20,
                    Duration.ofNanos(writtenNanos - readNanos).toMillis(),
                    Duration.ofNanos(System.nanoTime() - writtenNanos).toMillis());
        }
    }
}

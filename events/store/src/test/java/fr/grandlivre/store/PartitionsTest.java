package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private static final int SIZE = 30_000;

    @Test
    void partitions_are_made_ahead_of_need_and_streams_span_them() {
        try (TestLedger ledger = TestLedger.create()) {
            LedgerWriter writer = ledger.newWriter(settings());
            LedgerWriter other = ledger.newWriter(settings());
            UUID stream = UUID.randomUUID();
            for (int i = 0; i < 7; i++) {
                // The other writer knows nothing of the partitions of this one, and goes beyond what it knew.
                (i % 2 == 0 ? writer : other)
                        .append(Requests.of(Requests.events(stream, i * 20_000, 20_000)))
                        .join();
            }

            assertThat(ledger.number("select count(*) from ledger.event_partition"))
                    .isGreaterThanOrEqualTo(5);
            assertThat(ledger.reader().stream(stream, 139_990)).hasSize(10);
            assertThat(ledger.reader().page(SIZE - 5, 10))
                    .extracting(StoredEvent::position)
                    .hasSize(10)
                    .isSorted();
            Invariants.check(ledger);
        }
    }

    @Test
    void a_partition_that_is_missing_is_made_when_it_is_noticed() {
        try (TestLedger ledger = TestLedger.create()) {
            LedgerWriter writer = ledger.newWriter(settings());
            writer.append(Requests.one(UUID.randomUUID(), 0)).join();
            // As if other writers had used up what this one knew of.
            ledger.execute(
                    "update ledger.ledger_head set position = (select max(end_position) from ledger.event_partition)");

            Appended appended =
                    writer.append(Requests.one(UUID.randomUUID(), 0)).join();

            assertThat(appended.replayed()).isFalse();
            assertThat(ledger.reader().at(appended.lastPosition())).isPresent();
        }
    }

    private static WriterSettings settings() {
        return new WriterSettings(
                1_000,
                1 << 26,
                1_000,
                1 << 22,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                SIZE);
    }
}

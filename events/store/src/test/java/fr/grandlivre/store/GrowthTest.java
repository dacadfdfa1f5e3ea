package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GrowthTest {
    /** A plan that reads whole tables takes 4–8 ms a command at this size; a good one takes about 1 ms with its flush. */
    private static final double MOST_MILLIS_A_COMMAND = 3;

    @Test
    void an_empty_ledger_that_grows_fast_keeps_its_speed_without_statistics() {
        try (TestLedger ledger = TestLedger.create()) {
            for (String table : List.of("stream_head", "command_receipt", "ledger_head")) {
                ledger.execute("alter table ledger." + table + " set (autovacuum_enabled = off)");
            }
            LedgerWriter writer = ledger.writer();
            List<UUID> streams = new ArrayList<>();
            // One by one first, so that every plan is made and kept while the tables are empty.
            for (int i = 0; i < 20; i++) {
                writer.append(Requests.one(UUID.randomUUID(), 0)).join();
            }
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<Appended>> answers = new ArrayList<>();
                for (int i = 0; i < 5_000; i++) {
                    UUID stream = UUID.randomUUID();
                    streams.add(stream);
                    answers.add(writer.append(Requests.one(stream, 0)));
                }
                answers.forEach(CompletableFuture::join);
            }

            double fastest = Double.MAX_VALUE;
            for (int attempt = 0; attempt < 3; attempt++) {
                long start = System.nanoTime();
                for (int i = 0; i < 100; i++) {
                    UUID stream = streams.get((attempt * 100 + i) * 331 % streams.size());
                    writer.append(Requests.one(stream, 1)).join();
                }
                fastest = Math.min(fastest, (System.nanoTime() - start) / 1e6 / 100);
            }
            assertThat(fastest)
                    .as("milliseconds a command over %d streams", streams.size())
                    .isLessThan(MOST_MILLIS_A_COMMAND);
            Invariants.check(ledger);
        }
    }
}

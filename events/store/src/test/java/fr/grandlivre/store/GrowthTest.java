package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GrowthTest {
    /** A plan that reads whole tables is ten times slower at this size than at the first; a good one is as fast. */
    private static final double MOST_TIMES_SLOWER = 4;

    @Test
    void an_empty_ledger_that_grows_fast_keeps_its_speed_without_statistics() {
        try (TestLedger ledger = TestLedger.create()) {
            for (String table : List.of("stream_head", "command_receipt", "ledger_head")) {
                ledger.execute("alter table ledger." + table + " set (autovacuum_enabled = off)");
            }
            LedgerWriter writer = ledger.writer();
            // One by one first, so that every plan is made and kept while the tables are empty.
            for (int i = 0; i < 20; i++) {
                writer.append(Requests.one(UUID.randomUUID(), 0)).join();
            }
            double small = fastestUpdate(writer, create(writer, 1_000));
            List<UUID> streams = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                streams.addAll(create(writer, 5_000));
            }

            assertThat(fastestUpdate(writer, streams) / small)
                    .as("times slower over %d streams than over the first", streams.size())
                    .isLessThan(MOST_TIMES_SLOWER);
            Invariants.check(ledger);
        }
    }

    private static List<UUID> create(LedgerWriter writer, int count) {
        List<UUID> streams = new ArrayList<>();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID stream = UUID.randomUUID();
            streams.add(stream);
            answers.add(writer.append(Requests.one(stream, 0)));
        }
        answers.forEach(CompletableFuture::join);
        return streams;
    }

    /** @return nanoseconds an update one by one, the fastest of five rounds: others may use the machine */
    private static double fastestUpdate(LedgerWriter writer, List<UUID> streams) {
        int stride = streams.size() / 500;
        double fastest = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                writer.append(Requests.one(streams.get((round * 100 + i) * stride), 1))
                        .join();
            }
            fastest = Math.min(fastest, (System.nanoTime() - start) / 100.0);
        }
        return fastest;
    }
}

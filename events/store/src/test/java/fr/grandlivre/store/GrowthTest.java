package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final int STREAMS = 10_000;

    /**
     * A plan made while the tables are empty likes to read them whole, and is kept: at 100,000 streams such a batch takes
     * 4–8 ms. PostgreSQL counts what it reads that way, so that the test does not depend on the machine's mood.
     */
    @Test
    void an_empty_ledger_that_grows_fast_never_reads_a_table_from_end_to_end() {
        try (TestLedger ledger = TestLedger.create()) {
            for (String table : List.of("stream_head", "command_receipt", "ledger_head")) {
                ledger.execute("alter table ledger." + table + " set (autovacuum_enabled = off)");
            }
            LedgerWriter writer = ledger.writer();
            // One by one first, so that every plan is made and kept while the tables are empty.
            UUID first = UUID.randomUUID();
            for (int seq = 0; seq < 20; seq++) {
                writer.append(Requests.one(first, seq)).join();
            }
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                UUID stream = UUID.randomUUID();
                answers.add(writer.append(Requests.one(stream, 0)));
                answers.add(writer.append(Requests.one(stream, 1)));
                if (i % 1_000 == 0) {
                    answers.forEach(CompletableFuture::join);
                    answers.clear();
                }
            }
            answers.forEach(CompletableFuture::join);
            // A backend hands in its counters when it ends.
            writer.close();
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (ledger.number("select n_tup_ins from pg_stat_user_tables where relname = 'stream_head'")
                    <= STREAMS) {
                assertThat(System.nanoTime()).as("counters handed in").isLessThan(deadline);
                Thread.onSpinWait();
            }

            assertThat(ledger.number("""
                select sum(seq_tup_read) from pg_stat_user_tables
                where schemaname = 'ledger' and relname in ('stream_head', 'command_receipt')\
                """))
                    .as("rows read" + " by whole-table" + " reads")
                    .isLessThan(100);
            Invariants.check(ledger);
        }
    }
}

package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** {@code -Dledger.cuts=10000} makes the long version. */
class LostReplyTest {
    private static final int CUTS = Integer.getInteger("ledger.cuts", 30);
    private static final int CALLERS = 16;

    @Test
    void a_lost_reply_is_neither_a_failure_nor_a_second_effect() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        try (TestLedger ledger = TestLedger.create();
                CuttingProxy proxy = new CuttingProxy(TestServer.port(), seed, 0.5);
                LedgerWriter writer = new LedgerWriter(
                        TestServer.dataSource(proxy.port(), ledger.database(), TestServer.APP_USER),
                        Clock.systemUTC(),
                        new LedgerTail(),
                        new SimpleMeterRegistry(),
                        WriterSettings.defaults())) {
            Queue<Appended> acknowledged = new ConcurrentLinkedQueue<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> callers = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    callers.add(threads.submit(() -> {
                        UUID stream = UUID.randomUUID();
                        for (int seq = 0; proxy.cuts() < CUTS; seq++) {
                            EncodedEvent event = Requests.event("test.happened", "x".repeat(2_500));
                            Appended appended = writer.append(
                                            Requests.of(new StreamAppend(stream, seq, List.of(event))))
                                    .get();
                            // The stream went on by exactly one: neither lost nor doubled.
                            assertThat(appended.seq()).isEqualTo(seq);
                            acknowledged.add(appended);
                        }
                        return null;
                    }));
                }
                for (Future<?> caller : callers) {
                    caller.get();
                }
            }

            String run = "seed " + seed + ", " + proxy.cuts() + " replies cut";
            assertThat(acknowledged).as(run).noneMatch(Appended::replayed);
            assertThat(ledger.reader().head()).as(run).isEqualTo(acknowledged.size());
            assertThat(acknowledged.stream().map(Appended::firstPosition).distinct())
                    .as(run)
                    .hasSize(acknowledged.size());
            Invariants.check(ledger);
            System.out.printf("%s: %d acknowledged, each once%n", run, acknowledged.size());
        }
    }
}

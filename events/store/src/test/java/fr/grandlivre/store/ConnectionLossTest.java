package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConnectionLossTest {
    private static final int CALLERS = 64;
    private static final int LOSSES = 10;

    @Test
    void connections_cut_under_load_lose_nothing_and_double_nothing() throws Exception {
        try (TestLedger ledger = TestLedger.create()) {
            LedgerWriter writer = ledger.writer();
            Queue<Appended> acknowledged = new ConcurrentLinkedQueue<>();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            AtomicBoolean done = new AtomicBoolean();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(threads.submit(() -> {
                        while (!done.get()) {
                            try {
                                acknowledged.add(writer.append(Requests.one(UUID.randomUUID(), 0))
                                        .join());
                            } catch (RuntimeException failure) {
                                failures.add(failure);
                            }
                        }
                    }));
                }
                for (int loss = 0; loss < LOSSES; loss++) {
                    int enough = acknowledged.size() + 300;
                    long deadline = System.nanoTime() + 20_000_000_000L;
                    while (acknowledged.size() < enough && System.nanoTime() < deadline) {
                        Thread.onSpinWait();
                    }
                    ledger.number("""
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                        where application_name = 'ledger-writer' and datname = current_database()\
                        """);
                }
                int enough = acknowledged.size() + 300;
                while (acknowledged.size() < enough && failures.isEmpty()) {
                    Thread.onSpinWait();
                }
                done.set(true);
                for (Future<?> caller : callers) {
                    caller.get();
                }
            }

            assertThat(failures).isEmpty();
            assertThat(acknowledged).noneMatch(Appended::replayed);
            assertThat(ledger.reader().head()).isEqualTo(acknowledged.size());
            assertThat(acknowledged.stream().map(Appended::firstPosition).distinct())
                    .hasSize(acknowledged.size());
            Invariants.check(ledger);
        }
    }
}

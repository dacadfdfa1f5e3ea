package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer with more to do than it can: refuses clearly, keeps what it accepted, recovers by itself. */
class OverloadTest {
    private static final int LIMIT = 10;

    private TestLedger ledger;

    @BeforeEach
    void create() {
        ledger = TestLedger.create();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_full_queue_refuses_at_once_and_recovers() throws Exception {
        LedgerWriter writer = ledger.newWriter(settings(Duration.ofSeconds(20)));
        writer.append(Requests.one(UUID.randomUUID(), 0)).join();
        List<CompletableFuture<Appended>> accepted = new ArrayList<>();
        int refused = 0;
        try (Connection holder = ledger.owner().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from ledger.ledger_head for update");
            // One batch is with the database; ten more commands may wait.
            for (int i = 0; i < 100; i++) {
                long start = System.nanoTime();
                try {
                    accepted.add(writer.append(Requests.one(UUID.randomUUID(), 0)));
                } catch (LedgerOverloadedException full) {
                    refused++;
                    assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(System.nanoTime() - start).isLessThan(100_000_000L);
                }
            }
            assertThat(refused).isBetween(1, 90);
            holder.rollback();
        }
        accepted.forEach(CompletableFuture::join);

        assertThat(writer.append(Requests.one(UUID.randomUUID(), 0)).join().replayed())
                .isFalse();
        assertThat(ledger.reader().head()).isEqualTo(accepted.size() + 2);
        assertThat(ledger.meters()
                        .counter("ledger.writer.refusals", "reason", "overloaded")
                        .count())
                .isEqualTo(refused);
        assertThat(ledger.meters().get("ledger.writer.queue").gauge().value()).isZero();
        Invariants.check(ledger);
    }

    @Test
    void bytes_that_wait_are_bounded_too() throws Exception {
        LedgerWriter writer = ledger.newWriter(settings(Duration.ofSeconds(20)));
        writer.append(Requests.one(UUID.randomUUID(), 0)).join();
        try (Connection holder = ledger.owner().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from ledger.ledger_head for update");
            CompletableFuture<Appended> first = writer.append(large());
            assertThatThrownBy(() -> {
                        var _ = writer.append(large());
                        writer.append(large());
                    })
                    .isInstanceOf(LedgerOverloadedException.class);
            holder.rollback();
            first.join();
        }
    }

    @Test
    void a_database_that_does_not_answer_is_reported_within_a_bounded_time_and_the_retry_tells_the_outcome()
            throws Exception {
        LedgerWriter writer = ledger.newWriter(settings(Duration.ofMillis(500)));
        writer.append(Requests.one(UUID.randomUUID(), 0)).join();
        UUID command = UUID.randomUUID();
        UUID stream = UUID.randomUUID();
        long start = System.nanoTime();
        try (Connection holder = ledger.owner().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from ledger.ledger_head for update");

            assertThatThrownBy(() ->
                            writer.append(Requests.one(command, stream, 0)).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LedgerUnavailableException.class);
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("milliseconds")
                    .isLessThan(6_000);
            holder.rollback();
        }

        Appended appended = writer.append(Requests.one(command, stream, 0)).join();
        assertThat(appended.lastPosition()).isEqualTo(2);
        Invariants.check(ledger);
    }

    @Test
    void a_closed_writer_finishes_what_waits_and_refuses_the_rest() {
        LedgerWriter writer = ledger.newWriter(WriterSettings.defaults());
        List<CompletableFuture<Appended>> accepted = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            accepted.add(writer.append(Requests.one(UUID.randomUUID(), 0)));
        }
        writer.close();

        assertThat(accepted).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThatThrownBy(() -> writer.append(Requests.one(UUID.randomUUID(), 0)))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThat(ledger.reader().head()).isEqualTo(500);
    }

    private static AppendRequest large() {
        return Requests.of(
                new StreamAppend(UUID.randomUUID(), 0, List.of(Requests.event("test.happened", "x".repeat(40_000)))));
    }

    private static WriterSettings settings(Duration giveUpAfter) {
        return new WriterSettings(
                LIMIT, 50_000, 1_000, 1 << 20, giveUpAfter, Duration.ofSeconds(5), Duration.ofSeconds(3), 10_000_000);
    }
}

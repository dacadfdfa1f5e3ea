package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands over thousands of streams: all or nothing, and nobody waits long for them. */
class LargeCommandsTest {
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
    void ten_thousand_and_one_streams_are_recorded_in_one_transaction() {
        AppendRequest request = overStreams(10_001);

        Appended appended = ledger.writer().append(request).join();

        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(appended.lastPosition()).isEqualTo(10_001);
        assertThat(ledger.number("select count(distinct xmin::text) from ledger.event"))
                .isEqualTo(1);
        Invariants.check(ledger);
    }

    @Test
    void one_stream_of_ten_thousand_in_conflict_loses_all_of_them() {
        AppendRequest request = overStreams(10_001);
        UUID taken = request.streams().get(7_000).stream();
        ledger.writer().append(Requests.one(taken, 0)).join();

        assertThatThrownBy(() -> ledger.writer().append(request).join())
                .hasCauseInstanceOf(StreamConflictException.class);

        assertThat(ledger.reader().head()).isEqualTo(1);
        assertThat(ledger.number("select count(*) from ledger.stream_head")).isEqualTo(1);
        assertThat(ledger.number("select count(*) from ledger.command_receipt")).isEqualTo(1);
    }

    @Test
    void others_wait_at_most_two_seconds_while_large_commands_come_one_after_another() throws Exception {
        LedgerWriter writer = ledger.writer();
        AtomicLong slowestNanos = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                callers.add(threads.submit(() -> {
                    while (!done.get()) {
                        long start = System.nanoTime();
                        writer.append(Requests.one(UUID.randomUUID(), 0)).join();
                        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                    }
                }));
            }
            List<CompletableFuture<Appended>> large = IntStream.range(0, 6)
                    .mapToObj(_ -> writer.append(overStreams(10_001)))
                    .toList();
            large.forEach(CompletableFuture::join);
            done.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        }

        assertThat(slowestNanos.get() / 1_000_000)
                .as("slowest answer, milliseconds")
                .isLessThanOrEqualTo(2_000);
        Invariants.check(ledger);
    }

    @Test
    void more_events_than_a_writer_may_be_held_up_for_are_refused() {
        assertThatThrownBy(() -> overStreams(AppendRequest.MAX_EVENTS + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_stream_stands_once_in_a_request() {
        UUID stream = UUID.randomUUID();
        assertThatThrownBy(() -> Requests.of(Requests.events(stream, 0, 1), Requests.events(stream, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AppendRequest overStreams(int count) {
        return new AppendRequest(
                UUID.randomUUID(),
                Requests.NO_FINGERPRINT,
                IntStream.range(0, count)
                        .mapToObj(_ -> Requests.events(TimeOrderedId.next(), 0, 1))
                        .toList());
    }
}

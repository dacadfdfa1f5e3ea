package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTailTest {
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
    void events_of_this_process_wake_followers_before_anything_else_happens() {
        AtomicInteger woken = new AtomicInteger();
        LedgerTail.Registration registration = ledger.tail().onAppended(woken::incrementAndGet);
        long position = append();

        assertThat(awaitBeyond(ledger.tail(), position - 1, Duration.ofSeconds(5)))
                .isTrue();
        assertThat(awaitBeyond(ledger.tail(), position, Duration.ZERO)).isFalse();
        registration.close();
        append();
        ledger.writer().close();
        assertThat(woken).hasValue(1);
    }

    @Test
    void followers_of_many_events_are_told_now_and_then_and_of_the_last_one() {
        AtomicInteger woken = new AtomicInteger();
        ledger.tail().onAppended(woken::incrementAndGet);
        long start = System.nanoTime();
        long last = 0;
        for (int i = 0; i < 50; i++) {
            last = append();
        }
        while (ledger.tail().announced() < last) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(30).toNanos());
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(woken.get())
                .isLessThanOrEqualTo(2 + (int) ((System.nanoTime() - start) / LedgerTail.PACE.toNanos()));
    }

    @Test
    void a_follower_that_fails_does_not_keep_the_others_from_waking() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        ledger.tail().onAppended(() -> {
            throw new IllegalStateException("planted");
        });
        ledger.tail().onAppended(woken::countDown);
        append();
        assertThat(woken.await(5, TimeUnit.SECONDS)).isTrue();
        append();
    }

    @Test
    void events_of_another_process_wake_followers_within_150_milliseconds() {
        try (LedgerTail elsewhere = new LedgerTail()) {
            elsewhere.watch(ledger.reader()::head);
            long position = append();
            assertThat(awaitBeyond(elsewhere, position - 1, Duration.ofSeconds(5)))
                    .isTrue();
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long next = append();
                long start = System.nanoTime();
                assertThat(awaitBeyond(elsewhere, next - 1, Duration.ofSeconds(5)))
                        .isTrue();
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            assertThat(fastest / 1_000_000).as("milliseconds").isLessThan(150);
        }
    }

    private long append() {
        return ledger.writer().append(Requests.one(UUID.randomUUID(), 0)).join().lastPosition();
    }

    private static boolean awaitBeyond(LedgerTail tail, long position, Duration atMost) {
        try {
            return tail.awaitBeyond(position, atMost);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}

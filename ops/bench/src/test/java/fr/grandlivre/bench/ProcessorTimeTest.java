package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    /** Long beside a tick of 10 ms, in which the kernel's three counters may differ by a few. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    private static final Duration MOST_OF_IT = Duration.ofMillis(750);

    /** Any process will do as server: this one has no children. */
    private static final long OURSELVES = ProcessHandle.current().pid();

    @Test
    void work_of_this_process_is_charged_to_it_and_not_to_others() {
        ProcessorTime before = ProcessorTime.now(OURSELVES);
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        ProcessorTime used = ProcessorTime.now(OURSELVES).minus(before);
        while (used.jvm().compareTo(LONG_ENOUGH) < 0 && System.nanoTime() < deadline) {
            used = ProcessorTime.now(OURSELVES).minus(before);
        }

        assertThat(used.jvm()).isGreaterThanOrEqualTo(LONG_ENOUGH);
        assertThat(used.all()).isGreaterThanOrEqualTo(MOST_OF_IT);
        assertThat(used.postgres()).isGreaterThanOrEqualTo(MOST_OF_IT);
    }

    @Test
    void others_never_have_less_than_no_time() {
        ProcessorTime tick = new ProcessorTime(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(20));

        assertThat(tick.others()).isZero();
    }
}

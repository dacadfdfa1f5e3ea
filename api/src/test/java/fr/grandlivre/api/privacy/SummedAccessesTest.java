package fr.grandlivre.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SummedAccessesTest {
    private static final Instant EIGHT = Instant.parse("2022-05-16T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<SummariseAccesses> recorded = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = EIGHT;
    private boolean away;
    private final SummedAccesses summed = new SummedAccesses(this::record, new ServerClock(clock(() -> now)), meters);

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private void record(SummariseAccesses batch) {
        recorded.add(batch);
        if (away) {
            throw new IllegalStateException("nobody knows whether it was recorded");
        }
    }

    private static CertificateId certificate(int number) {
        return new CertificateId(new UUID(1, number));
    }

    private static LearnerId holder(int number) {
        return new LearnerId(new UUID(2, number));
    }

    private void read(int number) {
        summed.count(certificate(number), holder(number));
    }

    private List<AccessSummarised> sums() {
        return recorded.stream().flatMap(batch -> batch.sums().stream()).toList();
    }

    private static AccessSummarised sum(int number, Instant hour, int count) {
        return new AccessSummarised(holder(number), certificate(number), hour, count);
    }

    @Test
    void readings_are_added_up_by_certificate_and_hour() {
        read(1);
        now = EIGHT.plus(HOUR).minusMillis(1);
        read(1);
        read(2);
        now = EIGHT.plus(HOUR);
        read(1);
        summed.recordAll();
        assertThat(sums()).containsExactlyInAnyOrder(sum(1, EIGHT, 2), sum(2, EIGHT, 1), sum(1, EIGHT.plus(HOUR), 1));
        summed.recordAll();
        assertThat(sums()).as("each once").hasSize(3);
    }

    @Test
    void only_the_hours_that_are_wanted_are_recorded_a_bounded_number_at_a_time() {
        int many = 2 * AccessCommand.MOST_SUMS + 1;
        for (int i = 0; i < many; i++) {
            read(i);
        }
        long eight = EIGHT.getEpochSecond() / HOUR.toSeconds();
        assertThat(summed.recordSome(hour -> hour < eight)).isZero();
        assertThat(summed.recordSome(hour -> hour == eight)).isEqualTo(AccessCommand.MOST_SUMS);
        assertThat(summed.recordSome(hour -> hour == eight)).isEqualTo(AccessCommand.MOST_SUMS);
        assertThat(summed.recordSome(hour -> hour == eight)).isEqualTo(1);
        assertThat(summed.recordSome(hour -> hour == eight)).isZero();
        assertThat(sums()).doesNotHaveDuplicates().hasSize(many);
    }

    @Test
    void what_may_or_may_not_be_recorded_is_sent_again_as_the_same_command_before_anything_else() {
        read(1);
        away = true;
        summed.recordAll();
        read(1);
        read(2);
        away = false;
        summed.recordAll();
        assertThat(recorded).hasSize(3);
        assertThat(recorded.get(1)).isEqualTo(recorded.get(0));
        assertThat(recorded.get(2).sums()).containsExactlyInAnyOrder(sum(1, EIGHT, 1), sum(2, EIGHT, 1));
        assertThat(recorded.get(2).batch()).isNotEqualTo(recorded.get(0).batch());
    }

    @Test
    void an_orderly_stop_records_what_is_left_also_after_a_start_anew() {
        for (int run = 1; run <= 2; run++) {
            summed.start();
            read(run);
            summed.stop();
            assertThat(summed.isRunning()).isFalse();
            assertThat(sums()).hasSize(run);
        }
    }

    @Test
    void no_reading_is_lost_between_those_who_count_and_the_one_who_records() throws InterruptedException {
        int readers = 4;
        int each = 20_000;
        CountDownLatch left = new CountDownLatch(readers);
        try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
            for (int reader = 0; reader < readers; reader++) {
                threads.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        read(i % 50);
                    }
                    left.countDown();
                });
            }
            while (left.getCount() > 0) {
                summed.recordSome(_ -> true);
            }
        }
        summed.recordAll();
        assertThat(sums().stream().mapToInt(AccessSummarised::count).sum()).isEqualTo(readers * each);
        assertThat(meters.counter("ledger.access.uncounted").count()).isZero();
    }
}

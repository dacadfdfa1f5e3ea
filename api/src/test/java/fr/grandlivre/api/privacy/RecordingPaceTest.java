package fr.grandlivre.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordingPaceTest {
    @Test
    void the_sums_of_an_hour_are_spread_so_that_others_have_the_machine() {
        assertThat(RecordingPace.pause(RecordingPace.PER_SECOND, 100_000)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RecordingPace.pause(10, 0)).isEqualTo(Duration.ofSeconds(10).dividedBy(RecordingPace.PER_SECOND));
    }

    @Test
    void all_sums_that_memory_holds_are_recorded_within_the_next_hour_at_the_slowest() {
        Duration each = RecordingPace.pause(1, RecordingPace.MANY);
        assertThat(each.multipliedBy(RecordingPace.MOST)).isLessThan(Duration.ofHours(1));
    }

    @Test
    void the_less_room_is_left_the_faster_they_go_and_without_room_at_once() {
        Duration before = Duration.ofDays(1);
        for (int held = RecordingPace.MANY; held <= RecordingPace.MOST; held += RecordingPace.MANY / 10) {
            Duration pause = RecordingPace.pause(100, held);
            assertThat(pause).isLessThan(before);
            before = pause;
        }
        assertThat(before).isZero();
        assertThat(RecordingPace.pause(100, RecordingPace.MOST + 1)).isZero();
    }
}

package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.bench.Flatness.Wish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    /** Two cohorts and a part of the third. */
    private static final long EVENTS = 2L * Prefill.ACTIVE * 40 + Prefill.ACTIVE * 3 / 2;

    @Test
    void a_ledger_is_filled_with_dense_streams_that_follow_from_the_position() {
        Map<Long, Integer> answers = new HashMap<>();
        for (long event = 0; event < EVENTS; event++) {
            long learner = Prefill.learner(event);
            assertThat(Prefill.answersBefore(event)).isEqualTo(answers.getOrDefault(learner, 0));
            answers.merge(learner, 1, Integer::sum);
        }
        assertThat(answers.keySet()).hasSize((int) Prefill.streams(EVENTS));
        assertThat(answers.values()).allMatch(count -> count <= 40);
        assertThat(Prefill.streams(Prefill.ACTIVE)).isEqualTo(Prefill.ACTIVE);
        assertThat(Prefill.stream(1)).isEqualTo(Prefill.stream(1)).isNotEqualTo(Prefill.stream(2));
    }

    @Test
    void what_is_asked_for_is_read() {
        assertThat(Wish.parse("--help")).isEmpty();
        Wish wish = Wish.parse("--sizes", "20000,1000000", "--rounds", "5", "--fill")
                .orElseThrow();
        assertThat(wish.sizes()).isEqualTo(List.of(20_000L, 1_000_000L));
        assertThat(wish.onlyFill()).isTrue();
        assertThat(wish.windows().rounds()).isEqualTo(5);
        assertThatThrownBy(() -> Wish.parse("--sizes", "1000000,20000")).hasMessageContaining("ascending");
        assertThatThrownBy(() -> Wish.parse("--sizes", "19999")).hasMessageContaining("20000");
        assertThatThrownBy(() -> Wish.parse("--sizes")).hasMessageContaining("--sizes");
        assertThatThrownBy(() -> Wish.parse("--size", "1")).hasMessageContaining("--size");
    }
}

package fr.grandlivre.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomBytesTest {
    @Test
    void no_two_callers_draw_the_same_bytes() {
        Set<Long> drawn = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 100_000).parallel().forEach(_ -> drawn.add(RandomBytes.nextLong()));

        assertThat(drawn).hasSize(100_000).doesNotContain(0L);
    }

    @Test
    void a_draw_may_be_as_long_as_a_block_and_not_longer() {
        assertThat(RandomBytes.next(0)).isEmpty();
        assertThat(RandomBytes.next(4_096)).hasSize(4_096).isNotEqualTo(RandomBytes.next(4_096));
        assertThatThrownBy(() -> RandomBytes.next(4_097)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    @Test
    void a_small_example_has_the_p_of_the_normal_approximation() {
        // U = 4, mean 12.5, deviation 4.787: z = 1.7756.
        double p = MannWhitney.p(new double[] {1, 2, 3, 5, 8}, new double[] {4, 6, 7, 9, 10});
        assertThat(p).isCloseTo(0.0758, within(0.0005));
    }

    @Test
    void samples_of_one_distribution_are_not_told_apart_and_shifted_ones_are() {
        Random random = new Random(7);
        double[] one = random.doubles(2_000).toArray();
        double[] same = random.doubles(2_000).toArray();
        double[] shifted = random.doubles(2_000).map(value -> value + 0.1).toArray();
        assertThat(MannWhitney.p(one, same)).isGreaterThan(0.01);
        assertThat(MannWhitney.p(one, shifted)).isLessThan(0.001);
    }

    @Test
    void equal_values_everywhere_are_no_difference() {
        assertThat(MannWhitney.p(new double[] {1, 1, 1}, new double[] {1, 1})).isEqualTo(1);
    }
}

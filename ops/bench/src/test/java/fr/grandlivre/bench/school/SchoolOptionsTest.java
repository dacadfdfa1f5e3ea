package fr.grandlivre.bench.school;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchoolOptionsTest {
    @Test
    void without_arguments_the_published_run_is_made() {
        SchoolOptions options = SchoolOptions.parse().orElseThrow();
        assertThat(options.classes()).isEqualTo(100);
        assertThat(options.complete()).isTrue();
    }

    @Test
    void a_smaller_run_is_not_published_and_counts_classes_in_fours() {
        SchoolOptions options =
                SchoolOptions.parse("--classes", "10", "--loads", "20").orElseThrow();
        assertThat(options).isEqualTo(new SchoolOptions(8, 20));
        assertThat(options.complete()).isFalse();
        assertThat(SchoolOptions.parse("--help")).isEmpty();
    }

    @Test
    void what_is_not_understood_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SchoolOptions.parse("--classes", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> SchoolOptions.parse("--classes"));
        assertThatIllegalArgumentException().isThrownBy(() -> SchoolOptions.parse("--pupils", "3"));
    }

    @Test
    void a_percentile_is_the_smallest_time_that_so_many_loads_keep() {
        double[] millis = new double[100];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = 100 - i;
        }
        Loads loads = new Loads("a page", millis, Duration.ZERO);
        assertThat(loads.percentile(0.5)).isEqualTo(50);
        assertThat(loads.percentile(0.95)).isEqualTo(95);
        assertThat(loads.longest()).isEqualTo(100);
        assertThat(new Loads("a page", new double[] {7}, Duration.ZERO).percentile(0.95))
                .isEqualTo(7);
    }
}

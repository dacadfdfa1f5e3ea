package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parsed(String... arguments) {
        return Options.parse(arguments).orElseThrow();
    }

    @Test
    void only_a_complete_run_is_published() {
        assertThat(parsed().complete()).isTrue();
        assertThat(parsed("--rounds", "5", "--seconds", "10").complete()).isTrue();
        assertThat(parsed("--rounds", "2").complete()).isFalse();
        assertThat(parsed("--quick").complete()).isFalse();
        assertThat(parsed("--quick", "--rounds", "3").complete()).isFalse();
        assertThat(parsed("--only", "append").complete()).isFalse();
    }

    @Test
    void help_measures_nothing() {
        assertThat(Options.parse("--seconds", "5", "--help")).isEmpty();
    }

    @Test
    void a_misspelt_argument_is_refused() {
        assertThatThrownBy(() -> Options.parse("--round", "3")).hasMessageContaining("--round");
        assertThatThrownBy(() -> Options.parse("--rounds")).hasMessageContaining("1 to 99");
        assertThatThrownBy(() -> Options.parse("--seconds", "61")).hasMessageContaining("1 to 60");
        assertThatThrownBy(() -> Options.parse("--only", "reads")).hasMessageContaining("append, replay, lookup");
    }
}

package fr.grandlivre.rules.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeLengthTest {
    @Test
    void one_percent_used_makes_new_codes_longer() {
        assertThat(CodeLength.next(6, 1_911_029)).isEqualTo(6);
        assertThat(CodeLength.next(6, 1_911_030)).isEqualTo(7);
        assertThat(CodeLength.next(7, 45_864_714)).isEqualTo(7);
        assertThat(CodeLength.next(7, 45_864_715)).isEqualTo(8);
    }

    @Test
    void eight_symbols_are_the_most() {
        assertThat(CodeLength.next(8, Long.MAX_VALUE)).isEqualTo(8);
    }
}

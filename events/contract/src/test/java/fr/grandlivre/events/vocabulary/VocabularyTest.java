package fr.grandlivre.events.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    private static final LearnerId LEARNER = LearnerId.of("018f0000-0000-4000-8000-0000000000aa");

    @Test
    void derived_stream_ids_follow_the_published_vectors() {
        assertThat(StreamIds.evaluation(LEARNER, new CompetenceCode("1.2")))
                .isEqualTo(UUID.fromString("5e52d57a-9da8-5c41-b640-96ddad242b30"));
        assertThat(StreamIds.tutorials(LEARNER)).isEqualTo(UUID.fromString("ac194e9d-c497-59e3-b465-8e3bebdb6d63"));
    }

    @ParameterizedTest
    @CsvSource({"2021-09-01,2021-2022", "2022-08-31,2021-2022", "2022-05-16,2021-2022", "2022-09-01,2022-2023"})
    void a_school_year_starts_on_the_first_of_september(LocalDate day, String year) {
        assertThat(SchoolYear.of(day)).isEqualTo(new SchoolYear(year));
        assertThat(SchoolYear.of(day).contains(day)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-2023", "2021", "21-22", "2021-2022 "})
    void other_texts_are_no_school_year(String text) {
        assertThatThrownBy(() -> new SchoolYear(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ten_times_four_fifths_is_eight() {
        Fraction sum = Fraction.ZERO;
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(Fraction.parse("4/5"));
        }
        assertThat(sum).isEqualTo(Fraction.of(8));
        assertThat(sum).hasToString("8");
    }

    @Test
    void fractions_are_kept_in_lowest_terms_compared_exactly_and_never_overflow_silently() {
        assertThat(new Fraction(16, 6)).hasToString("8/3");
        assertThat(Fraction.parse("8/3")).isGreaterThan(Fraction.parse("5/2"));
        assertThat(Fraction.parse("188/9").floor()).isEqualTo(20);
        assertThatThrownBy(() -> Fraction.of(Long.MAX_VALUE).plus(Fraction.of(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void levels_and_points_stay_within_their_ranges() {
        assertThatThrownBy(() -> new Level(9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Level(-2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pix(1025)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p-234567", "P-23456", "P-234567892", "Q-234567", "P_234567"})
    void a_canonical_code_has_one_shape(String text) {
        assertThatThrownBy(() -> new VerificationCode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

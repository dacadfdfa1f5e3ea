package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamTimeTest {
    private static final Instant START = Instant.parse("2022-05-16T06:30:00.000Z");
    private static final ExamRules RULES = ExamRules.inForce(START);

    @ParameterizedTest
    @CsvSource({
        "0,2022-05-16T08:15:00.000Z,PT2H",
        "33,2022-05-16T08:49:39.000Z,PT2H34M39S",
        "50,2022-05-16T09:07:30.000Z,PT2H52M30S",
        "100,2022-05-16T10:00:00.000Z,PT3H45M"
    })
    void extra_time_lengthens_the_effective_time_and_the_slot(int percent, Instant endsAt, Duration slot) {
        assertThat(ExamTime.endsAt(RULES, START, percent)).isEqualTo(endsAt);
        assertThat(ExamTime.slot(RULES, percent)).isEqualTo(slot);
    }

    @Test
    void the_last_instant_still_counts() {
        Instant endsAt = ExamTime.endsAt(RULES, START, 0);
        assertThat(ExamTime.isAccepted(Instant.parse("2022-05-16T08:14:59.999Z"), endsAt))
                .isTrue();
        assertThat(ExamTime.isAccepted(Instant.parse("2022-05-16T08:15:00.000Z"), endsAt))
                .isTrue();
        assertThat(ExamTime.isAccepted(Instant.parse("2022-05-16T08:15:00.001Z"), endsAt))
                .isFalse();
    }

    @Test
    void extra_time_is_a_percentage() {
        assertThatThrownBy(() -> ExamTime.allowed(RULES, 101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExamTime.allowed(RULES, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void at_most_thirty_minutes_are_given_back_in_all() {
        assertThat(ExamTime.isRestorable(RULES, Duration.ZERO, Duration.ofMinutes(30)))
                .isTrue();
        assertThat(ExamTime.isRestorable(RULES, Duration.ofMinutes(20), Duration.ofMinutes(11)))
                .isFalse();
        assertThat(ExamTime.isRestorable(RULES, Duration.ZERO, Duration.ZERO)).isFalse();
    }
}

package fr.grandlivre.rules.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "2020-07-13,2023-07-13",
        "2020-02-29,2023-02-28",
        "2024-02-29,2027-02-28",
        "2021-02-28,2024-02-28",
        "2025-03-01,2028-03-01",
        "2022-07-01,2025-07-01"
    })
    void a_certificate_is_valid_for_three_calendar_years(LocalDate delivered, LocalDate until) {
        assertThat(ValidityPolicy.inForceOn(delivered).validUntil(delivered)).isEqualTo(until);
    }

    @Test
    void publication_late_in_the_evening_delivers_the_next_day_in_paris() {
        assertThat(ParisDays.of(Instant.parse("2022-06-30T22:30:00Z"))).isEqualTo("2022-07-01");
        assertThat(ParisDays.startOf(LocalDate.parse("2022-07-01"))).isEqualTo("2022-06-30T22:00:00Z");
    }

    @Test
    void policies_have_names() {
        assertThat(ValidityPolicy.find(new RulesVersion("3y-1")))
                .contains(ValidityPolicy.inForceOn(LocalDate.parse("2015-01-01")));
        assertThat(ValidityPolicy.find(new RulesVersion("9y-9"))).isEmpty();
        assertThat(ValidityPolicy.shipped()).hasSize(1);
    }
}

package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.PixScale;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertifiabilityTest {
    private static final ExamRules RULES = ExamRules.inForceOn(LocalDate.parse("2022-05-16"));
    private static final PixScale SCALE = new PixScale(8, 4, 5, 16);
    private static final List<CompetenceCode> CODES = Frameworks.shipped().earliest().competences().stream()
            .map(Competence::code)
            .sorted()
            .toList();

    @Test
    void five_competences_at_level_one_are_enough() {
        Certifiability certifiability = Certifiability.of(profile(5, "8", "0"), RULES);
        assertThat(certifiability.certifiable()).isTrue();
        assertThat(certifiability.reached()).containsExactlyElementsOf(CODES.subList(0, 5));
        assertThat(certifiability.needed()).isZero();
    }

    @Test
    void four_high_levels_and_twelve_near_ones_are_not() {
        Certifiability certifiability = Certifiability.of(profile(4, "40", "7"), RULES);
        assertThat(certifiability.certifiable()).isFalse();
        assertThat(certifiability.reached()).hasSize(4);
        assertThat(certifiability.needed()).isEqualTo(1);
        assertThat(certifiability.missing()).hasSize(12);
    }

    @Test
    void an_exact_sum_just_below_eight_does_not_count() {
        assertThat(Certifiability.of(profile(16, "23/3", "0"), RULES).reached()).isEmpty();
    }

    @Test
    void the_nearest_missing_competences_come_first() {
        Map<CompetenceCode, PixScore> profile = profile(4, "8", "0");
        profile.put(CODES.get(9), score("5"));
        profile.put(CODES.get(12), score("7"));
        profile.put(CODES.get(7), score("5"));
        assertThat(Certifiability.of(profile, RULES).missing().subList(0, 4))
                .containsExactly(CODES.get(12), CODES.get(7), CODES.get(9), CODES.get(4));
    }

    private static Map<CompetenceCode, PixScore> profile(int high, String sum, String others) {
        Map<CompetenceCode, PixScore> profile = new HashMap<>();
        for (int i = 0; i < CODES.size(); i++) {
            profile.put(CODES.get(i), score(i < high ? sum : others));
        }
        return profile;
    }

    private static PixScore score(String sum) {
        return PixScore.of(Fraction.parse(sum), SCALE);
    }
}

package fr.grandlivre.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    private static final Map<String, Integer> FIELDS = Map.of("from", 1);

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void a_refusal_keeps_its_status_and_has_a_sentence_in_both_languages_unless_it_is_silent(Refusal refusal) {
        Problem problem = Refusals.problem(refusal, FIELDS);
        assertThat(problem.status()).isEqualTo(refusal.status());
        if (problem.rule().isPresent()) {
            for (Locale language : new Locale[] {Locale.FRENCH, Locale.ENGLISH}) {
                assertThat(ResourceBundle.getBundle("messages/problem", language)
                                .getString("refusal." + refusal.code()))
                        .isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void the_kind_of_problem_fits_the_status_and_410_of_an_exam_is_no_share(Refusal refusal) {
        Problem problem = Refusals.problem(refusal, FIELDS);
        assertThat(problem.slug().status()).isEqualTo(refusal.status() == 410 ? 409 : refusal.status());
    }

    @Test
    void what_is_unknown_is_refused_without_a_reason() {
        Problem problem = Refusals.problem(Refusal.UNKNOWN_CERTIFICATE, FIELDS);
        assertThat(problem.rule()).isEmpty();
        assertThat(problem.facts()).isEmpty();
    }
}

package fr.grandlivre.bench.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A short, seeded simulation in memory: what it shows, a thousand learners show more exactly. */
class CohortTest {
    private static final Instant NOW = Instant.parse("2022-05-16T08:00:00Z");
    private static final int LEARNERS = 60;
    private static final Cohort ADAPTIVE = Cohort.play(LearnerOptions.SEED, LEARNERS, Picker.ADAPTIVE, NOW);
    private static final Cohort RANDOM = Cohort.play(LearnerOptions.SEED, LEARNERS, Picker.RANDOM, NOW);

    @Test
    void abler_learners_have_more_points() {
        assertThat(ADAPTIVE.correlationOfTotals())
                .as("seed %s", LearnerOptions.SEED)
                .isGreaterThan(0.9);
        assertThat(ADAPTIVE.correlationOfPix()).isGreaterThan(0.7);
        assertThat(ADAPTIVE.correlationOfLevels()).isGreaterThan(0.7);
    }

    @Test
    void the_adaptive_picker_needs_fewer_answers_than_chance_for_the_same_error() {
        double error = 1;
        assertThat(ADAPTIVE.answersForError(error).orElseThrow())
                .as("seed %s", LearnerOptions.SEED)
                .isLessThan(RANDOM.answersForError(error).orElseThrow());
        assertThat(ADAPTIVE.meanAnswers()).isLessThan(RANDOM.meanAnswers());
        for (int answers : new int[] {3, 4, 5}) {
            assertThat(ADAPTIVE.error(answers)).as("after %s answers", answers).isLessThan(RANDOM.error(answers));
        }
    }

    @Test
    void a_cohort_is_the_same_whenever_it_is_played() {
        Cohort again = Cohort.play(LearnerOptions.SEED, 3, Picker.ADAPTIVE, NOW);
        assertThat(again.learners()).isEqualTo(ADAPTIVE.learners().subList(0, 3));
        assertThat(Cohort.play(LearnerOptions.SEED + 1, 3, Picker.ADAPTIVE, NOW).learners())
                .isNotEqualTo(again.learners());
    }

    @Test
    void both_pickers_meet_the_same_learners_and_stop_when_nothing_is_left() {
        for (int i = 0; i < LEARNERS; i++) {
            assertThat(ADAPTIVE.learners().get(i).learner())
                    .isEqualTo(RANDOM.learners().get(i).learner());
        }
        Framework framework = Frameworks.shipped().inForce(NOW);
        assertThat(ADAPTIVE.learners().getFirst().sittings()).hasSameSizeAs(framework.competences());
        assertThat(ADAPTIVE.error(Integer.MAX_VALUE)).isEqualTo(ADAPTIVE.errorAtTheEnd());
    }

    @Test
    void equal_values_share_their_rank() {
        assertThat(Ranks.of(5, 1, 5, 9)).containsExactly(1.5, 0, 1.5, 3);
        assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {2, 4, 9}))
                .isCloseTo(1, within(1e-12));
        assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {9, 4, 2}))
                .isCloseTo(-1, within(1e-12));
        assertThat(Ranks.correlation(
                        new double[] {106, 100, 86, 101, 99, 103, 97, 113, 112, 110},
                        new double[] {7, 27, 2, 50, 28, 29, 20, 12, 6, 17}))
                .isCloseTo(-29d / 165, within(1e-12));
    }

    @Test
    void the_page_says_what_was_played() {
        LearnerOptions options =
                LearnerOptions.parse("--learners", "60", "--http", "0").orElseThrow();
        String page = new SimulationPage(options, ADAPTIVE, RANDOM, Duration.ofSeconds(1), Optional.empty()).markdown();
        assertThat(page)
                .contains("60 × 16", "| seed | " + LearnerOptions.SEED + " |", "not played", "rank correlation")
                .doesNotContain("NaN");
    }

    @Test
    void only_a_complete_run_is_published() {
        assertThat(LearnerOptions.parse().orElseThrow().complete()).isTrue();
        assertThat(LearnerOptions.parse("--learners", "60").orElseThrow().complete())
                .isFalse();
        assertThat(LearnerOptions.parse("--http", "0").orElseThrow().complete()).isFalse();
        assertThat(LearnerOptions.parse("--help")).isEmpty();
    }
}

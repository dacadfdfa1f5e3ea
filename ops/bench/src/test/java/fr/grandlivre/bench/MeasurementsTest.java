package fr.grandlivre.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private final Measurements measurements = new Measurements();

    private void measured(String subject, int callers, int round, double perSecond) {
        measured(subject, callers, round, perSecond, 0);
    }

    private void measured(String subject, int callers, int round, double perSecond, double othersShare) {
        measurements.add(new Measurement(
                Options.Part.APPEND, subject, callers, round, perSecond, 1, 2, 50, 25, 1, 1, othersShare));
    }

    @Test
    void the_median_of_an_odd_number_of_values_is_the_middle_one() {
        assertThat(Measurements.median(9, 1, 5)).isEqualTo(5);
    }

    @Test
    void the_median_of_an_even_number_of_values_is_the_mean_of_the_middle_ones() {
        assertThat(Measurements.median(100, 1, 4, 2)).isEqualTo(3);
    }

    @Test
    void a_ratio_compares_within_the_round() {
        measured("raw", 32, 1, 10_000);
        measured("ours", 32, 1, 12_000);
        measured("raw", 32, 2, 1_000);
        measured("ours", 32, 2, 1_500);

        assertThat(Measurements.ratios(measurements.of("ours", 32), measurements.of("raw", 32)))
                .containsExactly(new double[] {1.2, 1.5}, within(1e-9));
    }

    @Test
    void a_ratio_counts_all_events_of_a_command() {
        measured("raw", 32, 1, 10_000);
        measurements.add(new Measurement(Options.Part.APPEND, "ours", 32, 1, 8_000, 1, 2, 50, 25, 1.25, 1, 0));

        assertThat(Measurements.ratios(measurements.of("ours", 32), measurements.of("raw", 32)))
                .containsExactly(new double[] {1.0}, within(1e-9));
    }

    @Test
    void a_round_without_denominator_has_no_ratio() {
        measured("raw", 32, 1, 10_000);
        measured("ours", 32, 1, 12_000);
        measured("ours", 32, 2, 12_000);

        assertThat(Measurements.ratios(measurements.of("ours", 32), measurements.of("raw", 32)))
                .hasSize(1);
        assertThat(Measurements.medianRatio(measurements.of("ours", 32), measurements.of("raw", 8)))
                .isEmpty();
    }

    @Test
    void a_promise_below_its_minimum_is_missed() {
        assertThat(verdict(7_999)).isEqualTo(Target.Verdict.MISSED);
        assertThat(verdict(8_000)).isEqualTo(Target.Verdict.MINIMUM_REACHED);
        assertThat(verdict(12_000)).isEqualTo(Target.Verdict.GOAL_REACHED);
    }

    private static Target.Verdict verdict(double perSecond) {
        MeasurementsTest run = new MeasurementsTest();
        run.measured("raw", 32, 1, 10_000);
        run.measured("ours", 32, 1, perSecond);
        return new Target("", "ours", 32, "raw", 32, 0.8, 1.2)
                .result(run.measurements)
                .orElseThrow()
                .verdict();
    }

    @Test
    void a_promise_that_was_not_measured_has_no_verdict() {
        measured("ours", 32, 1, 12_000);

        assertThat(new Target("", "ours", 32, "raw", 32, 0.8, 1.2).result(measurements))
                .isEmpty();
    }

    @Test
    void a_run_beside_other_work_is_marked() {
        measured("ours", 32, 1, 12_000, 0.10);
        assertThat(measurements.anyDisturbed()).isFalse();

        measured("ours", 32, 2, 12_000, 0.11);
        assertThat(measurements.anyDisturbed()).isTrue();
    }

    @Test
    void warm_up_is_over_when_two_windows_differ_by_less_than_five_percent() {
        assertThat(Pace.steady(0, 1_000)).isFalse();
        assertThat(Pace.steady(1_000, 1_060)).isFalse();
        assertThat(Pace.steady(1_060, 1_030)).isTrue();
    }
}

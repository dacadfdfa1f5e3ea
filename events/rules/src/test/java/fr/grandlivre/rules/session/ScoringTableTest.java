package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.rules.session.ScoringTable.Answers;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped table is complete and fair, by going through all of it. */
class ScoringTableTest {
    private static final ScoringTable TABLE =
            ExamRules.inForceOn(LocalDate.parse("2022-05-16")).table();
    private static final int BANDS = 3;

    @Test
    void the_rows_are_all_possible_answers_to_one_to_three_questions() {
        Set<Answers> possible = new HashSet<>();
        for (int asked = 1; asked <= 3; asked++) {
            for (int correct = 0; correct <= asked; correct++) {
                for (int neutralised = 0; correct + neutralised <= asked; neutralised++) {
                    possible.add(new Answers(asked, correct, neutralised));
                }
            }
        }
        assertThat(possible).hasSize(19);
        assertThat(TABLE.rows().keySet()).isEqualTo(possible);
        assertThat(TABLE.rows().values()).extracting(ScoringTable.Row::number).doesNotHaveDuplicates();
        assertThat(TABLE.rows().values()).extracting(ScoringTable.Row::number).allMatch(row -> row >= 1 && row <= 19);
    }

    @Test
    void only_the_questions_that_count_and_the_right_ones_matter() {
        Map<List<Integer>, List<Verdict>> verdicts = new HashMap<>();
        TABLE.rows().forEach((answers, row) -> {
            List<Integer> key = List.of(answers.asked() - answers.neutralised(), answers.correct());
            assertThat(verdicts.merge(key, row.verdicts(), (one, other) -> one))
                    .as("%s", answers)
                    .isEqualTo(row.verdicts());
        });
    }

    @Test
    void a_lower_band_never_improves_a_verdict() {
        TABLE.rows()
                .forEach((answers, row) -> assertThat(row.verdicts())
                        .as("%s", answers)
                        .hasSize(BANDS)
                        .isSorted());
    }

    @Test
    void one_more_right_answer_never_worsens_a_verdict() {
        TABLE.rows()
                .keySet()
                .forEach(answers -> assertNotWorse(
                        answers, new Answers(answers.asked(), answers.correct() + 1, answers.neutralised())));
    }

    @Test
    void neutralising_a_wrong_answer_never_worsens_a_verdict_of_the_same_band() {
        TABLE.rows()
                .keySet()
                .forEach(answers -> assertNotWorse(
                        answers, new Answers(answers.asked(), answers.correct(), answers.neutralised() + 1)));
    }

    @Test
    void neutralising_a_right_answer_can_worsen_a_verdict() {
        assertThat(verdict(2, 3, 2, 1)).isEqualTo(Verdict.KEEP);
        assertThat(verdict(2, 3, 1, 2)).isEqualTo(Verdict.DOWNGRADE);
        assertThat(verdict(0, 3, 1, 2)).isEqualTo(Verdict.KEEP);
        assertThat(verdict(0, 3, 0, 3)).isEqualTo(Verdict.NOT_CERTIFIED);
    }

    @ParameterizedTest
    @CsvSource({"100,0", "80,0", "79,1", "70,1", "69,2", "50,2", "49,-1", "0,-1"})
    void a_band_includes_its_lower_end(int rate, int band) {
        assertThat(TABLE.band(rate).orElse(-1)).isEqualTo(band);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "4,0,0", "3,-1,0", "3,2,2", "3,0,-1"})
    void answers_outside_the_table_have_no_verdict(int asked, int correct, int neutralised) {
        assertThat(TABLE.ruling(0, new Answers(asked, correct, neutralised))).isEmpty();
    }

    @Test
    void a_row_that_stands_twice_is_refused() {
        assertThatThrownBy(() -> ScoringTable.parse("head\n1,1,1,0,keep\n2,1,1,0,X\n", List.of(50)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertNotWorse(Answers before, Answers after) {
        if (TABLE.rows().containsKey(after)) {
            for (int band = 0; band < BANDS; band++) {
                assertThat(TABLE.ruling(band, after).orElseThrow().verdict())
                        .as("%s to %s in band %s", before, after, band)
                        .isLessThanOrEqualTo(
                                TABLE.ruling(band, before).orElseThrow().verdict());
            }
        }
    }

    private static Verdict verdict(int band, int asked, int correct, int neutralised) {
        return TABLE.ruling(band, new Answers(asked, correct, neutralised))
                .orElseThrow()
                .verdict();
    }
}

package fr.grandlivre.rules.framework;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.Pix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixScaleTest {
    private static final PixScale SCALE = new PixScale(8, 4, 5, 16);

    @ParameterizedTest
    @CsvSource({"1,4", "2,4", "3,8/3", "5,8/5", "6,4/3", "8,1", "9,8/9", "10,4/5", "11,8/11"})
    void a_skill_is_worth_its_share_of_a_level_but_at_most_four_pix(int skills, String pix) {
        assertThat(SCALE.pixValue(skills)).hasToString(pix);
    }

    @Test
    void all_skills_of_one_difficulty_together_are_exactly_one_level() {
        for (int n = 2; n <= 40; n++) {
            Fraction sum = Fraction.ZERO;
            for (int i = 0; i < n; i++) {
                sum = sum.plus(SCALE.pixValue(n));
            }
            assertThat(sum).as("n = %s, added one by one", n).isEqualTo(Fraction.of(8));
            assertThat(SCALE.pixValue(n).times(n)).as("n = %s", n).isEqualTo(Fraction.of(8));
            assertThat(SCALE.score(sum)).as("n = %s", n).isEqualTo(new Pix(8));
            assertThat(SCALE.level(sum).value()).as("n = %s", n).isEqualTo(1);
        }
    }

    @Test
    void floating_point_would_lose_a_level_for_just_the_known_numbers_of_skills() {
        List<Integer> wrong = new ArrayList<>();
        for (int n = 2; n <= 40; n++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.min(4, 8.0 / n);
            }
            if (Math.floor(sum) != 8) {
                wrong.add(n);
            }
        }
        assertThat(wrong).containsExactly(6, 7, 10, 13, 14, 15, 19, 22, 23, 24, 26, 27, 28, 29, 30, 31, 33, 37, 38);
    }

    @ParameterizedTest
    @CsvSource({"188/9,20,2", "47,40,5", "23/3,7,0", "8,8,1", "0,0,0", "40,40,5", "119/3,39,4"})
    void points_and_level_are_rounded_down_and_capped(String sum, int pix, int level) {
        assertThat(SCALE.score(Fraction.parse(sum)).value()).isEqualTo(pix);
        assertThat(SCALE.level(Fraction.parse(sum)).value()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"127,0", "128,1", "412,3", "639,4", "640,5"})
    void the_overall_level_is_that_of_the_total(int total, int level) {
        assertThat(SCALE.overallLevel(new Pix(total)).value()).isEqualTo(level);
        assertThat(SCALE.maxTotal()).isEqualTo(new Pix(640));
    }

    @Test
    void a_mixed_sum_is_exact() {
        Fraction sum = new Fraction(4, 5)
                .times(10)
                .plus(new Fraction(8, 3).times(2))
                .plus(Fraction.of(4))
                .plus(new Fraction(8, 9).times(4));
        assertThat(sum).isEqualTo(new Fraction(188, 9));
    }
}

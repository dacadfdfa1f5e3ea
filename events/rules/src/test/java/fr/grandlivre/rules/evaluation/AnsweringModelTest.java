package fr.grandlivre.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.evaluation.Grading.Graded;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnsweringModelTest {
    private static final AnsweringModel MODEL = new AnsweringModel(1, 0.25);
    private static final Framework BANK = Frameworks.shipped().versions().getLast();

    @Test
    void every_challenge_of_the_bank_accepts_the_right_answer_and_refuses_the_wrong_one() {
        SplittableRandom chance = new SplittableRandom(1);
        assertThat(BANK.challenges()).allSatisfy(challenge -> {
            assertThat(Grading.grade(challenge, AnsweringModel.right(challenge)))
                    .isEqualTo(new Graded(Outcome.OK));
            assertThat(Grading.grade(challenge, AnsweringModel.wrong(challenge, chance)))
                    .isEqualTo(new Graded(Outcome.KO));
        });
    }

    @Test
    void half_of_the_answers_at_ones_own_level_are_right() {
        assertThat(MODEL.probability(3, 3)).isEqualTo(0.5);
        assertThat(MODEL.probability(4, 3)).isCloseTo(0.731, within(0.001));
        assertThat(new AnsweringModel(2, 0).probability(4, 3)).isCloseTo(0.881, within(0.001));
    }

    @Test
    void chance_follows_the_probability_and_the_seed() {
        Challenge challenge = BANK.challenges().iterator().next();
        int difficulty = Integer.parseInt(challenge.skill().value().replaceAll(".*(\\d)$", "$1"));
        SplittableRandom chance = new SplittableRandom(7);
        int right = 0;
        int skipped = 0;
        for (int draw = 0; draw < 4_000; draw++) {
            Response response = MODEL.response(challenge, difficulty + 1, chance);
            right += response.equals(AnsweringModel.right(challenge)) ? 1 : 0;
            skipped += response instanceof Response.Skipped ? 1 : 0;
        }
        assertThat(right / 4_000d).isCloseTo(0.731, within(0.03));
        assertThat(skipped / 4_000d).isCloseTo(0.269 * 0.25, within(0.02));
        assertThat(MODEL.response(challenge, 1, new SplittableRandom(9)))
                .isEqualTo(MODEL.response(challenge, 1, new SplittableRandom(9)));
    }

    @Test
    void what_is_no_model_is_refused() {
        assertThatThrownBy(() -> new AnsweringModel(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnsweringModel(1, 1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}

package fr.grandlivre.rules.evaluation;

import static fr.grandlivre.rules.framework.Contents.frameworks;
import static fr.grandlivre.rules.framework.Contents.skill;
import static fr.grandlivre.rules.framework.Contents.tube;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.evaluation.Explanation.Reason;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Frameworks;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Frameworks ABC =
            frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("bbb", 1, 2, 3, 4, 5), tube("ccc", 1, 2, 3, 4, 5));

    @Test
    void each_counted_answer_says_what_it_proved_and_its_exact_share() {
        Explanation explanation = History.in(ABC).ok("aaa2").ko("bbb4").explanation();
        assertThat(explanation.counted().getFirst().changes())
                .containsExactly(
                        new SkillChange(skill("aaa1"), true, false, new Fraction(8, 3)),
                        new SkillChange(skill("aaa2"), true, true, new Fraction(8, 3)));
        assertThat(explanation.counted().getFirst().contribution()).hasToString("16/3");
        assertThat(explanation.counted().get(1).changes())
                .containsExactly(
                        new SkillChange(skill("bbb4"), false, true, Fraction.ZERO),
                        new SkillChange(skill("bbb5"), false, false, Fraction.ZERO));
        assertThat(explanation.counted().get(1).contribution()).isEqualTo(Fraction.ZERO);
        assertThat(explanation.rule()).contains(Contents.V2021);
        assertThat(explanation.score().missing()).hasValue(3);
    }

    @Test
    void an_answer_about_a_known_skill_does_not_count() {
        Explanation explanation = History.in(ABC)
                .ok("aaa2")
                .ko("aaa1")
                .answers(Outcome.SKIPPED, "bbb3", "bbb3")
                .explanation();
        assertThat(explanation.counted()).hasSize(2);
        assertThat(explanation.notCounted())
                .extracting(Explanation.NotCounted::reason)
                .containsExactly(Reason.SKILL_ALREADY_KNOWN, Reason.SKILL_ALREADY_KNOWN);
    }

    @Test
    void answers_before_a_reset_do_not_count() {
        Explanation explanation =
                History.in(ABC).ok("aaa2", "aaa2").reset().ok("bbb1").explanation();
        assertThat(explanation.notCounted())
                .extracting(Explanation.NotCounted::reason)
                .containsExactly(Reason.BEFORE_RESET, Reason.BEFORE_RESET);
        assertThat(explanation.counted()).singleElement().satisfies(counted -> {
            assertThat(counted.before()).isEqualTo(Fraction.ZERO);
            assertThat(counted.after()).hasToString("8/3");
        });
    }

    @Test
    void without_answer_there_is_nothing_to_explain() {
        Explanation explanation = History.in(ABC).explanation();
        assertThat(explanation.rule()).isEmpty();
        assertThat(explanation.score().level().value()).isZero();
        assertThat(explanation.score().missing()).hasValue(8);
    }
}

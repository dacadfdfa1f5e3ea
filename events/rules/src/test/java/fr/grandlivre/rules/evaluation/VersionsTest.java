package fr.grandlivre.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.NextVersion;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Tube;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a later version of the framework changes, and what it never does. */
class VersionsTest {
    private static final FrameworkVersion V2019 = new FrameworkVersion("2019");
    private static final Frameworks TODAY = Frameworks.shipped();
    private static final Frameworks LATER = NextVersion.afterTheShippedOnes();
    private static final String GROWN = NextVersion.tubes().get(0).value();
    private static final String ALSO_GROWN = NextVersion.tubes().get(1).value();
    private static final String UNCHANGED = NextVersion.tubes().get(2).value();

    @Test
    void the_third_version_holds_two_skills_of_difficulty_six_worth_a_level_together() {
        Framework third = LATER.of(NextVersion.NAME);
        List<Skill> sixes = third.competence(Contents.C12).orElseThrow().skills().stream()
                .filter(skill -> skill.difficulty() == 6)
                .toList();
        assertThat(sixes)
                .hasSize(2)
                .allSatisfy(skill -> assertThat(third.pixValue(skill.id())).isEqualTo(Fraction.of(4)));
        assertThat(third.scale().maxTotal().value()).isEqualTo(16 * 8 * 6);
        assertThat(third.competence(Contents.C12).orElseThrow().skills()).hasSize(17);
    }

    @Test
    void an_answer_under_2019_keeps_its_reading_under_2021_and_after() {
        History before = mixed(TODAY, "2019");
        assertThat(mixed(LATER, "2019").explanation()).isEqualTo(before.explanation());
        assertThat(mixed(new Frameworks(List.of(TODAY.earliest())), "2019").explanation())
                .isEqualTo(before.explanation());

        History after = mixed(LATER, "2019").version("2021").ok(UNCHANGED + "4");
        assertThat(after.explanation().counted().subList(0, 3))
                .isEqualTo(before.explanation().counted());
        assertThat(after.explanation().counted())
                .extracting(counted -> counted.answer().recorded().framework())
                .containsExactly(V2019, V2019, V2019, new FrameworkVersion("2021"));
    }

    @Test
    void a_failure_of_before_says_nothing_about_a_skill_that_did_not_exist() {
        assertThat(mixed(LATER, "2021").knowledge().isOpen(Contents.skill(GROWN + "6")))
                .isTrue();
        assertThat(mixed(LATER, NextVersion.NAME.value()).knowledge().isOpen(Contents.skill(GROWN + "6")))
                .isFalse();
    }

    @Test
    void the_ceiling_rises_at_the_next_answer_and_not_by_itself() {
        History history = atTheTop(LATER);
        assertThat(history.level().value()).isEqualTo(5);
        assertThat(history.knowledge().score().missing()).isEmpty();
        assertThat(history.explanation()).isEqualTo(atTheTop(TODAY).explanation());

        history.version(NextVersion.NAME.value()).ko(GROWN + "6");
        assertThat(history.level().value()).isEqualTo(5);
        assertThat(history.knowledge().score().missing()).hasValue(8);

        history.improve().ok(GROWN + "6");
        assertThat(history.pix().value()).isEqualTo(44);
        assertThat(history.level().value()).isEqualTo(5);
        history.ok(ALSO_GROWN + "6");
        assertThat(history.pix().value()).isEqualTo(48);
        assertThat(history.level().value()).isEqualTo(6);
        assertThat(history.knowledge().score().missing()).isEmpty();
    }

    @Test
    void points_above_the_old_ceiling_count_from_the_next_answer_on_even_a_wrong_one() {
        Frameworks capped = new Frameworks(List.of(
                Contents.framework("2029", "2029-09-01", 1, Contents.competence("1.2", tubesOfFour())),
                Contents.framework("2030", "2030-09-01", 2, Contents.competence("1.2", tubesOfFour()))));
        History history = History.in(capped).ok("aaa4");
        assertThat(history.level().value()).isEqualTo(1);
        assertThat(history.pix().value()).isEqualTo(8);
        assertThat(history.knowledge().sum()).isEqualTo(Fraction.of(16));

        history.version("2030").ko("bbb1");
        assertThat(history.level().value()).isEqualTo(2);
        assertThat(history.pix().value()).isEqualTo(16);
    }

    @Test
    void the_hardest_skill_is_asked_once_its_version_is_in_force() {
        Knowledge top = atTheTop(LATER).knowledge();
        assertThat(NextChallenge.askable(top, LATER.of(new FrameworkVersion("2021")), Set.of()))
                .isEmpty();
        assertThat(NextChallenge.askable(top, LATER.of(NextVersion.NAME), Set.of()))
                .extracting(next -> next.skill().id().value())
                .containsOnly("@" + GROWN + "6", "@" + ALSO_GROWN + "6");
    }

    private static History mixed(Frameworks frameworks, String version) {
        return History.in(frameworks)
                .version(version)
                .ok(GROWN + "3")
                .ko(GROWN + "5")
                .ok(ALSO_GROWN + "2");
    }

    private static History atTheTop(Frameworks frameworks) {
        return History.in(frameworks).version("2021").ok(GROWN + "5", ALSO_GROWN + "5", UNCHANGED + "5");
    }

    private static Tube[] tubesOfFour() {
        return new Tube[] {Contents.tube("aaa", 1, 2, 3, 4), Contents.tube("bbb", 1, 2, 3, 4)};
    }
}

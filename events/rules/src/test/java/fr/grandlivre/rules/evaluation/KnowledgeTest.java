package fr.grandlivre.rules.evaluation;

import static fr.grandlivre.rules.framework.Contents.frameworks;
import static fr.grandlivre.rules.framework.Contents.skill;
import static fr.grandlivre.rules.framework.Contents.tube;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.SkillKnowledge.Validated;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnowledgeTest {
    private static final Frameworks TWO_TUBES = frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("bbb", 1, 2, 3, 4, 5));
    private static final Frameworks THREE_TUBES =
            frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("bbb", 1, 2, 3, 4, 5), tube("ccc", 1, 2, 3, 4, 5));

    @Test
    void the_worked_flow_of_two_tubes_reaches_level_five() {
        History history = History.in(TWO_TUBES).ok("aaa2");
        assertScore(history, 8, 1);
        assertScore(history.ok("aaa4"), 16, 2);
        assertScore(history.ko("aaa5"), 16, 2);
        assertScore(history.ok("bbb5"), 36, 4);
        assertThat(history.knowledge().score().missing()).hasValue(4);
        assertScore(history.improve().ok("aaa5"), 40, 5);
        assertThat(history.knowledge().score().missing()).isEmpty();
        assertThat(history.knowledge().score().pixAhead()).isZero();
    }

    @Test
    void three_tubes_make_thirds_that_add_up_exactly() {
        History history = History.in(THREE_TUBES).ok("aaa2");
        assertScore(history, 5, 0);
        assertThat(history.knowledge().sum()).hasToString("16/3");
        assertScore(history.ok("bbb1"), 8, 1);
    }

    @Test
    void a_right_answer_validates_easier_skills_by_inference() {
        Knowledge knowledge = History.in(TWO_TUBES).ok("aaa3").knowledge();
        assertThat(knowledge.of(skill("aaa3")).map(SkillKnowledge::direct)).contains(true);
        assertThat(knowledge.of(skill("aaa1")).map(SkillKnowledge::direct)).contains(false);
        assertThat(knowledge.of(skill("aaa4"))).isEmpty();
        assertThat(knowledge.of(skill("bbb1"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"KO", "SKIPPED", "TIMED_OUT"})
    void every_failure_invalidates_harder_skills_by_inference(Outcome outcome) {
        Knowledge knowledge = History.in(TWO_TUBES).answers(outcome, "aaa3").knowledge();
        assertThat(knowledge.isOpen(skill("aaa2"))).isTrue();
        assertThat(knowledge.isOpen(skill("aaa3"))).isFalse();
        assertThat(knowledge.isOpen(skill("aaa5"))).isFalse();
        assertThat(knowledge.of(skill("aaa5")).map(SkillKnowledge::direct)).contains(false);
        assertThat(knowledge.tubesFailedInPass(TWO_TUBES.earliest())).containsExactly(new TubeId("aaa"));
    }

    @Test
    void a_failure_leaves_validated_skills_alone() {
        History history = History.in(TWO_TUBES).ok("aaa5").ko("aaa2");
        assertScore(history, 20, 2);
        assertThat(history.knowledge().isValidated(skill("aaa2"))).isTrue();
    }

    @Test
    void a_skill_failed_in_this_pass_is_not_validated_by_inference() {
        History history = History.in(TWO_TUBES).ko("aaa2").ok("aaa5");
        assertThat(history.knowledge().isValidated(skill("aaa5"))).isTrue();
        assertThat(history.knowledge().isValidated(skill("aaa2"))).isFalse();
        assertThat(history.knowledge().isValidated(skill("aaa1"))).isTrue();
    }

    @Test
    void an_improvement_opens_failed_skills_again() {
        History history = History.in(TWO_TUBES).ko("aaa2").improve();
        assertThat(history.knowledge().isOpen(skill("aaa2"))).isTrue();
        assertThat(history.knowledge().tubesFailedInPass(TWO_TUBES.earliest())).isEmpty();
        assertThat(history.knowledge().hasSomethingToImprove()).isTrue();
        assertThat(history.knowledge().isAnswered(new ChallengeId("aaa2a"))).isFalse();
        assertThat(history.knowledge().hasSeen(new ChallengeId("aaa2a"))).isTrue();
        assertScore(history.ok("aaa5"), 20, 2);
        assertThat(history.knowledge().hasSomethingToImprove()).isFalse();
    }

    @Test
    void a_reset_forgets_knowledge_and_keeps_history() {
        History history = History.in(TWO_TUBES).ok("aaa5").reset();
        assertScore(history, 0, 0);
        assertThat(history.knowledge().skills()).isEmpty();
        assertThat(history.knowledge().answers()).hasSize(1);
        assertThat(history.knowledge().answersOfPass()).isEmpty();
        assertThat(history.knowledge().resetFrom()).isEqualTo(1);
    }

    @Test
    void points_are_frozen_at_the_version_of_their_answer_and_the_last_answer_caps() {
        Frameworks versions = new Frameworks(List.of(
                Contents.framework("2030", "2030-09-01", 1, Contents.competence("1.2", tube("aaa", 1, 2, 3))),
                Contents.framework(
                        "2031",
                        "2031-09-01",
                        2,
                        Contents.competence("1.2", tube("aaa", 1, 2, 3), tube("bbb", 1), tube("ccc", 1)))));
        History history = History.in(versions).ok("aaa3");
        assertThat(history.knowledge().sum()).hasToString("12");
        assertScore(history, 8, 1);
        assertThat(history.version("2031").ko("bbb1").level().value()).isEqualTo(1);
        assertScore(history, 12, 1);
        assertScore(history.ok("ccc1"), 14, 1);
        assertThat(history.knowledge().of(skill("ccc1")))
                .get()
                .isInstanceOfSatisfying(
                        Validated.class,
                        validated -> assertThat(validated.pix()).hasToString("8/3"));
    }

    @Test
    void delays_count_whole_days_of_24_hours_from_the_last_answer() {
        Framework inForce = TWO_TUBES.earliest();
        Knowledge none = Knowledge.none(TWO_TUBES, Contents.C12);
        assertThat(none.improvableFrom(inForce)).isEmpty();
        Knowledge knowledge = none.after(
                History.answer(1, inForce.version(), "aaa2", Outcome.KO), Instant.parse("2021-03-01T10:00:00.000Z"));
        assertThat(knowledge.improvableFrom(inForce)).contains(Instant.parse("2021-03-05T10:00:00.000Z"));
        assertThat(knowledge.resettableFrom(inForce)).contains(Instant.parse("2021-03-08T10:00:00.000Z"));
    }

    @Test
    void a_day_of_the_clock_change_has_24_hours_too() {
        Framework inForce = TWO_TUBES.earliest();
        Knowledge knowledge = Knowledge.none(TWO_TUBES, Contents.C12)
                .after(
                        History.answer(1, inForce.version(), "aaa2", Outcome.KO),
                        Instant.parse("2021-03-26T10:00:00.000Z"));
        assertThat(knowledge.improvableFrom(inForce)).contains(Instant.parse("2021-03-30T10:00:00.000Z"));
    }

    @Test
    void the_first_opening_of_a_timed_challenge_counts_until_it_is_answered() {
        ChallengeId challenge = new ChallengeId("aaa2a");
        Instant first = Instant.parse("2021-10-01T08:00:00.000Z");
        History history = History.in(TWO_TUBES)
                .add(new TimerStarted(History.LEARNER, challenge, first))
                .add(new TimerStarted(History.LEARNER, challenge, first.plusSeconds(30)));
        assertThat(history.knowledge().timerOf(challenge)).contains(first);
        assertThat(history.ok("aaa2").knowledge().timerOf(challenge)).isEmpty();
        for (boolean reset : new boolean[] {true, false}) {
            History again = History.in(TWO_TUBES).add(new TimerStarted(History.LEARNER, challenge, first));
            assertThat((reset ? again.reset() : again.improve()).knowledge().timerOf(challenge))
                    .isEmpty();
        }
    }

    @Test
    void other_events_change_nothing() {
        Knowledge knowledge = History.in(TWO_TUBES).ok("aaa2").knowledge();
        assertThat(knowledge.after(new TutorialSaved(History.LEARNER, new TubeId("aaa"), null), Instant.EPOCH))
                .isSameAs(knowledge);
    }

    @Test
    void an_answer_to_a_skill_that_never_was_is_no_fact() {
        assertThatThrownBy(() -> History.in(TWO_TUBES).ok("zzz2")).isInstanceOf(IllegalStateException.class);
    }

    private static void assertScore(History history, int pix, int level) {
        assertThat(history.pix().value()).isEqualTo(pix);
        assertThat(history.level().value()).isEqualTo(level);
    }
}

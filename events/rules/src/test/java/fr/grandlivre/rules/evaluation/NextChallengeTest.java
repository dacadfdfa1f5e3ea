package fr.grandlivre.rules.evaluation;

import static fr.grandlivre.rules.framework.Contents.frameworks;
import static fr.grandlivre.rules.framework.Contents.timedTube;
import static fr.grandlivre.rules.framework.Contents.tube;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tube;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextChallengeTest {
    private static final UUID STREAM = StreamIds.evaluation(History.LEARNER, Contents.C12);
    private static final Frameworks ABC =
            frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("bbb", 1, 2, 3, 4, 5), tube("ccc", 1, 2, 3, 4, 5));

    @ParameterizedTest
    @CsvSource({
        "'2 ok', 4.5",
        "'2 ko', 1.0",
        "'2 ok, 3 ok', 5.0",
        "'2 ok, 3 ko', 2.5",
        "'2 ok, 4 ok, 5 ko', 4.5",
        "'2 ko, 1 ko', 0.5",
        "'1 ok, 2 ok, 3 ok, 4 ok, 5 ok', 6.5",
        "'', 2"
    })
    void the_predicted_level_is_the_least_surprising_one(String answers, double level) {
        List<PredictedLevel.Answer> parsed = Stream.of(answers.split(", "))
                .filter(text -> !text.isEmpty())
                .map(text -> new PredictedLevel.Answer(Integer.parseInt(text.substring(0, 1)), text.endsWith("ok")))
                .toList();
        assertThat(PredictedLevel.of(Contents.PICK, parsed)).isEqualTo(level);
    }

    @Test
    void inferred_skills_and_failures_of_earlier_passes_do_not_move_the_predicted_level() {
        double direct = PredictedLevel.of(Contents.PICK, List.of(new PredictedLevel.Answer(5, true)));
        assertThat(NextChallenge.predicted(History.in(ABC).ok("aaa5").knowledge(), Contents.PICK))
                .isEqualTo(direct);
        assertThat(NextChallenge.predicted(
                        History.in(ABC).ok("aaa5").ko("bbb1").improve().knowledge(), Contents.PICK))
                .isEqualTo(direct);
        assertThat(direct).isLessThan(6.5);
    }

    @ParameterizedTest
    @CsvSource({
        "bbb1,1.1172",
        "bbb2,2.1517",
        "bbb3,3.0",
        "bbb4,3.2449",
        "bbb5,2.5102",
        "aaa3,1.3649",
        "aaa4,2.0",
        "aaa5,1.7551"
    })
    void the_reward_is_the_expected_number_of_skills_decided(String skill, double reward) {
        Knowledge knowledge = History.in(ABC).ok("aaa2").knowledge();
        Framework framework = ABC.earliest();
        Tube tube = framework.tube(new TubeId(skill.substring(0, 3))).orElseThrow();
        assertThat(NextChallenge.predicted(knowledge, Contents.PICK)).isEqualTo(4.5);
        assertThat(NextChallenge.reward(
                        tube, framework.skill(Contents.skill(skill)).orElseThrow(), knowledge, 4.5))
                .isCloseTo(reward, within(0.00005));
    }

    @Test
    void the_draw_is_that_of_the_stream_and_the_number_of_answers() {
        UUID stream =
                StreamIds.evaluation(LearnerId.of("018f0000-0000-4000-8000-0000000000aa"), new CompetenceCode("1.2"));
        Draw draw = Draw.of(stream, 1);
        assertThat(Long.toUnsignedString(draw.number())).isEqualTo("6041154668805226190");
        assertThat(draw.index(2)).isZero();
        NextChallenge next = due(History.in(ABC).ok("aaa2")).orElseThrow();
        assertThat(next.skill().id()).isEqualTo(Contents.skill("bbb4"));
        assertThat(next.challenge().id()).isEqualTo(new ChallengeId("bbb4a"));
    }

    @Test
    void a_draw_reads_its_number_without_sign() {
        assertThat(new Draw(-1).index(10)).isEqualTo(5);
    }

    @Test
    void the_first_question_has_difficulty_two_and_else_the_lowest() {
        assertThat(due(History.in(ABC)).orElseThrow().skill().difficulty()).isEqualTo(2);
        Frameworks without = frameworks(tube("aaa", 3, 4), tube("bbb", 4));
        assertThat(due(History.in(without)).orElseThrow().skill().id()).isEqualTo(Contents.skill("aaa3"));
        History improved = History.in(ABC).ok("aaa2", "bbb2", "ccc2").ko("aaa3", "bbb3", "ccc3");
        assertThat(due(improved)).isEmpty();
        assertThat(due(improved.improve()).orElseThrow().skill().difficulty()).isEqualTo(3);
    }

    @Test
    void no_timed_challenge_comes_first_or_follows_another() {
        Frameworks timed = frameworks(timedTube("aaa", 1, 2, 3), tube("bbb", 1, 2, 3));
        assertThat(due(History.in(timed)).orElseThrow().challenge().isTimed()).isFalse();
        Frameworks rewarding = frameworks(timedTube("aaa", 1, 2, 3, 4, 5), tube("bbb", 4));
        assertThat(due(History.in(rewarding).ok("aaa2")).orElseThrow().skill().id())
                .isEqualTo(Contents.skill("bbb4"));
        assertThat(due(History.in(rewarding).ok("aaa2", "bbb4"))
                        .orElseThrow()
                        .skill()
                        .tube())
                .isEqualTo(new TubeId("aaa"));
    }

    @Test
    void the_timed_rule_yields_rather_than_end_the_evaluation() {
        Frameworks timed = frameworks(timedTube("aaa", 1, 2, 3));
        assertThat(due(History.in(timed)).orElseThrow().skill().difficulty()).isEqualTo(2);
        assertThat(due(History.in(timed).ok("aaa2")).orElseThrow().skill().difficulty())
                .isEqualTo(3);
    }

    @Test
    void easy_tubes_come_before_the_others() {
        Frameworks easy = frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("eee", 1, 2, 3));
        assertThat(due(History.in(easy).ok("eee2")).orElseThrow().skill().id()).isEqualTo(Contents.skill("eee3"));
        assertThat(due(History.in(easy).ok("eee3")).orElseThrow().skill().tube())
                .isEqualTo(new TubeId("aaa"));
    }

    @Test
    void a_skill_far_above_the_predicted_level_is_not_asked() {
        Frameworks steep = frameworks(tube("aaa", 1, 2), tube("hhh", 4, 5, 6));
        History failed = History.in(steep).ko("aaa2", "aaa1");
        assertThat(NextChallenge.predicted(failed.knowledge(), Contents.PICK)).isEqualTo(0.5);
        assertThat(due(failed)).isEmpty();
    }

    @Test
    void a_challenge_not_seen_yet_is_preferred() {
        History seen = History.in(frameworks(tube("aaa", 2))).okTo("aaa2a").reset();
        assertThat(due(seen).orElseThrow().challenge().id()).isEqualTo(new ChallengeId("aaa2b"));
        History all = seen.okTo("aaa2b").reset();
        assertThat(due(all)).isPresent();
    }

    @Test
    void a_withdrawn_challenge_is_not_asked() {
        Frameworks one = frameworks(tube("aaa", 2));
        Knowledge none = Knowledge.none(one, Contents.C12);
        ChallengeId first = new ChallengeId("aaa2a");
        ChallengeId second = new ChallengeId("aaa2b");
        assertThat(NextChallenge.due(STREAM, none, one.earliest(), Set.of(first)))
                .get()
                .extracting(next -> next.challenge().id())
                .isEqualTo(second);
        assertThat(NextChallenge.due(STREAM, none, one.earliest(), Set.of(first, second)))
                .isEmpty();
    }

    @Test
    void a_target_limits_what_is_asked() {
        Knowledge none = Knowledge.none(ABC, Contents.C12);
        assertThat(NextChallenge.due(STREAM, none, ABC.earliest(), Set.of(), Set.of(new TubeId("ccc"))))
                .get()
                .extracting(next -> next.skill().tube())
                .isEqualTo(new TubeId("ccc"));
        assertThat(NextChallenge.due(STREAM, none, ABC.earliest(), Set.of(), Set.of()))
                .isEmpty();
    }

    @Test
    void a_competence_without_content_has_nothing_to_ask() {
        Knowledge elsewhere = Knowledge.none(ABC, new CompetenceCode("5.2"));
        assertThat(NextChallenge.due(STREAM, elsewhere, ABC.earliest(), Set.of()))
                .isEmpty();
    }

    @Test
    void following_the_due_challenge_ends_with_nothing_open_that_is_not_too_hard() {
        Frameworks shipped = Frameworks.shipped();
        Framework framework = shipped.inForce(Instant.parse("2021-10-01T08:00:00.000Z"));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<CompetenceCode> codes =
                    framework.competences().stream().map(each -> each.code()).toList();
            CompetenceCode code = codes.get(seed % codes.size());
            UUID stream = new UUID(seed, 7);
            Knowledge knowledge = Knowledge.none(shipped, code);
            List<ChallengeId> asked = new ArrayList<>();
            boolean wasTimed = true;
            Optional<NextChallenge> due = NextChallenge.due(stream, knowledge, framework, Set.of());
            while (due.isPresent()) {
                NextChallenge next = due.get();
                assertThat(next)
                        .as("seed %s", seed)
                        .isEqualTo(NextChallenge.due(stream, knowledge, framework, Set.of())
                                .orElseThrow());
                assertThat(knowledge.isOpen(next.skill().id()))
                        .as("seed %s", seed)
                        .isTrue();
                assertThat(wasTimed && next.challenge().isTimed())
                        .as("seed %s", seed)
                        .isFalse();
                wasTimed = next.challenge().isTimed();
                asked.add(next.challenge().id());
                var answer = History.answer(
                        asked.size(),
                        framework.version(),
                        next.skill().id().value().substring(1),
                        random.nextBoolean() ? Outcome.OK : Outcome.KO);
                knowledge = knowledge.after(
                        new AnswerRecorded(
                                answer.answer(),
                                answer.learner(),
                                code,
                                next.challenge().id(),
                                next.skill().id(),
                                framework.version(),
                                answer.outcome(),
                                null,
                                0,
                                null,
                                null,
                                null),
                        Instant.EPOCH);
                due = NextChallenge.due(stream, knowledge, framework, Set.of());
            }
            assertThat(asked).as("seed %s", seed).isNotEmpty();
            assertThat(new HashSet<>(asked)).as("seed %s", seed).hasSameSizeAs(asked);
        }
    }

    private static Optional<NextChallenge> due(History history) {
        Knowledge knowledge = history.knowledge();
        return NextChallenge.due(STREAM, knowledge, knowledge.frameworks().earliest(), Set.of());
    }
}

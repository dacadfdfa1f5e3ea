package fr.grandlivre.command.evaluation;

import static fr.grandlivre.command.TestFrameworks.skill;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.evaluation.Response.Chosen;
import fr.grandlivre.rules.evaluation.Response.Skipped;
import fr.grandlivre.rules.evaluation.Response.Typed;
import fr.grandlivre.rules.framework.Framework;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Instant NOW = Instant.parse("2021-10-01T08:00:00Z");
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final CompetenceCode DATA = new CompetenceCode("1.2");
    private static final AnswerId ANSWER = AnswerId.of("018f0000-0000-7000-8000-0000000000a1");
    private static final Framework FRAMEWORK = TestFrameworks.BOTH.of(TestFrameworks.V2021);
    private static final Chosen RIGHT = new Chosen(List.of(0));
    private static final Chosen WRONG = new Chosen(List.of(1));

    /** With nothing known the first question has difficulty 2 and no timer, in tube A or B. */
    private static final ChallengeId FIRST = due(Knowledge.none(TestFrameworks.BOTH, DATA), Set.of());

    private final Withdrawals none = _ -> Set.of();
    private final FixtureConfiguration<Evaluation> evaluation = evaluation(none);

    @Test
    void a_right_answer_to_the_due_challenge_is_recorded_with_the_level_it_moves() {
        evaluation
                .givenCurrentTime(NOW)
                .when(answer(FIRST, RIGHT))
                .expectEvents(recorded(FIRST, Outcome.OK, List.of(0)), moved(0, 1, 8));
    }

    @Test
    void an_answer_that_moves_no_level_is_recorded_alone() {
        evaluation
                .givenCurrentTime(NOW)
                .when(answer(FIRST, WRONG))
                .expectEvents(recorded(FIRST, Outcome.KO, List.of(1)));
    }

    @Test
    void a_skip_is_recorded_without_choices() {
        evaluation
                .givenCurrentTime(NOW)
                .when(answer(FIRST, new Skipped()))
                .expectEvents(recorded(FIRST, Outcome.SKIPPED, null));
    }

    @Test
    void a_competence_that_the_framework_does_not_hold_is_refused() {
        evaluation
                .givenCurrentTime(NOW)
                .when(new RecordAnswer(ANSWER, ADA, new CompetenceCode("9.9"), FIRST, RIGHT, null, null, NOW))
                .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_COMPETENCE))
                .expectNoEvents();
    }

    @Test
    void choices_that_do_not_fit_the_challenge_are_refused() {
        for (Response response : List.of(
                new Chosen(List.of()), new Chosen(List.of(0, 1)), new Chosen(List.of(3)), new Typed(List.of("text")))) {
            evaluation
                    .givenCurrentTime(NOW)
                    .when(answer(FIRST, response))
                    .expectResultMessageMatching(Refusals.withCode(Refusal.ANSWER_SHAPE))
                    .expectNoEvents();
        }
    }

    @Test
    void a_challenge_answered_in_this_pass_is_refused() {
        evaluation
                .given(recorded(FIRST, Outcome.KO, List.of(1)))
                .andGivenCurrentTime(NOW)
                .when(answer(FIRST, RIGHT))
                .expectResultMessagePayload(new Refused(Refusal.ALREADY_ANSWERED))
                .expectNoEvents();
    }

    @Test
    void another_challenge_than_the_due_one_is_refused_and_the_due_one_named() {
        ChallengeId other = skill("1.2", "A", 5).challenges().getFirst().id();
        evaluation
                .givenCurrentTime(NOW)
                .when(answer(other, RIGHT))
                .expectResultMessagePayload(new Refused(Refusal.NOT_THE_DUE_CHALLENGE, "due", FIRST.value()))
                .expectNoEvents();
    }

    @Test
    void a_challenge_of_another_framework_is_not_due() {
        evaluation
                .givenCurrentTime(NOW)
                .when(answer(new ChallengeId("elsewhere1a"), RIGHT))
                .expectResultMessagePayload(new Refused(Refusal.NOT_THE_DUE_CHALLENGE, "due", FIRST.value()))
                .expectNoEvents();
    }

    @Test
    void nothing_is_asked_when_all_challenges_are_withdrawn() {
        Set<ChallengeId> all =
                FRAMEWORK.challenges().stream().map(challenge -> challenge.id()).collect(Collectors.toSet());
        evaluation(_ -> all)
                .givenCurrentTime(NOW)
                .when(answer(FIRST, RIGHT))
                .expectResultMessagePayload(new Refused(Refusal.NOTHING_TO_ASK))
                .expectNoEvents();
    }

    @Test
    void a_withdrawn_challenge_is_not_due() {
        Set<ChallengeId> withdrawn = Set.of(FIRST);
        ChallengeId next = due(Knowledge.none(TestFrameworks.BOTH, DATA), withdrawn);
        evaluation(_ -> withdrawn)
                .givenCurrentTime(NOW)
                .when(answer(FIRST, RIGHT))
                .expectResultMessagePayload(new Refused(Refusal.NOT_THE_DUE_CHALLENGE, "due", next.value()))
                .expectNoEvents();
    }

    @Test
    void within_a_campaign_only_its_tubes_are_asked() {
        Within campaign = new Within(
                ParticipationId.of("018f0000-0000-7000-8000-0000000000c4"),
                Set.of(skill("1.2", "B", 1).tube()));
        ChallengeId ofTubeB = skill("1.2", "B", 2).challenges().getFirst().id();
        evaluation
                .givenCurrentTime(NOW)
                .when(new RecordAnswer(ANSWER, ADA, DATA, ofTubeB, WRONG, null, campaign, NOW))
                .expectEvents(new AnswerRecorded(
                        ANSWER,
                        ADA,
                        DATA,
                        ofTubeB,
                        skill("1.2", "B", 2).id(),
                        TestFrameworks.V2021,
                        Outcome.KO,
                        null,
                        0,
                        campaign.participation(),
                        List.of(1),
                        null));
    }

    @Test
    void the_clock_of_a_timed_challenge_starts_once() {
        Timed timed = Timed.afterOne();
        StartTimer start = new StartTimer(ADA, DATA, timed.challenge, null, NOW);

        timed.fixture.given(timed.before).andGivenCurrentTime(NOW).when(start).expectEvents(timed.started(NOW));
        timed.fixture
                .given(timed.before, timed.started(NOW))
                .andGivenCurrentTime(NOW)
                .when(start)
                .expectNoEvents();
    }

    @Test
    void the_clock_of_an_untimed_challenge_needs_no_start() {
        evaluation
                .givenCurrentTime(NOW)
                .when(new StartTimer(ADA, DATA, FIRST, null, NOW))
                .expectNoEvents();
    }

    @Test
    void only_the_due_challenge_can_be_started() {
        ChallengeId other = skill("1.2", "A", 5).challenges().getLast().id();
        evaluation
                .givenCurrentTime(NOW)
                .when(new StartTimer(ADA, DATA, other, null, NOW))
                .expectResultMessagePayload(new Refused(Refusal.NOT_THE_DUE_CHALLENGE, "due", FIRST.value()))
                .expectNoEvents();
    }

    @Test
    void a_timed_challenge_is_answered_after_its_clock_was_started() {
        Timed timed = Timed.afterOne();
        timed.fixture
                .given(timed.before)
                .andGivenCurrentTime(NOW)
                .when(timed.answer(RIGHT, NOW))
                .expectResultMessagePayload(new Refused(Refusal.NOT_STARTED, "challenge", timed.challenge.value()))
                .expectNoEvents();
    }

    @Test
    void a_timed_challenge_may_be_skipped_without_starting_its_clock() {
        Timed timed = Timed.afterOne();
        timed.fixture
                .given(timed.before)
                .andGivenCurrentTime(NOW)
                .when(timed.answer(new Skipped(), NOW))
                .expectEvents(timed.recorded(Outcome.SKIPPED, 0, null));
    }

    @Test
    void the_last_millisecond_of_the_timer_is_in_time_and_the_next_is_not() {
        Timed timed = Timed.afterOne();
        timed.fixture
                .given(timed.before, timed.started(NOW))
                .andGivenCurrentTime(NOW)
                .when(timed.answer(WRONG, NOW.plusSeconds(60)))
                .expectEvents(timed.recorded(Outcome.KO, 60_000, List.of(1)));
        timed.fixture
                .given(timed.before, timed.started(NOW))
                .andGivenCurrentTime(NOW)
                .when(timed.answer(RIGHT, NOW.plusSeconds(60).plusMillis(1)))
                .expectEvents(timed.recorded(Outcome.TIMED_OUT, 60_001, List.of(0)));
    }

    /** All but one timed challenge is withdrawn after the first answer, so that it is due. */
    private record Timed(FixtureConfiguration<Evaluation> fixture, AnswerRecorded before, ChallengeId challenge) {
        static Timed afterOne() {
            AnswerRecorded before = EvaluationTest.recorded(FIRST, Outcome.KO, List.of(1));
            ChallengeId challenge = skill("1.2", "A", 1).challenges().getLast().id();
            Set<ChallengeId> withdrawn = FRAMEWORK.challenges().stream()
                    .map(any -> any.id())
                    .filter(id -> !id.equals(challenge) && !id.equals(FIRST))
                    .collect(Collectors.toSet());
            return new Timed(evaluation(_ -> withdrawn), before, challenge);
        }

        TimerStarted started(Instant at) {
            return new TimerStarted(ADA, challenge, at);
        }

        RecordAnswer answer(Response response, Instant at) {
            return new RecordAnswer(ANSWER, ADA, DATA, challenge, response, null, null, at);
        }

        AnswerRecorded recorded(Outcome outcome, long elapsedMs, List<Integer> choices) {
            return new AnswerRecorded(
                    ANSWER,
                    ADA,
                    DATA,
                    challenge,
                    skill("1.2", "A", 1).id(),
                    TestFrameworks.V2021,
                    outcome,
                    null,
                    elapsedMs,
                    null,
                    choices,
                    null);
        }
    }

    private static FixtureConfiguration<Evaluation> evaluation(Withdrawals withdrawals) {
        return LedgerFixture.of(
                Evaluation.class, stream -> new Evaluation(stream, TestFrameworks.BOTH), NOW, withdrawals);
    }

    private static ChallengeId due(Knowledge knowledge, Set<ChallengeId> withdrawn) {
        return NextChallenge.due(StreamIds.evaluation(ADA, DATA), knowledge, FRAMEWORK, withdrawn)
                .orElseThrow()
                .challenge()
                .id();
    }

    private static RecordAnswer answer(ChallengeId challenge, Response response) {
        return new RecordAnswer(ANSWER, ADA, DATA, challenge, response, null, null, NOW);
    }

    private static AnswerRecorded recorded(ChallengeId challenge, Outcome outcome, List<Integer> choices) {
        return new AnswerRecorded(
                ANSWER,
                ADA,
                DATA,
                challenge,
                FRAMEWORK.challenge(challenge).orElseThrow().skill(),
                TestFrameworks.V2021,
                outcome,
                null,
                0,
                null,
                choices,
                null);
    }

    private static LevelChanged moved(int from, int to, int pix) {
        return new LevelChanged(
                ADA,
                DATA,
                new Level(from),
                new Level(to),
                new Pix(pix),
                ANSWER.value(),
                Cause.ANSWER,
                TestFrameworks.V2021);
    }
}

package fr.grandlivre.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.campaign.CampaignCommand.AmendCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CompleteParticipation;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.command.campaign.CampaignCommand.ShareResults;
import fr.grandlivre.command.campaign.CampaignCommand.StartParticipation;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Skill;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CampaignTest {
    private static final Instant NOW = Instant.parse("2021-09-13T08:00:00Z");
    private static final Instant OPENS = Instant.parse("2021-09-01T00:00:00Z");
    private static final Instant CLOSES = Instant.parse("2021-10-31T22:59:59.999Z");
    private static final CampaignId CAMPAIGN = CampaignId.of("018f0000-0000-7000-8000-0000000000f1");
    private static final SchoolId SCHOOL = SchoolId.of("018f0000-0000-7000-8000-0000000000b1");
    private static final SchoolId ELSEWHERE = SchoolId.of("018f0000-0000-7000-8000-0000000000b2");
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final SchoolYear YEAR = new SchoolYear("2021-2022");
    private static final UUID PLACE = StreamIds.enrolment(SCHOOL, YEAR, ADA);
    private static final CompetenceCode C12 = new CompetenceCode("1.2");
    private static final Skill A1 = TestFrameworks.skill("1.2", "A", 1);
    private static final Skill A3 = TestFrameworks.skill("1.2", "A", 3);
    private static final TargetedCompetence ONE_TUBE = new TargetedCompetence(C12, List.of(A1.tube()));
    private static final Plan PLAN = new Plan("Rentrée 3e", List.of("3e"), List.of(ONE_TUBE), OPENS, CLOSES);
    private static final UUID STREAM = CAMPAIGN.value();
    private static final UUID EVALUATION = StreamIds.evaluation(ADA, C12);
    private static final CampaignCode FIRST = new CampaignCode("BBBBBB222");
    private static final ParticipationId ATTEMPT = StreamIds.participation(CAMPAIGN, ADA, 1);
    private static final ParticipationId RETRY = StreamIds.participation(CAMPAIGN, ADA, 2);

    /** Letter number 0 and digit number 0, always, unless a test wants others first. */
    private final Deque<Integer> wanted = new ArrayDeque<>();

    private final LedgerScenario scenario = new LedgerScenario(NOW);

    CampaignTest() {
        RandomGenerator draws = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public int nextInt(int bound) {
                return wanted.isEmpty() ? 0 : wanted.pop();
            }
        };
        scenario.with(side -> Campaign.register(side, TestFrameworks.BOTH, _ -> Set.of(), scenario.ledger(), draws));
    }

    private static OpenCampaign open(Plan plan) {
        return new OpenCampaign(CAMPAIGN, SCHOOL, plan, 1);
    }

    private static CampaignOpened opened() {
        return new CampaignOpened(
                CAMPAIGN,
                FIRST,
                "Rentrée 3e",
                SCHOOL,
                List.of("3e"),
                List.of(ONE_TUBE),
                TestFrameworks.V2021,
                OPENS,
                CLOSES,
                1);
    }

    private static PupilEnrolled enrolled(String year) {
        return new PupilEnrolled(
                SCHOOL,
                YEAR,
                ADA,
                new Division("3A"),
                year,
                Personal.of(
                        ADA.value(), new PupilIdentity("Ada", null, null, "Petit", LocalDate.of(2007, 5, 4), null)));
    }

    private static AnswerRecorded answer(Skill skill, Outcome outcome) {
        return new AnswerRecorded(
                new AnswerId(UUID.nameUUIDFromBytes(skill.id().value().getBytes(StandardCharsets.UTF_8))),
                ADA,
                C12,
                skill.challenges().getFirst().id(),
                skill.id(),
                TestFrameworks.V2021,
                outcome,
                null,
                0,
                ATTEMPT,
                null,
                null);
    }

    private LedgerScenario open() {
        return scenario.given(STREAM, opened())
                .given(StreamIds.campaignCode(FIRST), new CampaignCodeReserved(FIRST, CAMPAIGN))
                .given(PLACE, enrolled("3e"));
    }

    private LedgerScenario started() {
        return open().when(new StartParticipation(FIRST, ADA)).thenRecorded();
    }

    /** A1 failed: nothing easier is left, and everything harder is inferred to be failed. */
    private LedgerScenario completed() {
        return started().given(EVALUATION, answer(A1, Outcome.KO));
    }

    @Test
    void a_campaign_is_opened_under_a_code_of_its_own() {
        scenario.when(open(PLAN))
                .thenStream(STREAM, opened())
                .thenStream(StreamIds.campaignCode(FIRST), new CampaignCodeReserved(FIRST, CAMPAIGN))
                .when(open(PLAN))
                .thenUnchanged();
    }

    @Test
    void a_code_that_is_taken_is_not_given_again_and_eight_draws_are_enough() {
        CampaignId other = CampaignId.of("018f0000-0000-7000-8000-0000000000f2");
        scenario.given(StreamIds.campaignCode(FIRST), new CampaignCodeReserved(FIRST, other));
        scenario.when(open(PLAN)).thenRefused(Refusal.CODE_SPACE_EXHAUSTED).thenStream(STREAM);
        for (int symbol = 0; symbol < 9; symbol++) {
            wanted.add(0);
        }
        wanted.add(1);
        scenario.when(open(PLAN)).thenRecorded();
        assertThat(((CampaignOpened) scenario.stream(STREAM).getFirst()).code())
                .isEqualTo(new CampaignCode("CBBBBB222"));
    }

    @Test
    void dates_audience_target_and_tubes_are_looked_at_in_that_order() {
        Plan nothing = new Plan("Vide", List.of(), List.of(), CLOSES, OPENS);
        scenario.when(open(nothing)).thenRefused(Refusal.DATES_INVERTED);
        scenario.when(open(new Plan("Vide", List.of(), List.of(), OPENS, CLOSES)))
                .thenRefused(Refusal.AUDIENCE_EMPTY);
        scenario.when(open(new Plan("Vide", List.of("3e"), List.of(), OPENS, CLOSES)))
                .thenRefused(Refusal.TARGET_EMPTY);
        scenario.when(open(targeting(new TargetedCompetence(C12, List.of())))).thenRefused(Refusal.TARGET_EMPTY);
        scenario.when(open(targeting(new TargetedCompetence(new CompetenceCode("1.1"), List.of(A1.tube())))))
                .thenRefused(Refusal.UNKNOWN_TUBE);
        scenario.when(open(targeting(ONE_TUBE, ONE_TUBE)))
                .thenRefused(Refusal.UNKNOWN_TUBE)
                .thenStream(STREAM);
    }

    private static Plan targeting(TargetedCompetence... target) {
        return new Plan("Cible", List.of("3e"), List.of(target), OPENS, CLOSES);
    }

    @Test
    void an_audience_is_recorded_from_the_youngest() {
        scenario.when(open(new Plan("Tous", List.of("3e", "5e", "4e"), List.of(ONE_TUBE), OPENS, CLOSES)));
        assertThat(((CampaignOpened) scenario.stream(STREAM).getFirst()).audience())
                .containsExactly("5e", "4e", "3e");
    }

    @Test
    void a_campaign_is_amended_by_its_school_until_it_is_closed() {
        Plan other = new Plan(
                "Toute la compétence", List.of("4e", "3e"), List.of(new TargetedCompetence(C12, null)), OPENS, CLOSES);
        open().when(new AmendCampaign(CAMPAIGN, ELSEWHERE, other))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new AmendCampaign(CAMPAIGN, SCHOOL, PLAN))
                .thenUnchanged()
                .when(new AmendCampaign(CAMPAIGN, SCHOOL, other))
                .thenStream(
                        STREAM,
                        opened(),
                        new CampaignAmended(CAMPAIGN, other.title(), other.audience(), other.target(), OPENS, CLOSES))
                .when(new CloseCampaign(CAMPAIGN, ELSEWHERE, ClosingReason.MISTAKE))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new CloseCampaign(CAMPAIGN, SCHOOL, ClosingReason.MISTAKE))
                .thenRecorded()
                .when(new CloseCampaign(CAMPAIGN, SCHOOL, ClosingReason.MISTAKE))
                .thenUnchanged()
                .when(new AmendCampaign(CAMPAIGN, SCHOOL, PLAN))
                .thenRefused(Refusal.CAMPAIGN_CLOSED, Map.of("closesAt", NOW));
        assertThat(scenario.stream(STREAM)).contains(new CampaignClosed(CAMPAIGN, NOW, ClosingReason.MISTAKE));
    }

    @Test
    void after_the_first_participation_dates_may_change_and_the_target_may_not() {
        started()
                .when(new AmendCampaign(CAMPAIGN, SCHOOL, targeting(new TargetedCompetence(C12, null))))
                .thenRefused(Refusal.CAMPAIGN_STARTED)
                .when(new AmendCampaign(
                        CAMPAIGN,
                        SCHOOL,
                        new Plan("Prolongé", List.of("3e"), List.of(ONE_TUBE), OPENS, CLOSES.plusSeconds(86_400))))
                .thenRecorded();
    }

    @Test
    void nobody_commands_a_campaign_that_does_not_exist() {
        scenario.when(new AmendCampaign(CAMPAIGN, SCHOOL, PLAN))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new CloseCampaign(CAMPAIGN, SCHOOL, ClosingReason.FINISHED))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.UNKNOWN_CODE)
                .when(new CompleteParticipation(ATTEMPT))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new ShareResults(ATTEMPT, ADA))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN);
    }

    @Test
    void the_first_participation_of_all_fixes_the_target_and_starting_again_changes_nothing() {
        started()
                .thenStream(ATTEMPT.value(), new ParticipationStarted(ATTEMPT, CAMPAIGN, ADA, 1))
                .thenStream(STREAM, opened(), new TargetFixed(CAMPAIGN))
                .when(new StartParticipation(FIRST, ADA))
                .thenUnchanged();
        LearnerId bob = LearnerId.of("018f0000-0000-7000-8000-000000000b0b");
        scenario.given(StreamIds.enrolment(SCHOOL, YEAR, bob), enrolled("3e"))
                .when(new StartParticipation(FIRST, bob))
                .thenRecorded()
                .thenStream(STREAM, opened(), new TargetFixed(CAMPAIGN));
    }

    @Test
    void a_campaign_is_entered_from_its_first_instant_to_its_last_inclusive() {
        open().at(OPENS.minusMillis(1))
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.NOT_OPEN_YET, Map.of("opensAt", OPENS))
                .at(CLOSES.plusMillis(1))
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.CAMPAIGN_CLOSED, Map.of("closesAt", CLOSES))
                .at(CLOSES)
                .when(new StartParticipation(FIRST, ADA))
                .thenRecorded();
    }

    @Test
    void a_campaign_that_was_closed_by_hand_refuses_entry_with_that_date() {
        open().when(new CloseCampaign(CAMPAIGN, SCHOOL, ClosingReason.FINISHED))
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.CAMPAIGN_CLOSED, Map.of("closesAt", NOW));
    }

    @Test
    void pupils_of_other_years_or_schools_and_those_who_left_are_not_its_audience() {
        LearnerId bob = LearnerId.of("018f0000-0000-7000-8000-000000000b0b");
        LearnerId eve = LearnerId.of("018f0000-0000-7000-8000-000000000e7e");
        open().given(StreamIds.enrolment(SCHOOL, YEAR, bob), enrolled("4e"))
                .when(new StartParticipation(FIRST, bob))
                .thenRefused(Refusal.WRONG_AUDIENCE)
                .when(new StartParticipation(FIRST, eve))
                .thenRefused(Refusal.WRONG_AUDIENCE)
                .given(PLACE, new PupilLeft(SCHOOL, YEAR, ADA, LocalDate.of(2021, 9, 10), LeavingReason.MOVED))
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.WRONG_AUDIENCE);
    }

    @Test
    void a_participation_is_complete_when_nothing_is_left_to_ask_in_the_target() {
        started().when(new CompleteParticipation(ATTEMPT)).thenUnchanged();
        scenario.given(EVALUATION, answer(A3, Outcome.KO))
                .when(new CompleteParticipation(ATTEMPT))
                .thenUnchanged()
                .given(EVALUATION, answer(A1, Outcome.KO))
                .when(new CompleteParticipation(ATTEMPT))
                .thenRecorded();
        assertThat(scenario.stream(ATTEMPT.value()).getLast()).isInstanceOf(ParticipationCompleted.class);
        scenario.when(new CompleteParticipation(ATTEMPT)).thenUnchanged();
    }

    @Test
    void results_are_shared_once_at_the_head_of_the_ledger() {
        started()
                .when(new ShareResults(ATTEMPT, ADA))
                .thenRefused(Refusal.NOT_COMPLETED)
                .given(EVALUATION, answer(A1, Outcome.KO))
                .when(new ShareResults(ATTEMPT, LearnerId.of("018f0000-0000-7000-8000-000000000b0b")))
                .thenRefused(Refusal.UNKNOWN_CAMPAIGN)
                .when(new ShareResults(ATTEMPT, ADA))
                .thenStream(
                        ATTEMPT.value(),
                        new ParticipationStarted(ATTEMPT, CAMPAIGN, ADA, 1),
                        new ParticipationCompleted(ATTEMPT, 6),
                        new ResultsShared(ATTEMPT, CAMPAIGN, ADA, SCHOOL, 6))
                .when(new ShareResults(ATTEMPT, ADA))
                .thenUnchanged();
    }

    @Test
    void nothing_is_shared_with_a_campaign_that_is_closed() {
        completed()
                .when(new CompleteParticipation(ATTEMPT))
                .at(CLOSES.plusMillis(1))
                .when(new ShareResults(ATTEMPT, ADA))
                .thenRefused(Refusal.CAMPAIGN_CLOSED, Map.of("closesAt", CLOSES));
    }

    @Test
    void a_new_attempt_begins_four_times_24_hours_after_the_sharing() {
        Instant from = NOW.plusSeconds(4 * 86_400);
        open().given(
                        ATTEMPT.value(),
                        new ParticipationStarted(ATTEMPT, CAMPAIGN, ADA, 1),
                        new ParticipationCompleted(ATTEMPT, 1),
                        new ResultsShared(ATTEMPT, CAMPAIGN, ADA, SCHOOL, 1))
                .at(from.minusMillis(1))
                .when(new StartParticipation(FIRST, ADA))
                .thenRefused(Refusal.TOO_EARLY_TO_RETRY, Map.of("from", from))
                .at(from)
                .when(new StartParticipation(FIRST, ADA))
                .thenStream(RETRY.value(), new ParticipationStarted(RETRY, CAMPAIGN, ADA, 2));
    }

    @Test
    void the_policy_completes_once_however_often_it_sees_the_answer() {
        completed();
        var policy = new WhenTargetAnsweredThenCompleteParticipation(scenario.commands());
        UUID event = UUID.fromString("018f0000-0000-7000-8000-0000000000e1");
        AnswerRecorded answer = answer(A1, Outcome.KO);
        policy.on(answer, event, event);
        policy.on(answer, event, event);
        policy.on(new ParticipationStarted(ATTEMPT, CAMPAIGN, ADA, 1), event, event);
        assertThat(scenario.stream(ATTEMPT.value())).hasSize(2);
    }
}

package fr.grandlivre.command.evaluation;

import static fr.grandlivre.command.TestFrameworks.skill;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.evaluation.EvaluationCommand.AbsorbHistory;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AbsorbedSkill;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.identity.IdentityEvent.MergeBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Skill;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a former account of Ada's knows counts for the one that goes on. Every skill is worth 4 pix. */
class AbsorptionTest {
    private static final Instant LAST_ANSWER = Instant.parse("2021-03-01T10:00:00.000Z");
    private static final LearnerId TODAY = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final LearnerId FORMER = LearnerId.of("018f0000-0000-7000-8000-000000000adb");
    private static final LearnerId THIRD = LearnerId.of("018f0000-0000-7000-8000-000000000adc");
    private static final CompetenceCode DATA = new CompetenceCode("1.2");
    private static final UUID OWN = StreamIds.evaluation(TODAY, DATA);
    private static final UUID OTHER = StreamIds.evaluation(FORMER, DATA);
    private static final UUID MERGE = UUID.fromString("018f0000-0000-7000-8000-00000000005e");
    private static final AbsorbHistory ABSORB = new AbsorbHistory(MERGE, TODAY, DATA, FORMER);
    private static final AnswerRecorded KNEW = answered(FORMER, "A", 4, Outcome.OK);
    private static final AnswerRecorded FAILED = answered(FORMER, "A", 5, Outcome.KO);
    private static final AnswerRecorded KNOWS = answered(TODAY, "A", 2, Outcome.OK);
    private static final HistoryHandedOver HANDED_OVER = new HistoryHandedOver(MERGE, FORMER, DATA, TODAY);
    private static final HistoryAbsorbed ABSORBED = new HistoryAbsorbed(
            MERGE,
            TODAY,
            DATA,
            OTHER,
            1,
            TestFrameworks.V2019,
            LAST_ANSWER,
            List.of(validated(1, false), validated(2, false), validated(3, false), validated(4, true)),
            List.of(skillId(5)));

    private final LedgerScenario scenario =
            new LedgerScenario(LAST_ANSWER).with(side -> Evaluation.register(side, TestFrameworks.BOTH, _ -> Set.of()));

    @Test
    void what_either_account_knew_is_known_and_the_level_rises() {
        scenario.given(OTHER, KNEW, FAILED)
                .given(OWN, KNOWS)
                .when(ABSORB)
                .thenStream(OWN, KNOWS, ABSORBED, risen(1))
                .thenStream(OTHER, KNEW, FAILED, HANDED_OVER);
    }

    @Test
    void an_account_that_never_answered_takes_all() {
        scenario.given(OTHER, KNEW, FAILED).when(ABSORB).thenStream(OWN, ABSORBED, risen(0));
    }

    @Test
    void a_level_that_stays_is_no_event() {
        AnswerRecorded more = answered(TODAY, "B", 4, Outcome.OK);
        AnswerRecorded same = answered(TODAY, "A", 4, Outcome.OK);
        scenario.given(OTHER, KNEW, FAILED).given(OWN, same, more).when(ABSORB).thenStream(OWN, same, more, ABSORBED);
    }

    @Test
    void a_history_is_handed_over_once_and_to_one_account() {
        scenario.given(OTHER, KNEW, FAILED)
                .when(ABSORB)
                .when(ABSORB)
                .thenUnchanged()
                .when(new AbsorbHistory(MERGE, THIRD, DATA, FORMER))
                .thenRefused(Refusal.SOURCE_ALREADY_ABSORBED);
    }

    @Test
    void nothing_happens_any_more_where_a_history_was_handed_over_even_an_empty_one() {
        scenario.when(ABSORB)
                .thenStream(OWN)
                .thenStream(OTHER, HANDED_OVER)
                .when(new ImproveCompetence(FORMER, DATA))
                .thenRefused(Refusal.ALREADY_MERGED)
                .when(new AbsorbHistory(MERGE, FORMER, DATA, THIRD))
                .thenRefused(Refusal.ALREADY_MERGED);
    }

    @Test
    void delays_count_from_the_last_answer_of_either_account() {
        scenario.given(OTHER, KNEW, FAILED)
                .at(Instant.parse("2021-03-02T10:00:00.000Z"))
                .when(ABSORB)
                .at(Instant.parse("2021-03-05T09:59:59.999Z"))
                .when(new ImproveCompetence(TODAY, DATA))
                .thenRefused(Refusal.TOO_EARLY)
                .at(Instant.parse("2021-03-05T10:00:00.000Z"))
                .when(new ImproveCompetence(TODAY, DATA))
                .thenStream(OWN, ABSORBED, risen(0), new ImprovementStarted(TODAY, DATA, TestFrameworks.V2019));
    }

    @Test
    void a_reset_forgets_what_came_from_the_other_account_too() {
        UUID reset = UUID.fromString("018f0000-0000-7000-8000-00000000005f");
        scenario.given(OTHER, KNEW, FAILED)
                .when(ABSORB)
                .at(Instant.parse("2021-03-08T10:00:00.000Z"))
                .when(new ResetCompetence(reset, TODAY, DATA))
                .thenStream(
                        OWN,
                        ABSORBED,
                        risen(0),
                        new CompetenceReset(reset, TODAY, DATA, new Level(2), new Pix(16)),
                        new LevelChanged(
                                TODAY,
                                DATA,
                                new Level(2),
                                Level.ZERO,
                                Pix.ZERO,
                                reset,
                                Cause.RESET,
                                TestFrameworks.V2019))
                .when(new ResetCompetence(UUID.fromString("018f0000-0000-7000-8000-000000000060"), TODAY, DATA))
                .thenUnchanged();
    }

    @Test
    void a_merge_absorbs_every_competence_once_however_often_it_is_seen() {
        scenario.given(OTHER, KNEW, FAILED);
        var policy = new WhenAccountsMergedThenAbsorbHistories(scenario.commands(), TestFrameworks.BOTH);
        var merged =
                new AccountsMerged(new AccountId(TODAY.value()), new AccountId(FORMER.value()), MergeBasis.ATTACH_CODE);

        assertThat(policy.on(merged, MERGE, MERGE)).hasSize(16);
        policy.on(merged, MERGE, MERGE);

        scenario.thenStream(OWN, ABSORBED, risen(0)).thenStream(OTHER, KNEW, FAILED, HANDED_OVER);
    }

    @Test
    void saved_and_useful_tutorials_follow_and_one_person_finds_one_useful_once() {
        TubeId kept =
                TestFrameworks.BOTH.inForce(LAST_ANSWER).tutorials().get(0).id();
        TubeId putBack =
                TestFrameworks.BOTH.inForce(LAST_ANSWER).tutorials().get(1).id();
        TubeId gone = new TubeId("gone");
        UUID own = StreamIds.tutorials(TODAY);
        UUID other = StreamIds.tutorials(FORMER);
        TutorialSaved saved = new TutorialSaved(TODAY, kept, skillId(5));
        TutorialMarkedUseful useful = new TutorialMarkedUseful(TODAY, kept, null);
        List<LedgerEvent> before = List.of(
                new TutorialSaved(FORMER, gone, null),
                new TutorialSaved(FORMER, putBack, null),
                new TutorialSaved(FORMER, kept, skillId(5)),
                new TutorialUnsaved(FORMER, putBack),
                new TutorialMarkedUseful(FORMER, kept, null));
        scenario.given(other, before.toArray(LedgerEvent[]::new)).with((_, history) -> {
            var policy = new WhenAccountsMergedThenMoveTutorials(scenario.commands(), history);
            var merged = new AccountsMerged(
                    new AccountId(TODAY.value()), new AccountId(FORMER.value()), MergeBasis.ATTACH_CODE);
            assertThat(policy.on(merged, MERGE, MERGE)).hasSize(3);
            policy.on(merged, MERGE, MERGE);
        });
        scenario.thenStream(own, saved, useful)
                .thenStream(
                        other,
                        Stream.concat(before.stream(), Stream.of(new TutorialUnmarkedUseful(FORMER, kept)))
                                .toArray(LedgerEvent[]::new));
    }

    private static LevelChanged risen(int from) {
        return new LevelChanged(
                TODAY, DATA, new Level(from), new Level(2), new Pix(16), MERGE, Cause.MERGE, TestFrameworks.V2019);
    }

    private static SkillId skillId(int difficulty) {
        return skill("1.2", "A", difficulty).id();
    }

    private static AbsorbedSkill validated(int difficulty, boolean direct) {
        return new AbsorbedSkill(skillId(difficulty), Fraction.of(4), direct);
    }

    private static AnswerRecorded answered(LearnerId learner, String tube, int difficulty, Outcome outcome) {
        Skill skill = skill("1.2", tube, difficulty);
        return new AnswerRecorded(
                new AnswerId(new UUID(learner.value().getLeastSignificantBits(), difficulty)),
                learner,
                DATA,
                skill.challenges().getFirst().id(),
                skill.id(),
                TestFrameworks.V2019,
                outcome,
                null,
                0,
                null,
                List.of(0),
                null);
    }
}

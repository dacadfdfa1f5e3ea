package fr.grandlivre.command.evaluation;

import static fr.grandlivre.command.TestFrameworks.skill;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnsaveTutorial;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Improvement, reset and tutorials. The last answer is that of the domain rules' example. */
class ImprovementTest {
    private static final Instant LAST_ANSWER = Instant.parse("2021-03-01T10:00:00.000Z");
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final CompetenceCode DATA = new CompetenceCode("1.2");
    private static final UUID STREAM = StreamIds.evaluation(ADA, DATA);
    private static final UUID RESET = UUID.fromString("018f0000-0000-7000-8000-00000000005e");
    private static final ImproveCompetence IMPROVE = new ImproveCompetence(ADA, DATA);
    private static final ResetCompetence START_AGAIN = new ResetCompetence(RESET, ADA, DATA);
    private static final AnswerRecorded OK = answered("A", 4, Outcome.OK);
    private static final AnswerRecorded KO = answered("A", 5, Outcome.KO);
    private static final ImprovementStarted IMPROVED = new ImprovementStarted(ADA, DATA, TestFrameworks.V2019);
    private static final TubeId TUTORIAL = skill("1.2", "A", 1).tube();
    private static final SkillId FAILED = skill("1.2", "A", 5).id();

    private final LedgerScenario scenario =
            new LedgerScenario(LAST_ANSWER).with(side -> Evaluation.register(side, TestFrameworks.BOTH, _ -> Set.of()));

    @Test
    void four_days_after_the_last_answer_failed_skills_are_open_again() {
        scenario.given(STREAM, OK, KO)
                .at(Instant.parse("2021-03-05T09:59:59.999Z"))
                .when(IMPROVE)
                .thenRefused(Refusal.TOO_EARLY, Map.of("from", Instant.parse("2021-03-05T10:00:00.000Z")))
                .at(Instant.parse("2021-03-05T10:00:00.000Z"))
                .when(IMPROVE)
                .thenStream(STREAM, OK, KO, IMPROVED);
    }

    @Test
    void an_improvement_started_twice_is_started_once() {
        scenario.given(STREAM, OK, KO)
                .at(Instant.parse("2021-03-05T10:00:00.000Z"))
                .when(IMPROVE)
                .when(IMPROVE)
                .thenUnchanged();
    }

    @Test
    void there_is_nothing_to_improve_without_a_failed_skill() {
        scenario.given(STREAM, OK)
                .at(Instant.parse("2021-03-05T10:00:00.000Z"))
                .when(IMPROVE)
                .thenRefused(Refusal.NOTHING_TO_IMPROVE);
    }

    @Test
    void what_was_never_begun_is_neither_improved_nor_reset() {
        scenario.when(IMPROVE)
                .thenRefused(Refusal.NOT_STARTED)
                .when(START_AGAIN)
                .thenRefused(Refusal.NOT_STARTED);
    }

    @Test
    void seven_days_after_the_last_answer_a_reset_forgets_the_level() {
        CompetenceReset reset = new CompetenceReset(RESET, ADA, DATA, new Level(2), new Pix(16));
        LevelChanged forgotten = new LevelChanged(
                ADA, DATA, new Level(2), Level.ZERO, Pix.ZERO, RESET, Cause.RESET, TestFrameworks.V2019);
        scenario.given(STREAM, OK, KO)
                .at(Instant.parse("2021-03-08T09:59:59.999Z"))
                .when(START_AGAIN)
                .thenRefused(Refusal.TOO_EARLY, Map.of("from", Instant.parse("2021-03-08T10:00:00.000Z")))
                .at(Instant.parse("2021-03-08T10:00:00.000Z"))
                .when(START_AGAIN)
                .thenStream(STREAM, OK, KO, reset, forgotten);
    }

    @Test
    void a_reset_of_level_0_moves_no_level_and_a_second_reset_does_nothing() {
        scenario.given(STREAM, KO)
                .at(Instant.parse("2021-03-08T10:00:00.000Z"))
                .when(START_AGAIN)
                .thenStream(STREAM, KO, new CompetenceReset(RESET, ADA, DATA, Level.ZERO, Pix.ZERO))
                .when(new ResetCompetence(UUID.fromString("018f0000-0000-7000-8000-00000000005f"), ADA, DATA))
                .thenUnchanged();
    }

    @Test
    void a_tutorial_is_saved_and_put_back_once() {
        scenario.when(new SaveTutorial(ADA, TUTORIAL, FAILED))
                .when(new SaveTutorial(ADA, TUTORIAL, null))
                .thenUnchanged()
                .when(new UnsaveTutorial(ADA, TUTORIAL))
                .when(new UnsaveTutorial(ADA, TUTORIAL))
                .thenUnchanged()
                .thenStream(
                        StreamIds.tutorials(ADA),
                        new TutorialSaved(ADA, TUTORIAL, FAILED),
                        new TutorialUnsaved(ADA, TUTORIAL));
    }

    @Test
    void a_tutorial_is_marked_useful_and_unmarked_once() {
        scenario.when(new MarkTutorialUseful(ADA, TUTORIAL, null))
                .when(new MarkTutorialUseful(ADA, TUTORIAL, null))
                .thenUnchanged()
                .when(new UnmarkTutorialUseful(ADA, TUTORIAL))
                .when(new UnmarkTutorialUseful(ADA, TUTORIAL))
                .thenUnchanged()
                .thenStream(
                        StreamIds.tutorials(ADA),
                        new TutorialMarkedUseful(ADA, TUTORIAL, null),
                        new TutorialUnmarkedUseful(ADA, TUTORIAL));
    }

    @Test
    void a_tutorial_that_the_framework_does_not_hold_is_refused() {
        scenario.when(new SaveTutorial(ADA, new TubeId("nowhere"), null))
                .thenRefused(Refusal.UNKNOWN_TUTORIAL)
                .when(new MarkTutorialUseful(ADA, new TubeId("nowhere"), null))
                .thenRefused(Refusal.UNKNOWN_TUTORIAL);
    }

    private static AnswerRecorded answered(String tube, int difficulty, Outcome outcome) {
        Skill skill = skill("1.2", tube, difficulty);
        return new AnswerRecorded(
                new AnswerId(new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L + difficulty)),
                ADA,
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

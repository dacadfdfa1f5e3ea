package fr.grandlivre.command.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;

/** What the events of one learner and competence amount to. */
sealed interface EvaluationState {
    /**
     * @param recordedAt when the event was recorded
     * @return the state after the event
     */
    EvaluationState evolve(EvaluationEvent event, Instant recordedAt);

    /** @return what is known of a competence that the stream is about */
    Knowledge knowledge(CompetenceCode competence);

    /** Nothing happened yet. */
    record Untouched(Frameworks frameworks) implements EvaluationState {
        @Override
        public EvaluationState evolve(EvaluationEvent event, Instant recordedAt) {
            return new Touched(knowledge(competence(event)).after(event, recordedAt));
        }

        @Override
        public Knowledge knowledge(CompetenceCode competence) {
            return Knowledge.none(frameworks, competence);
        }

        private CompetenceCode competence(EvaluationEvent event) {
            return switch (event) {
                case AnswerRecorded answer -> answer.competence();
                case TimerStarted timer -> frameworks.competenceOf(timer.challenge());
                case ImprovementStarted started -> started.competence();
                case CompetenceReset reset -> reset.competence();
                case LevelChanged changed -> changed.competence();
                case TutorialSaved _, TutorialUnsaved _, TutorialMarkedUseful _, TutorialUnmarkedUseful _ ->
                    throw new AssertionError("tutorials have a stream of their own");
            };
        }
    }

    /** Something was answered, or opened. */
    record Touched(Knowledge knowledge) implements EvaluationState {
        @Override
        public EvaluationState evolve(EvaluationEvent event, Instant recordedAt) {
            return new Touched(knowledge.after(event, recordedAt));
        }

        @Override
        public Knowledge knowledge(CompetenceCode competence) {
            if (!knowledge.competence().equals(competence)) {
                throw new AssertionError("a stream is about one competence");
            }
            return knowledge;
        }
    }
}

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
import fr.grandlivre.events.vocabulary.TubeId;
import java.util.HashSet;
import java.util.Set;

/**
 * One learner's tutorials.
 *
 * @param saved  put aside
 * @param useful found useful
 */
record TutorialState(Set<TubeId> saved, Set<TubeId> useful) {
    static final TutorialState EMPTY = new TutorialState(Set.of(), Set.of());

    TutorialState {
        saved = Set.copyOf(saved);
        useful = Set.copyOf(useful);
    }

    /** @return the state after the event */
    TutorialState evolve(EvaluationEvent event) {
        Set<TubeId> savedAfter = new HashSet<>(saved);
        Set<TubeId> usefulAfter = new HashSet<>(useful);
        switch (event) {
            case TutorialSaved(var _, var tutorial, var _) -> savedAfter.add(tutorial);
            case TutorialUnsaved(var _, var tutorial) -> savedAfter.remove(tutorial);
            case TutorialMarkedUseful(var _, var tutorial, var _) -> usefulAfter.add(tutorial);
            case TutorialUnmarkedUseful(var _, var tutorial) -> usefulAfter.remove(tutorial);
            case AnswerRecorded _, TimerStarted _, LevelChanged _, ImprovementStarted _, CompetenceReset _ ->
                throw new AssertionError("answers have streams of their own");
        }
        return new TutorialState(savedAfter, usefulAfter);
    }
}

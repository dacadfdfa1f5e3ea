package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.evaluation.TutorialCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.TutorialCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.TutorialCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.TutorialCommand.UnsaveTutorial;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.rules.framework.Framework;

/** Decides what happens to a learner's tutorials. Pure. */
final class TutorialDecider {
    private TutorialDecider() {}

    /**
     * @param framework version in force now
     * @return {@code unknown-tutorial} when refused; pressing twice changes nothing
     */
    static Decision decide(TutorialState state, TutorialCommand command, Framework framework) {
        if (framework.tutorial(command.tutorial()).isEmpty()) {
            return new Refused(Refusal.UNKNOWN_TUTORIAL);
        }
        boolean isSaved = state.saved().contains(command.tutorial());
        boolean isUseful = state.useful().contains(command.tutorial());
        return switch (command) {
            case SaveTutorial(var learner, var tutorial, var skill) ->
                isSaved ? Accepted.nothing() : new Accepted(new TutorialSaved(learner, tutorial, skill));
            case UnsaveTutorial(var learner, var tutorial) ->
                isSaved ? new Accepted(new TutorialUnsaved(learner, tutorial)) : Accepted.nothing();
            case MarkTutorialUseful(var learner, var tutorial, var skill) ->
                isUseful ? Accepted.nothing() : new Accepted(new TutorialMarkedUseful(learner, tutorial, skill));
            case UnmarkTutorialUseful(var learner, var tutorial) ->
                isUseful ? new Accepted(new TutorialUnmarkedUseful(learner, tutorial)) : Accepted.nothing();
        };
    }
}

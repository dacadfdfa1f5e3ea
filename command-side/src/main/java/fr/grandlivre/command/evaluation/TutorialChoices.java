package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.EvaluationCommand.UnsaveTutorial;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one learner's saved and useful tutorials. */
final class TutorialChoices extends LedgerAggregate<EvaluationState.Tutorials> {
    TutorialChoices(UUID stream) {
        super(stream, EvaluationState.Tutorials.NONE);
    }

    @CommandHandler
    Decision handle(SaveTutorial command, ServerClock clock, Frameworks frameworks) {
        return record(EvaluationDecider.decide(state(), command, frameworks, clock.now()));
    }

    @CommandHandler
    Decision handle(UnsaveTutorial command, ServerClock clock, Frameworks frameworks) {
        return record(EvaluationDecider.decide(state(), command, frameworks, clock.now()));
    }

    @CommandHandler
    Decision handle(MarkTutorialUseful command, ServerClock clock, Frameworks frameworks) {
        return record(EvaluationDecider.decide(state(), command, frameworks, clock.now()));
    }

    @CommandHandler
    Decision handle(UnmarkTutorialUseful command, ServerClock clock, Frameworks frameworks) {
        return record(EvaluationDecider.decide(state(), command, frameworks, clock.now()));
    }

    @EventSourcingHandler
    void on(EvaluationEvent event) {
        become(state().evolve(event));
    }
}

package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.TutorialCommand.MarkTutorialUseful;
import fr.grandlivre.command.evaluation.TutorialCommand.SaveTutorial;
import fr.grandlivre.command.evaluation.TutorialCommand.UnmarkTutorialUseful;
import fr.grandlivre.command.evaluation.TutorialCommand.UnsaveTutorial;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one learner's saved and useful tutorials. */
public final class TutorialShelf extends LedgerAggregate<TutorialState> {
    TutorialShelf(UUID stream) {
        super(stream, TutorialState.EMPTY);
    }

    static void register(Aggregates aggregates, Frameworks frameworks) {
        aggregates.register(TutorialShelf.class, TutorialShelf::new, frameworks);
    }

    @CommandHandler
    Decision handle(SaveTutorial command, ServerClock clock, Frameworks frameworks) {
        return decide(command, clock, frameworks);
    }

    @CommandHandler
    Decision handle(UnsaveTutorial command, ServerClock clock, Frameworks frameworks) {
        return decide(command, clock, frameworks);
    }

    @CommandHandler
    Decision handle(MarkTutorialUseful command, ServerClock clock, Frameworks frameworks) {
        return decide(command, clock, frameworks);
    }

    @CommandHandler
    Decision handle(UnmarkTutorialUseful command, ServerClock clock, Frameworks frameworks) {
        return decide(command, clock, frameworks);
    }

    @EventSourcingHandler
    void on(EvaluationEvent event) {
        become(state().evolve(event));
    }

    private Decision decide(TutorialCommand command, ServerClock clock, Frameworks frameworks) {
        return record(TutorialDecider.decide(state(), command, frameworks.inForce(clock.now())));
    }
}

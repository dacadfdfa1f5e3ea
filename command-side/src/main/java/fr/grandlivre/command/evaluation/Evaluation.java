package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one learner's answers in one competence. */
public final class Evaluation extends LedgerAggregate<EvaluationState.OfCompetence> {
    private final transient Frameworks frameworks;

    Evaluation(UUID stream, Frameworks frameworks) {
        super(stream, new EvaluationState.NotStarted(frameworks));
        this.frameworks = frameworks;
    }

    /** Subscribes the commands of this feature. */
    public static void register(Aggregates aggregates, Frameworks frameworks, Withdrawals withdrawals) {
        aggregates.register(new AbsorptionCommands(
                aggregates.register(Evaluation.class, stream -> new Evaluation(stream, frameworks), withdrawals)));
        aggregates.register(TutorialChoices.class, TutorialChoices::new, frameworks);
    }

    @CommandHandler
    Decision handle(StartTimer command, ServerClock clock, Withdrawals withdrawals) {
        return decide(command, clock, withdrawals);
    }

    @CommandHandler
    Decision handle(RecordAnswer command, ServerClock clock, Withdrawals withdrawals) {
        return decide(command, clock, withdrawals);
    }

    @CommandHandler
    Decision handle(ImproveCompetence command, ServerClock clock, Withdrawals withdrawals) {
        return decide(command, clock, withdrawals);
    }

    @CommandHandler
    Decision handle(ResetCompetence command, ServerClock clock, Withdrawals withdrawals) {
        return decide(command, clock, withdrawals);
    }

    @EventSourcingHandler
    void on(EvaluationEvent event, @Timestamp Instant recordedAt, ServerClock clock) {
        become(state().evolve(event, at(recordedAt, clock)));
    }

    private Decision decide(OfCompetence command, ServerClock clock, Withdrawals withdrawals) {
        Instant now = clock.now();
        var version =
                frameworks.inForce(EvaluationDecider.receivedAt(command, now)).version();
        return record(EvaluationDecider.decide(state(), command, frameworks, withdrawals.of(version), now));
    }
}

package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.evaluation.EvaluationCommand.ImproveCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.ResetCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.WithdrawnChallenges;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one learner's answers in one competence. */
public final class Evaluation extends LedgerAggregate<EvaluationState> {
    Evaluation(UUID stream, Frameworks frameworks) {
        super(stream, new EvaluationState.Untouched(frameworks));
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param frameworks all versions that are part of the program
     * @param withdrawn  what is no longer asked
     */
    public static void register(Aggregates aggregates, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        aggregates.register(Evaluation.class, stream -> new Evaluation(stream, frameworks), frameworks, withdrawn);
        TutorialShelf.register(aggregates, frameworks);
    }

    @CommandHandler
    Decision handle(RecordAnswer command, ServerClock clock, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        return decide(command, clock, frameworks, withdrawn);
    }

    @CommandHandler
    Decision handle(StartTimer command, ServerClock clock, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        return decide(command, clock, frameworks, withdrawn);
    }

    @CommandHandler
    Decision handle(
            ImproveCompetence command, ServerClock clock, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        return decide(command, clock, frameworks, withdrawn);
    }

    @CommandHandler
    Decision handle(ResetCompetence command, ServerClock clock, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        return decide(command, clock, frameworks, withdrawn);
    }

    /** A working aggregate takes the server's clock for the instant of recording: the ledger's is milliseconds later. */
    @EventSourcingHandler
    void on(EvaluationEvent event, @Timestamp Instant recordedAt) {
        become(state().evolve(event, recordedAt));
    }

    private Decision decide(
            EvaluationCommand command, ServerClock clock, Frameworks frameworks, WithdrawnChallenges withdrawn) {
        Instant now = clock.now();
        Framework inForce = frameworks.inForce(now);
        return record(EvaluationDecider.decide(state(), command, inForce, withdrawn.of(inForce.version()), now));
    }
}

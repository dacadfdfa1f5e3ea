package fr.grandlivre.command.evaluation;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.evaluation.EvaluationCommand.AbsorbHistory;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.vocabulary.StreamIds;
import org.axonframework.commandhandling.CommandHandler;

/** The command over a learner's stream and that of another account of the same person. Thread-safe. */
final class AbsorptionCommands {
    private final LedgerRepository<Evaluation> evaluations;

    AbsorptionCommands(LedgerRepository<Evaluation> evaluations) {
        this.evaluations = evaluations;
    }

    @CommandHandler
    Decision handle(AbsorbHistory command) {
        LoadedStream<EvaluationState.OfCompetence> own = LoadedStream.of(command.stream(), evaluations);
        LoadedStream<EvaluationState.OfCompetence> other =
                LoadedStream.of(StreamIds.evaluation(command.absorbed(), command.competence()), evaluations);
        LoadedStream.load(own, other);
        Decision decision = EvaluationDecider.decide(own.state(), other.state(), other.lastSeq(), command);
        return LoadedStream.record(decision, event -> event instanceof HistoryHandedOver ? other : own);
    }
}

package fr.grandlivre.bench;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The least aggregate there is: it decides nothing and records one answer a command. The same class stands over the stock
 * engine and over the ledger, so that they differ in nothing but the store.
 */
class Sheet {
    @AggregateIdentifier
    private @Nullable String stream;

    private int answers;

    Sheet() {}

    @CommandHandler
    Sheet(Start command) {
        stream = command.stream;
        apply(command.answer);
    }

    @CommandHandler
    int record(Record command) {
        apply(command.answer);
        return answers;
    }

    @EventSourcingHandler
    void on(AnswerRecorded event, DomainEventMessage<?> message) {
        if (stream == null) {
            stream = message.getAggregateIdentifier();
        }
        answers++;
    }

    /** Says itself which sheet it is for, as the application's commands do. */
    sealed interface OfSheet {
        String stream();
    }

    /** Begins a sheet with its first answer. */
    record Start(String stream, AnswerRecorded answer) implements OfSheet {}

    /** Adds an answer to a sheet. */
    record Record(@TargetAggregateIdentifier String stream, AnswerRecorded answer) implements OfSheet {}
}

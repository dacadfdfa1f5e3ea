package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.certificate.DocumentEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of the documents of one certificate. */
public final class Documents extends LedgerAggregate<DocumentsState> {
    Documents(UUID stream) {
        super(stream, DocumentsState.none());
    }

    /** Subscribes the commands about documents. */
    public static void register(Aggregates aggregates) {
        aggregates.register(Documents.class, Documents::new);
    }

    @CommandHandler
    Decision handle(RecordDocument command) {
        return record(DocumentsDecider.decide(state(), command));
    }

    @EventSourcingHandler
    void on(DocumentEvent event) {
        become(state().evolve(event));
    }
}

package fr.grandlivre.command.session;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.rules.session.JuryRecord;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of the jury's acts on an imported certificate, whose exam was sat before the ledger. */
final class ImportedSitting extends LedgerAggregate<JuryRecord> {
    ImportedSitting(UUID stream) {
        super(stream, JuryRecord.NONE);
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().after(event));
    }
}

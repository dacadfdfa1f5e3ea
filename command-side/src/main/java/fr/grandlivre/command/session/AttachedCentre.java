package fr.grandlivre.command.session;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.vocabulary.CentreId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream that gives an establishment its one centre. Its whole state is that centre, empty while there is none. */
final class AttachedCentre extends LedgerAggregate<Optional<CentreId>> {
    AttachedCentre(UUID stream) {
        super(stream, Optional.empty());
    }

    @EventSourcingHandler
    void on(CentreAttached event) {
        become(Optional.of(event.centre()));
    }
}

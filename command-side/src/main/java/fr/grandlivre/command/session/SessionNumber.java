package fr.grandlivre.command.session;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.vocabulary.SessionId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one session number. Its whole state is the session that has it, empty while it is free. */
final class SessionNumber extends LedgerAggregate<Optional<SessionId>> {
    SessionNumber(UUID stream) {
        super(stream, Optional.empty());
    }

    @EventSourcingHandler
    void on(SessionNumberReserved event) {
        become(Optional.of(event.session()));
    }
}

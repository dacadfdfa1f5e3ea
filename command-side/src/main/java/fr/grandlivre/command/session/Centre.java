package fr.grandlivre.command.session;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.session.SessionEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one certification centre. */
final class Centre extends LedgerAggregate<SessionState.CentreState> {
    Centre(UUID stream) {
        super(stream, SessionState.CentreState.ABSENT);
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}

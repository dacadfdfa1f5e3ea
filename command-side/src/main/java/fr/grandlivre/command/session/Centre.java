package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.events.session.SessionEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one certification centre. */
final class Centre extends LedgerAggregate<SessionState.CentreState> {
    Centre(UUID stream) {
        super(stream, SessionState.CentreState.ABSENT);
    }

    @CommandHandler
    Decision handle(OpenCentre command, ServerClock clock) {
        return record(SessionDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}

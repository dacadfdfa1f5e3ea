package fr.grandlivre.command.session;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.session.SessionEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream that lets a learner sit one exam at a time. */
final class ExamSlot extends LedgerAggregate<SessionState.SlotState> {
    ExamSlot(UUID stream) {
        super(stream, SessionState.SlotState.FREE);
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        become(state().evolve(event));
    }
}

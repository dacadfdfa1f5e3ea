package fr.grandlivre.command.school;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.school.SchoolEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream through which all changes of one roster pass. */
final class Roster extends LedgerAggregate<SchoolState.RosterOfYear> {
    Roster(UUID stream) {
        super(stream, SchoolState.RosterOfYear.EMPTY);
    }

    @EventSourcingHandler
    void on(SchoolEvent event) {
        become(state().evolve(event));
    }
}

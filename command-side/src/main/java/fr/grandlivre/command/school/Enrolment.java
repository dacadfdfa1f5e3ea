package fr.grandlivre.command.school;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.school.SchoolEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one pupil's place on a roster. */
final class Enrolment extends LedgerAggregate<SchoolState.Place> {
    Enrolment(UUID stream) {
        super(stream, new SchoolState.NeverEnrolled());
    }

    @EventSourcingHandler
    void on(SchoolEvent event) {
        become(state().evolve(event));
    }
}

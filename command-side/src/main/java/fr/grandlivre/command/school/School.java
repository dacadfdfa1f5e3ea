package fr.grandlivre.command.school;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.school.SchoolCommand.ProduceExport;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.schoolreport.SchoolReportEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one establishment. */
public final class School extends LedgerAggregate<SchoolState.Establishment> {
    School(UUID stream) {
        super(stream, SchoolState.Establishment.ABSENT);
    }

    /** Subscribes the commands of this feature. */
    public static void register(Aggregates aggregates, IneDirectory ines) {
        aggregates.register(new RosterCommands(
                aggregates.register(School.class, School::new),
                aggregates.register(Roster.class, Roster::new),
                aggregates.register(Enrolment.class, Enrolment::new),
                ines));
    }

    @CommandHandler
    Decision handle(RegisterSchool command, ServerClock clock) {
        return record(SchoolDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(ProduceExport command, ServerClock clock) {
        return record(SchoolDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(SchoolReportEvent event) {
        become(state().evolve(event));
    }

    @EventSourcingHandler
    void on(SchoolEvent event) {
        become(state().evolve(event));
    }
}

package fr.grandlivre.command.school;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.command.school.SchoolCommand.RosterCommand;
import fr.grandlivre.command.school.SchoolState.Establishment;
import fr.grandlivre.command.school.SchoolState.Place;
import fr.grandlivre.command.school.SchoolState.RosterOfYear;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;

/** Commands over an enrolment and the roster it stands on. Thread-safe. */
final class RosterCommands {
    private final LedgerRepository<School> schools;
    private final LedgerRepository<Roster> rosters;
    private final LedgerRepository<Enrolment> enrolments;
    private final IneDirectory ines;

    RosterCommands(
            LedgerRepository<School> schools,
            LedgerRepository<Roster> rosters,
            LedgerRepository<Enrolment> enrolments,
            IneDirectory ines) {
        this.schools = schools;
        this.rosters = rosters;
        this.enrolments = enrolments;
        this.ines = ines;
    }

    @CommandHandler
    Decision handle(EnrolPupil command, ServerClock clock) {
        return change(command, clock);
    }

    @CommandHandler
    Decision handle(MovePupil command, ServerClock clock) {
        return change(command, clock);
    }

    @CommandHandler
    Decision handle(EndEnrolment command, ServerClock clock) {
        return change(command, clock);
    }

    private Decision change(RosterCommand command, ServerClock clock) {
        LoadedStream<Establishment> school = LoadedStream.of(command.school().value(), schools);
        LoadedStream<RosterOfYear> roster =
                LoadedStream.of(StreamIds.roster(command.school(), command.schoolYear()), rosters);
        LoadedStream<Place> place = LoadedStream.of(command.stream(), enrolments);
        LoadedStream.load(school, roster, place);

        Decision decision = SchoolDecider.decide(
                school.state(),
                roster.state(),
                place.state(),
                command,
                ineHolder(command, roster.state().changes()),
                clock.now());
        if (decision instanceof Accepted(var events)) {
            for (LedgerEvent event : events) {
                (event instanceof RosterChanged ? roster : place).record(event);
            }
        }
        return decision;
    }

    private Optional<LearnerId> ineHolder(RosterCommand command, int changes) {
        if (!(command instanceof EnrolPupil enrol)) {
            return Optional.empty();
        }
        String ine = SchoolDecider.ine(enrol.pupil());
        return ine == null ? Optional.empty() : ines.holderOf(command.school(), command.schoolYear(), ine, changes);
    }
}

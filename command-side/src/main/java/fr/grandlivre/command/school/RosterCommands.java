package fr.grandlivre.command.school;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.school.SchoolCommand.CorrectPupil;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.ImportRoster;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.command.school.SchoolCommand.RosterCommand;
import fr.grandlivre.command.school.SchoolCommand.RosterEntry;
import fr.grandlivre.command.school.SchoolCommand.TakeOverPlace;
import fr.grandlivre.command.school.SchoolState.Establishment;
import fr.grandlivre.command.school.SchoolState.Place;
import fr.grandlivre.command.school.SchoolState.RosterOfYear;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.school.PupilRules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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

    @CommandHandler
    Decision handle(CorrectPupil command, ServerClock clock) {
        return change(command, clock);
    }

    @CommandHandler
    Decision handle(TakeOverPlace command, ServerClock clock) {
        LoadedStream<RosterOfYear> roster =
                LoadedStream.of(StreamIds.roster(command.school(), command.schoolYear()), rosters);
        LoadedStream<Place> survivor = LoadedStream.of(command.stream(), enrolments);
        LoadedStream<Place> absorbed = LoadedStream.of(
                StreamIds.enrolment(command.school(), command.schoolYear(), command.absorbed()), enrolments);
        LoadedStream.load(roster, survivor, absorbed);
        Decision decision =
                SchoolDecider.decide(survivor.state(), absorbed.state(), command, ParisDays.of(clock.now()));
        return LoadedStream.record(decision, event -> switch (event) {
            case RosterChanged _ -> roster;
            case PupilLeft _ -> absorbed;
            default -> survivor;
        });
    }

    /** One append over every pupil's stream: nobody ever sees half a list. */
    @CommandHandler
    Decision handle(ImportRoster command, ServerClock clock) {
        LoadedStream<Establishment> school = LoadedStream.of(command.school().value(), schools);
        LoadedStream<RosterOfYear> roster =
                LoadedStream.of(StreamIds.roster(command.school(), command.schoolYear()), rosters);
        Map<LearnerId, LoadedStream<Place>> places = new LinkedHashMap<>();
        for (RosterEntry entry : command.entries()) {
            places.computeIfAbsent(
                    entry.learner(),
                    learner -> LoadedStream.of(
                            StreamIds.enrolment(command.school(), command.schoolYear(), learner), enrolments));
        }
        LoadedStream.load(Stream.concat(Stream.of(school, roster), places.values().stream())
                .toArray(LoadedStream<?>[]::new));

        Map<LearnerId, Place> states = new HashMap<>();
        places.forEach((learner, place) -> states.put(learner, place.state()));
        Decision decision = RosterImportDecider.decide(school.state(), roster.state(), states, command, clock.now());
        return LoadedStream.record(decision, event -> streamOf(event, school, roster, places));
    }

    private static LoadedStream<?> streamOf(
            LedgerEvent event,
            LoadedStream<Establishment> school,
            LoadedStream<RosterOfYear> roster,
            Map<LearnerId, LoadedStream<Place>> places) {
        return switch (event) {
            case RosterChanged _ -> roster;
            case RosterImported _ -> school;
            case PupilEnrolled enrolled -> of(places, enrolled.learner());
            case PupilCorrected corrected -> of(places, corrected.learner());
            case PupilMoved moved -> of(places, moved.learner());
            case PupilLeft left -> of(places, left.learner());
            default -> throw new AssertionError("no event of a roster");
        };
    }

    private static LoadedStream<Place> of(Map<LearnerId, LoadedStream<Place>> places, LearnerId learner) {
        return Objects.requireNonNull(places.get(learner));
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
        return LoadedStream.record(decision, event -> event instanceof RosterChanged ? roster : place);
    }

    private Optional<LearnerId> ineHolder(RosterCommand command, int changes) {
        String ine = switch (command) {
            case EnrolPupil enrol -> PupilRules.ine(enrol.pupil().ine());
            case CorrectPupil correct -> PupilRules.ine(correct.pupil().ine());
            case MovePupil _, EndEnrolment _ -> null;
        };
        return ine == null ? Optional.empty() : ines.holderOf(command.school(), command.schoolYear(), ine, changes);
    }
}

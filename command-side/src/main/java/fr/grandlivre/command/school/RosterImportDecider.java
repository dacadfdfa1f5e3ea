package fr.grandlivre.command.school;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.school.SchoolCommand.Arrives;
import fr.grandlivre.command.school.SchoolCommand.ImportRoster;
import fr.grandlivre.command.school.SchoolCommand.IsCorrected;
import fr.grandlivre.command.school.SchoolCommand.Leaves;
import fr.grandlivre.command.school.SchoolCommand.Moves;
import fr.grandlivre.command.school.SchoolCommand.RosterEntry;
import fr.grandlivre.command.school.SchoolState.Enrolled;
import fr.grandlivre.command.school.SchoolState.Establishment;
import fr.grandlivre.command.school.SchoolState.NeverEnrolled;
import fr.grandlivre.command.school.SchoolState.Place;
import fr.grandlivre.command.school.SchoolState.RosterOfYear;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterCause;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.school.PupilRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides on a whole list of pupils: all of it or nothing. Pure. */
final class RosterImportDecider {
    private final ImportRoster command;
    private final LocalDate today;
    private final Map<LearnerId, Place> places;
    private final Set<String> numbers = new HashSet<>();
    private final List<LedgerEvent> events = new ArrayList<>();

    private RosterImportDecider(ImportRoster command, Map<LearnerId, Place> places, LocalDate today) {
        this.command = command;
        this.places = new HashMap<>(places);
        this.today = today;
    }

    /**
     * @param places of every pupil that an entry is about
     * @return the change of the roster first, the summary last; {@code unknown-school}, {@code dry-run-outdated}, or the
     *         code of the first entry that cannot be, with its number from 1
     */
    static Decision decide(
            Establishment school,
            RosterOfYear roster,
            Map<LearnerId, Place> places,
            ImportRoster command,
            Instant now) {
        if (!school.registered()) {
            return new Refused(Refusal.UNKNOWN_SCHOOL);
        }
        if (command.rosterSeen() != roster.changes()) {
            return new Refused(Refusal.DRY_RUN_OUTDATED);
        }
        return new RosterImportDecider(command, places, ParisDays.of(now)).all();
    }

    private Decision all() {
        for (int i = 0; i < command.entries().size(); i++) {
            Optional<Refusal> refusal = take(command.entries().get(i));
            if (refusal.isPresent()) {
                return new Refused(refusal.get(), "entry", i + 1);
            }
        }
        if (events.isEmpty()) {
            return Accepted.nothing();
        }
        events.addFirst(new RosterChanged(command.school(), command.schoolYear(), RosterCause.ROSTER_IMPORT));
        events.add(new RosterImported(
                command.school(),
                command.schoolYear(),
                command.rows(),
                count(PupilEnrolled.class),
                count(PupilMoved.class),
                count(PupilCorrected.class),
                count(PupilLeft.class),
                command.refused()));
        return new Accepted(events);
    }

    private Optional<Refusal> take(RosterEntry entry) {
        Place place = places.getOrDefault(entry.learner(), new NeverEnrolled());
        return switch (entry) {
            case Arrives arrives -> arrive(place, arrives);
            case Moves(var learner, var to) -> {
                if (!(place instanceof Enrolled(var from, var _, var _))) {
                    yield Optional.of(Refusal.NOT_ENROLLED);
                }
                if (!from.equals(to)) {
                    happen(learner, place, new PupilMoved(command.school(), command.schoolYear(), learner, from, to));
                }
                yield Optional.empty();
            }
            case IsCorrected corrected -> correct(place, corrected);
            case Leaves(var learner) -> {
                if (!(place instanceof Enrolled)) {
                    yield Optional.of(Refusal.NOT_ENROLLED);
                }
                happen(
                        learner,
                        place,
                        new PupilLeft(command.school(), command.schoolYear(), learner, today, LeavingReason.LEFT));
                yield Optional.empty();
            }
        };
    }

    private Optional<Refusal> arrive(Place place, Arrives arrives) {
        if (place instanceof Enrolled) {
            return Optional.of(Refusal.LINE_DUPLICATE);
        }
        PupilIdentity pupil = PupilRules.recorded(arrives.pupil());
        Optional<Refusal> refusal = fault(pupil, arrives.year());
        if (refusal.isEmpty()) {
            happen(
                    arrives.learner(),
                    place,
                    new PupilEnrolled(
                            command.school(),
                            command.schoolYear(),
                            arrives.learner(),
                            arrives.division(),
                            arrives.year(),
                            Personal.of(arrives.learner().value(), pupil)));
        }
        return refusal;
    }

    private Optional<Refusal> correct(Place place, IsCorrected corrected) {
        if (!(place instanceof Enrolled(var division, var year, var before))) {
            return Optional.of(Refusal.NOT_ENROLLED);
        }
        if (before.isEmpty()) {
            return Optional.of(Refusal.ERASED_ACCOUNT);
        }
        PupilIdentity pupil = PupilRules.recorded(corrected.pupil());
        Optional<Refusal> refusal = fault(pupil, corrected.year());
        if (refusal.isEmpty() && !(year.equals(corrected.year()) && before.equals(Optional.of(pupil)))) {
            happen(
                    corrected.learner(),
                    place,
                    new PupilCorrected(
                            command.school(),
                            command.schoolYear(),
                            corrected.learner(),
                            division,
                            corrected.year(),
                            Personal.of(corrected.learner().value(), pupil)));
        }
        return refusal;
    }

    private Optional<Refusal> fault(PupilIdentity pupil, String year) {
        Optional<Refusal> fault = SchoolDecider.fault(pupil, year, today);
        return fault.isEmpty() && pupil.ine() != null && !numbers.add(pupil.ine())
                ? Optional.of(Refusal.INE_DUPLICATE)
                : fault;
    }

    private void happen(LearnerId learner, Place place, SchoolEvent event) {
        places.put(learner, place.evolve(event));
        events.add(event);
    }

    private int count(Class<? extends LedgerEvent> kind) {
        return (int) events.stream().filter(kind::isInstance).count();
    }
}

package fr.grandlivre.command.school;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.command.school.SchoolCommand.RosterCommand;
import fr.grandlivre.command.school.SchoolState.Enrolled;
import fr.grandlivre.command.school.SchoolState.Establishment;
import fr.grandlivre.command.school.SchoolState.Left;
import fr.grandlivre.command.school.SchoolState.NeverEnrolled;
import fr.grandlivre.command.school.SchoolState.Place;
import fr.grandlivre.command.school.SchoolState.RosterOfYear;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterCause;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what happens to establishments and rosters. Pure. */
final class SchoolDecider {
    /** Levels of schooling of collège and lycée, from the youngest. */
    static final List<String> YEARS = List.of("6e", "5e", "4e", "3e", "2de", "1re", "Tle");

    private static final Set<String> KNOWN_YEARS = Set.copyOf(YEARS);
    private static final Pattern INE = Pattern.compile("[0-9]{9}[A-Z]{2}|[0-9]{10}[A-Z]");
    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 2);

    private SchoolDecider() {}

    /** @param now not used by today's rules of establishments */
    static Decision decide(Establishment state, RegisterSchool command, Instant now) {
        return state.registered()
                ? Accepted.nothing()
                : new Accepted(new SchoolRegistered(
                        command.school(), command.uai(), command.name(), command.kind(), command.centre()));
    }

    /**
     * @param ineHolder who has the pupil's INE on this roster; empty when nobody has or the pupil has none
     * @return the change of the roster first, the pupil's event last; a code of the rosters' row when refused
     */
    static Decision decide(
            Establishment school,
            RosterOfYear roster,
            Place place,
            RosterCommand command,
            Optional<LearnerId> ineHolder,
            Instant now) {
        if (!school.registered()) {
            return new Refused(Refusal.UNKNOWN_SCHOOL);
        }
        return switch (command) {
            case EnrolPupil enrol -> enrol(roster, place, enrol, ineHolder, ParisDays.of(now));
            case MovePupil move -> move(place, move);
            case EndEnrolment end -> end(place, end);
        };
    }

    /** @return the number as it is recorded and compared; absent when the pupil has none */
    static @Nullable String ine(PupilIdentity pupil) {
        return pupil.ine() == null ? null : pupil.ine().toUpperCase(Locale.ROOT);
    }

    private static Decision enrol(
            RosterOfYear roster, Place place, EnrolPupil enrol, Optional<LearnerId> ineHolder, LocalDate today) {
        if (place instanceof Enrolled(var division) && division.equals(enrol.division())) {
            return Accepted.nothing();
        }
        return refusal(roster, place, enrol, ineHolder, today)
                .<Decision>map(Refused::new)
                .orElseGet(() -> enrolled(enrol));
    }

    private static Optional<Refusal> refusal(
            RosterOfYear roster, Place place, EnrolPupil enrol, Optional<LearnerId> ineHolder, LocalDate today) {
        PupilIdentity pupil = enrol.pupil();
        String ine = ine(pupil);
        if (ine != null && !INE.matcher(ine).matches()) {
            return Optional.of(Refusal.INE_MALFORMED);
        }
        if (ineHolder.isPresent() && !ineHolder.get().equals(enrol.learner())) {
            return Optional.of(Refusal.INE_DUPLICATE);
        }
        if (pupil.birthDate().isBefore(OLDEST) || pupil.birthDate().isAfter(today)) {
            return Optional.of(Refusal.BIRTH_DATE_INVALID);
        }
        if (!KNOWN_YEARS.contains(enrol.year())) {
            return Optional.of(Refusal.YEAR_UNKNOWN);
        }
        if (place instanceof Enrolled) {
            return Optional.of(Refusal.LINE_DUPLICATE);
        }
        if (enrol.rosterSeen() != null && enrol.rosterSeen() != roster.changes()) {
            return Optional.of(Refusal.DRY_RUN_OUTDATED);
        }
        return Optional.empty();
    }

    private static Decision enrolled(EnrolPupil enrol) {
        PupilIdentity typed = enrol.pupil();
        PupilIdentity pupil = new PupilIdentity(
                typed.firstName(),
                typed.middleName(),
                typed.thirdName(),
                typed.lastName(),
                typed.birthDate(),
                ine(typed));
        return new Accepted(
                changed(enrol, RosterCause.ENROLMENT),
                new PupilEnrolled(
                        enrol.school(),
                        enrol.schoolYear(),
                        enrol.learner(),
                        enrol.division(),
                        enrol.year(),
                        Personal.of(enrol.learner().value(), pupil)));
    }

    private static Decision move(Place place, MovePupil move) {
        return switch (place) {
            case Enrolled(var division) when division.equals(move.toDivision()) -> Accepted.nothing();
            case Enrolled(var division) ->
                new Accepted(
                        changed(move, RosterCause.MOVE),
                        new PupilMoved(move.school(), move.schoolYear(), move.learner(), division, move.toDivision()));
            case NeverEnrolled _, Left _ -> new Refused(Refusal.NOT_ENROLLED);
        };
    }

    private static Decision end(Place place, EndEnrolment end) {
        return switch (place) {
            case Enrolled _ ->
                new Accepted(
                        changed(end, RosterCause.DEPARTURE),
                        new PupilLeft(end.school(), end.schoolYear(), end.learner(), end.lastDay(), end.reason()));
            case Left _ -> Accepted.nothing();
            case NeverEnrolled _ -> new Refused(Refusal.NOT_ENROLLED);
        };
    }

    private static RosterChanged changed(RosterCommand command, RosterCause cause) {
        return new RosterChanged(command.school(), command.schoolYear(), cause);
    }
}

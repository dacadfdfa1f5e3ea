package fr.grandlivre.command.school;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.school.SchoolCommand.CorrectPupil;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.command.school.SchoolCommand.ProduceExport;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.command.school.SchoolCommand.RosterCommand;
import fr.grandlivre.command.school.SchoolCommand.TakeOverPlace;
import fr.grandlivre.command.school.SchoolState.Enrolled;
import fr.grandlivre.command.school.SchoolState.Establishment;
import fr.grandlivre.command.school.SchoolState.FileKind;
import fr.grandlivre.command.school.SchoolState.Left;
import fr.grandlivre.command.school.SchoolState.NeverEnrolled;
import fr.grandlivre.command.school.SchoolState.Place;
import fr.grandlivre.command.school.SchoolState.RosterOfYear;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterCause;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.school.PupilRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what happens to establishments and rosters. Pure. */
final class SchoolDecider {
    private SchoolDecider() {}

    /** @param now not used by today's rules of establishments */
    static Decision decide(Establishment state, RegisterSchool command, Instant now) {
        return state.registered()
                ? Accepted.nothing()
                : new Accepted(new SchoolRegistered(
                        command.school(), command.uai(), command.name(), command.kind(), command.centre()));
    }

    /**
     * @param now not used by today's rules of files
     * @return nothing when the very same file was made last; {@code unknown-school} when refused
     */
    static Decision decide(Establishment state, ProduceExport command, Instant now) {
        if (!state.registered()) {
            return new Refused(Refusal.UNKNOWN_SCHOOL);
        }
        FileKind kind = new FileKind(command.profile(), command.schoolYear(), command.division());
        if (!command.always() && command.sha256().equals(state.files().get(kind))) {
            return Accepted.nothing();
        }
        return new Accepted(new ExportProduced(
                command.exportId(),
                command.profile(),
                command.uai(),
                command.schoolYear(),
                command.division(),
                command.rows(),
                command.skipped(),
                command.position(),
                command.ruleVersion(),
                command.sha256()));
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
            case CorrectPupil correct -> correct(place, correct, ineHolder, ParisDays.of(now));
            case MovePupil move -> move(place, move);
            case EndEnrolment end -> end(place, end);
        };
    }

    /**
     * @param survivor the place of the account that goes on
     * @param absorbed the place of the account that ends
     * @return the change of the roster first, then what happens to either place; nothing when the absorbed account stands
     *         on the roster no more
     */
    static Decision decide(Place survivor, Place absorbed, TakeOverPlace command, LocalDate today) {
        if (!(absorbed instanceof Enrolled(var division, var year, var pupil))) {
            return Accepted.nothing();
        }
        List<LedgerEvent> events = new ArrayList<>();
        events.add(new RosterChanged(command.school(), command.schoolYear(), RosterCause.CORRECTION));
        events.add(
                new PupilLeft(command.school(), command.schoolYear(), command.absorbed(), today, LeavingReason.ERROR));
        switch (survivor) {
            case Enrolled here -> numbered(here, pupil, command).ifPresent(events::add);
            case NeverEnrolled _, Left _ ->
                pupil.ifPresent(known -> events.add(new PupilEnrolled(
                        command.school(),
                        command.schoolYear(),
                        command.learner(),
                        division,
                        year,
                        Personal.of(command.learner().value(), known))));
        }
        return new Accepted(events);
    }

    /** A pupil who stood there twice keeps the national number of whichever line had it. */
    private static Optional<LedgerEvent> numbered(Enrolled here, Optional<PupilIdentity> there, TakeOverPlace command) {
        return here.pupil()
                .filter(pupil -> pupil.ine() == null)
                .flatMap(pupil -> there.filter(other -> other.ine() != null)
                        .map(other -> new PupilCorrected(
                                command.school(),
                                command.schoolYear(),
                                command.learner(),
                                here.division(),
                                here.year(),
                                Personal.of(
                                        command.learner().value(),
                                        new PupilIdentity(
                                                pupil.firstName(),
                                                pupil.middleName(),
                                                pupil.thirdName(),
                                                pupil.lastName(),
                                                pupil.birthDate(),
                                                other.ine())))));
    }

    private static Decision enrol(
            RosterOfYear roster, Place place, EnrolPupil enrol, Optional<LearnerId> ineHolder, LocalDate today) {
        if (place instanceof Enrolled(var division, var _, var _) && division.equals(enrol.division())) {
            return Accepted.nothing();
        }
        return refusal(roster, place, enrol, ineHolder, today)
                .<Decision>map(Refused::new)
                .orElseGet(() -> enrolled(enrol));
    }

    private static Optional<Refusal> refusal(
            RosterOfYear roster, Place place, EnrolPupil enrol, Optional<LearnerId> ineHolder, LocalDate today) {
        Optional<Refusal> faulty = fault(enrol.pupil(), enrol.year(), today);
        if (faulty.isPresent() && faulty.get() == Refusal.INE_MALFORMED) {
            return faulty;
        }
        if (ineHolder.isPresent() && !ineHolder.get().equals(enrol.learner())) {
            return Optional.of(Refusal.INE_DUPLICATE);
        }
        if (faulty.isPresent()) {
            return faulty;
        }
        if (place instanceof Enrolled) {
            return Optional.of(Refusal.LINE_DUPLICATE);
        }
        if (enrol.rosterSeen() != null && enrol.rosterSeen() != roster.changes()) {
            return Optional.of(Refusal.DRY_RUN_OUTDATED);
        }
        return Optional.empty();
    }

    /** @return what cannot be said of a pupil; empty when all of it can */
    static Optional<Refusal> fault(PupilIdentity pupil, String year, LocalDate today) {
        String ine = PupilRules.ine(pupil.ine());
        if (ine != null && !PupilRules.isIne(ine)) {
            return Optional.of(Refusal.INE_MALFORMED);
        }
        if (!PupilRules.isBirthDate(pupil.birthDate(), today)) {
            return Optional.of(Refusal.BIRTH_DATE_INVALID);
        }
        return PupilRules.isYear(year) ? Optional.empty() : Optional.of(Refusal.YEAR_UNKNOWN);
    }

    private static Decision enrolled(EnrolPupil enrol) {
        return new Accepted(
                changed(enrol, RosterCause.ENROLMENT),
                new PupilEnrolled(
                        enrol.school(),
                        enrol.schoolYear(),
                        enrol.learner(),
                        enrol.division(),
                        enrol.year(),
                        Personal.of(enrol.learner().value(), PupilRules.recorded(enrol.pupil()))));
    }

    private static Decision correct(Place place, CorrectPupil correct, Optional<LearnerId> ineHolder, LocalDate today) {
        if (!(place instanceof Enrolled(var division, var year, var pupil))) {
            return new Refused(Refusal.NOT_ENROLLED);
        }
        if (pupil.isEmpty()) {
            return new Refused(Refusal.ERASED_ACCOUNT);
        }
        PupilIdentity after = PupilRules.recorded(correct.pupil());
        if (year.equals(correct.year()) && pupil.equals(Optional.of(after))) {
            return Accepted.nothing();
        }
        Optional<Refusal> refusal = ineHolder
                .filter(holder -> !holder.equals(correct.learner()))
                .map(_ -> Refusal.INE_DUPLICATE)
                .or(() -> fault(after, correct.year(), today));
        return refusal.<Decision>map(Refused::new)
                .orElseGet(() -> new Accepted(
                        changed(correct, RosterCause.CORRECTION),
                        new PupilCorrected(
                                correct.school(),
                                correct.schoolYear(),
                                correct.learner(),
                                division,
                                correct.year(),
                                Personal.of(correct.learner().value(), after))));
    }

    private static Decision move(Place place, MovePupil move) {
        return switch (place) {
            case Enrolled(var division, var _, var _) when division.equals(move.toDivision()) -> Accepted.nothing();
            case Enrolled(var division, var _, var _) ->
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

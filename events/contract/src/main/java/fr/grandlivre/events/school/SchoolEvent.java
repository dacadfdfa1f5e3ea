package fr.grandlivre.events.school;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What happens to establishments and their rosters. Streams: school; roster of a year; one pupil's enrolment. */
public sealed interface SchoolEvent extends LedgerEvent {
    /**
     * An establishment joins.
     *
     * @param school its id
     * @param uai    national number
     * @param name   as signs show it, 1..100 characters
     * @param kind   collège or lycée
     * @param centre the certification centre it holds; absent when it holds none
     */
    @EventType(name = "school.registered", version = 1)
    record SchoolRegistered(
            SchoolId school,
            Uai uai,
            String name,
            Kind kind,
            @Nullable CentreId centre) implements SchoolEvent {}

    /**
     * A pupil is enrolled for a school year.
     *
     * @param school     where
     * @param schoolYear when
     * @param learner    who
     * @param division   the pupil's class
     * @param year       level of schooling: 6e 5e 4e 3e 2de 1re Tle
     * @param sealed     the pupil as the roster names them
     */
    @EventType(name = "school.pupil-enrolled", version = 1)
    record PupilEnrolled(
            SchoolId school,
            SchoolYear schoolYear,
            LearnerId learner,
            Division division,
            String year,
            Personal<PupilIdentity> sealed)
            implements SchoolEvent {}

    /**
     * What the roster says about a pupil was wrong or has changed; the whole line is told again.
     *
     * @param school     where
     * @param schoolYear when
     * @param learner    who
     * @param division   the pupil's class, unchanged by this
     * @param year       level of schooling: 6e 5e 4e 3e 2de 1re Tle
     * @param sealed     the pupil as the roster names them from now on
     */
    @EventType(name = "school.pupil-corrected", version = 1)
    record PupilCorrected(
            SchoolId school,
            SchoolYear schoolYear,
            LearnerId learner,
            Division division,
            String year,
            Personal<PupilIdentity> sealed)
            implements SchoolEvent {}

    /**
     * A pupil changed class within the year.
     *
     * @param school       where
     * @param schoolYear   when
     * @param learner      who
     * @param fromDivision class before
     * @param toDivision   class after
     */
    @EventType(name = "school.pupil-moved", version = 1)
    record PupilMoved(
            SchoolId school, SchoolYear schoolYear, LearnerId learner, Division fromDivision, Division toDivision)
            implements SchoolEvent {}

    /**
     * A pupil is no longer on the roster; the account and all history stay with the person.
     *
     * @param school     where
     * @param schoolYear when
     * @param learner    who
     * @param lastDay    last day on the roster
     * @param reason     why
     */
    @EventType(name = "school.pupil-left", version = 1)
    record PupilLeft(SchoolId school, SchoolYear schoolYear, LearnerId learner, LocalDate lastDay, LeavingReason reason)
            implements SchoolEvent {}

    /**
     * The roster of a year changed: one such event a command, so that two changes cannot pass each other.
     *
     * @param school     where
     * @param schoolYear when
     * @param cause      what changed it
     */
    @EventType(name = "school.roster-changed", version = 1)
    record RosterChanged(SchoolId school, SchoolYear schoolYear, RosterCause cause) implements SchoolEvent {}

    /**
     * A list of pupils was brought in; the pupils' own events stand in the same command. Stream: the school.
     *
     * @param school     where
     * @param schoolYear when
     * @param rows       lines of the list, 0..10000
     * @param enrolled   pupils who came
     * @param moved      pupils who changed class
     * @param corrected  pupils of whom the list knows better
     * @param left       pupils who are no longer on the roster
     * @param refused    lines that the head left out because they could not be accepted
     */
    @EventType(name = "school.roster-imported", version = 1)
    record RosterImported(
            SchoolId school,
            SchoolYear schoolYear,
            int rows,
            int enrolled,
            int moved,
            int corrected,
            int left,
            int refused)
            implements SchoolEvent {}

    /** Kinds of establishment. */
    enum Kind {
        COLLEGE,
        LYCEE
    }

    /** Why a pupil left a roster. */
    enum LeavingReason {
        MOVED,
        LEFT,
        ERROR
    }

    /** What changed a roster. */
    enum RosterCause {
        ENROLMENT,
        MOVE,
        DEPARTURE,
        ROSTER_IMPORT,
        CORRECTION
    }
}

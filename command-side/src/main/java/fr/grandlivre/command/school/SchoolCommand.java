package fr.grandlivre.command.school;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an establishment and its rosters. */
public sealed interface SchoolCommand extends Command {
    /** @return which establishment */
    SchoolId school();

    /**
     * Lets an establishment join; joining again changes nothing.
     *
     * @param school its id, random
     * @param uai    national number
     * @param name   1..100 characters
     * @param kind   collège or lycée
     * @param centre the certification centre it holds; absent when it holds none
     */
    record RegisterSchool(
            SchoolId school,
            Uai uai,
            String name,
            Kind kind,
            @Nullable CentreId centre) implements SchoolCommand {
        @Override
        public UUID stream() {
            return school.value();
        }
    }

    /** Changes one pupil's place on the roster of a school year. */
    sealed interface RosterCommand extends SchoolCommand {
        SchoolYear schoolYear();

        LearnerId learner();

        @Override
        default UUID stream() {
            return StreamIds.enrolment(school(), schoolYear(), learner());
        }
    }

    /**
     * Puts a pupil on the roster.
     *
     * @param division   the pupil's class
     * @param year       level of schooling, one of 6e 5e 4e 3e 2de 1re Tle
     * @param pupil      as the roster names them
     * @param rosterSeen how many changes of the roster the caller has seen; absent when it does not matter
     */
    record EnrolPupil(
            SchoolId school,
            SchoolYear schoolYear,
            LearnerId learner,
            Division division,
            String year,
            PupilIdentity pupil,
            @Nullable Integer rosterSeen)
            implements RosterCommand {}

    /** Moves a pupil to another class of the same roster. */
    record MovePupil(SchoolId school, SchoolYear schoolYear, LearnerId learner, Division toDivision)
            implements RosterCommand {}

    /**
     * Takes a pupil off the roster; account and history stay with the person.
     *
     * @param lastDay last day on the roster
     * @param reason  why
     */
    record EndEnrolment(
            SchoolId school, SchoolYear schoolYear, LearnerId learner, LocalDate lastDay, LeavingReason reason)
            implements RosterCommand {}
}

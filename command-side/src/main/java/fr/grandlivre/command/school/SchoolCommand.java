package fr.grandlivre.command.school;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.LocalDate;
import java.util.List;
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

    /** Says better who a pupil of the roster is, or in which level of schooling. */
    record CorrectPupil(SchoolId school, SchoolYear schoolYear, LearnerId learner, String year, PupilIdentity pupil)
            implements RosterCommand {}

    /**
     * Lets a pupil's line name the account that goes on, after two accounts of the pupil were merged.
     *
     * @param learner  the account that goes on
     * @param absorbed the account that the line names, or named
     */
    record TakeOverPlace(SchoolId school, SchoolYear schoolYear, LearnerId learner, LearnerId absorbed)
            implements SchoolCommand {
        @Override
        public UUID stream() {
            return StreamIds.enrolment(school(), schoolYear(), learner());
        }
    }

    /**
     * Brings the whole roster to what a list says, all of it or nothing; the comparison was made before.
     *
     * @param rosterSeen how many changes of the roster the comparison has seen
     * @param rows       lines of the list
     * @param refused    lines that were left out because they could not be accepted
     * @param entries    what changes, a pupil's entries in their order; empty when the list says what the roster says
     */
    record ImportRoster(
            SchoolId school, SchoolYear schoolYear, int rosterSeen, int rows, int refused, List<RosterEntry> entries)
            implements SchoolCommand {
        public ImportRoster {
            entries = List.copyOf(entries);
        }

        @Override
        public UUID stream() {
            return school.value();
        }
    }

    /**
     * Writes down that a file about the establishment was made. The same file made again is the same act.
     *
     * @param schoolYear  which roster
     * @param division    class; absent when it is about all
     * @param profile     form of the file
     * @param rows        pupils in it
     * @param skipped     pupils left out, and why
     * @param position    every event up to it is in the file
     * @param ruleVersion rule that decided the mentions
     * @param sha256      of the bytes
     * @param exportId    names the receipt
     * @param always      whether the same content is a new act: an answer to a partner's program is
     */
    record ProduceExport(
            SchoolId school,
            Uai uai,
            SchoolYear schoolYear,
            @Nullable Division division,
            String profile,
            int rows,
            List<Skipped> skipped,
            long position,
            RulesVersion ruleVersion,
            String sha256,
            UUID exportId,
            boolean always)
            implements SchoolCommand {
        public ProduceExport {
            skipped = List.copyOf(skipped);
        }

        @Override
        public UUID stream() {
            return school.value();
        }
    }

    /** One change of an {@link ImportRoster}. */
    sealed interface RosterEntry {
        LearnerId learner();
    }

    /** A pupil comes, or comes back. */
    record Arrives(LearnerId learner, Division division, String year, PupilIdentity pupil) implements RosterEntry {}

    /** A pupil changes class. */
    record Moves(LearnerId learner, Division toDivision) implements RosterEntry {}

    /** The list knows better who a pupil is. */
    record IsCorrected(LearnerId learner, String year, PupilIdentity pupil) implements RosterEntry {}

    /** A pupil is no longer there since today. */
    record Leaves(LearnerId learner) implements RosterEntry {}
}

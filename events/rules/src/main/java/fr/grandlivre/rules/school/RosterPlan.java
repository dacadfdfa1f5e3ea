package fr.grandlivre.rules.school;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Division;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of pupils changes about a roster, and what is wrong with it; nothing is changed by it. Immutable.
 *
 * @param rows      lines of the list
 * @param unchanged lines that say what the roster says
 * @param changes   by line, departures last
 * @param errors    lines that cannot be accepted, by line
 * @param warnings  lines that a person should look at, by line
 */
public record RosterPlan(int rows, int unchanged, List<Change> changes, List<Finding> errors, List<Finding> warnings) {
    public RosterPlan {
        changes = List.copyOf(changes);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Which pupils the list is about. */
    public enum Scope {
        /** All of the establishment: whoever is not on it has left. */
        ESTABLISHMENT,
        /** Only the classes that it names: whoever is of one of them and not on it has left. */
        DIVISIONS
    }

    /** What may be wrong with a line. */
    public enum Fault {
        /** First or last name is missing, too long or holds a control character. */
        NAME_INVALID,
        INE_MALFORMED,
        /** The number is another line's, or another pupil's. */
        INE_DUPLICATE,
        BIRTH_DATE_INVALID,
        YEAR_UNKNOWN,
        /** The class is missing or its name too long. */
        DIVISION_EMPTY,
        /** The pupil stands on the list twice. */
        LINE_DUPLICATE,
        /** Another pupil has the same names: both are kept apart, or the line is set aside when it could be either. */
        HOMONYM
    }

    /**
     * @param line  number of the line
     * @param fault what is wrong
     * @param other the line that it is about besides; 0 when none
     */
    public record Finding(int line, Fault fault, int other) {}

    /** What would happen to one pupil. */
    public sealed interface Change {}

    /**
     * A pupil comes: for the first time, or back.
     *
     * @param known whom the establishment knew in another year or before a departure; absent for somebody new
     */
    public record Arrival(int line, @Nullable KnownPupil known, PupilIdentity pupil, Division division, String year)
            implements Change {}

    /** A pupil changes class. */
    public record Move(int line, KnownPupil known, Division to) implements Change {}

    /**
     * The list knows better who a pupil is, or in which level.
     *
     * @param pupil as the list names them, completed by what it leaves out
     * @param year  level of schooling
     */
    public record Correction(int line, KnownPupil known, PupilIdentity pupil, String year) implements Change {}

    /** A pupil is no longer there. */
    public record Departure(KnownPupil known) implements Change {}

    /** @return the changes of one kind, in order */
    public <T extends Change> List<T> of(Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}

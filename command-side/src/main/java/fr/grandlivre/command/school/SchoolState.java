package fr.grandlivre.command.school;

import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.vocabulary.Division;

/** What the events of an establishment, of one of its rosters, or of one enrolment amount to. */
sealed interface SchoolState {
    /**
     * An establishment.
     *
     * @param registered whether it joined
     */
    record Establishment(boolean registered) implements SchoolState {
        static final Establishment ABSENT = new Establishment(false);

        Establishment evolve(SchoolEvent event) {
            return switch (event) {
                case SchoolRegistered _ -> new Establishment(true);
                case PupilEnrolled _, PupilMoved _, PupilLeft _, RosterChanged _ -> throw onAnotherStream();
            };
        }
    }

    /**
     * The roster of one school year.
     *
     * @param changes how often it changed
     */
    record RosterOfYear(int changes) implements SchoolState {
        static final RosterOfYear EMPTY = new RosterOfYear(0);

        RosterOfYear evolve(SchoolEvent event) {
            return switch (event) {
                case RosterChanged _ -> new RosterOfYear(changes + 1);
                case SchoolRegistered _, PupilEnrolled _, PupilMoved _, PupilLeft _ -> throw onAnotherStream();
            };
        }
    }

    /** One pupil's place on a roster. */
    sealed interface Place extends SchoolState {
        default Place evolve(SchoolEvent event) {
            return switch (event) {
                case PupilEnrolled enrolled -> new Enrolled(enrolled.division());
                case PupilMoved moved -> new Enrolled(moved.toDivision());
                case PupilLeft _ -> new Left();
                case SchoolRegistered _, RosterChanged _ -> throw onAnotherStream();
            };
        }
    }

    /** Never stood on the roster. */
    record NeverEnrolled() implements Place {}

    /** Stands on the roster, in one class at a time. */
    record Enrolled(Division division) implements Place {}

    /** Stood on the roster once. */
    record Left() implements Place {}

    private static AssertionError onAnotherStream() {
        return new AssertionError("this event belongs to another stream");
    }
}

package fr.grandlivre.command.school;

import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import java.util.List;

/** On which rosters a learner stands, or stood. Safe for use by many threads. */
@FunctionalInterface
public interface PlaceDirectory {
    /** A roster. */
    record RosterName(SchoolId school, SchoolYear schoolYear) {}

    /** @return rosters that ever named the learner, everything recorded before the call included */
    List<RosterName> of(LearnerId learner);
}

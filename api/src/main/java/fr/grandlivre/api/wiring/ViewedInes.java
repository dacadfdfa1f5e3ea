package fr.grandlivre.api.wiring;

import fr.grandlivre.command.school.IneDirectory;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import java.util.Optional;

/** Pupil numbers from the view of rosters, once it has seen the changes that the decision rests on. Thread-safe. */
final class ViewedInes implements IneDirectory {
    private final CaughtUpRosters view;
    private final SchoolReportQueries rosters;

    ViewedInes(CaughtUpRosters view, SchoolReportQueries rosters) {
        this.view = view;
        this.rosters = rosters;
    }

    @Override
    public Optional<LearnerId> holderOf(SchoolId school, SchoolYear schoolYear, String ine, int changes) {
        if (changes > 0) {
            // All of it, and not the change alone: the pupil's own event stands after it in the same append.
            view.await();
        }
        return rosters.holderOf(school, schoolYear, ine);
    }
}

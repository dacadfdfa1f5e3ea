package fr.grandlivre.api.wiring;

import fr.grandlivre.command.school.PlaceDirectory;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import java.util.List;

/** Rosters that name a learner, from their view, once it has seen all that was recorded. Thread-safe. */
final class ViewedPlaces implements PlaceDirectory {
    private final CaughtUpRosters view;
    private final SchoolReportQueries rosters;

    ViewedPlaces(CaughtUpRosters view, SchoolReportQueries rosters) {
        this.view = view;
        this.rosters = rosters;
    }

    @Override
    public List<RosterName> of(LearnerId learner) {
        view.await();
        return rosters.rostersOf(learner).stream()
                .map(roster -> new RosterName(roster.school(), roster.year()))
                .toList();
    }
}

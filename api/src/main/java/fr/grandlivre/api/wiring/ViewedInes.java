package fr.grandlivre.api.wiring;

import fr.grandlivre.command.school.IneDirectory;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** Pupil numbers from the view of rosters, once it has seen the changes that the decision rests on. Thread-safe. */
final class ViewedInes implements IneDirectory {
    /** A view that is further behind is in trouble; the caller tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerReader reader;
    private final ViewPositions positions;
    private final SchoolReportQueries rosters;

    ViewedInes(LedgerReader reader, ViewPositions positions, SchoolReportQueries rosters) {
        this.reader = reader;
        this.positions = positions;
        this.rosters = rosters;
    }

    @Override
    public Optional<LearnerId> holderOf(SchoolId school, SchoolYear schoolYear, String ine, int changes) {
        if (changes > 0) {
            // The head, and not the change itself: the pupil's own event stands after it in the same append.
            awaitView(reader.head());
        }
        return rosters.holderOf(school, schoolYear, ine);
    }

    private void awaitView(long position) {
        try {
            if (!positions.await(SchoolReportQueries.VIEW, position, PATIENCE)) {
                throw new LedgerUnavailableException(PATIENCE, false, null);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException(PATIENCE, false, null);
        }
    }
}

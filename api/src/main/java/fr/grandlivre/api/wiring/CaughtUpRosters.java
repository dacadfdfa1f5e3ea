package fr.grandlivre.api.wiring;

import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;

/** The view of rosters, for decisions that rest on all of it. Thread-safe. */
final class CaughtUpRosters {
    /** A view that is further behind is in trouble; the caller tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerReader reader;
    private final ViewPositions positions;

    CaughtUpRosters(LedgerReader reader, ViewPositions positions) {
        this.reader = reader;
        this.positions = positions;
    }

    /**
     * Waits until the view has seen what was recorded up to now.
     *
     * @throws LedgerUnavailableException when that takes too long
     */
    void await() {
        try {
            if (!positions.await(SchoolReportQueries.VIEW, reader.head(), PATIENCE)) {
                throw new LedgerUnavailableException(PATIENCE, false, null);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException(PATIENCE, false, null);
        }
    }
}

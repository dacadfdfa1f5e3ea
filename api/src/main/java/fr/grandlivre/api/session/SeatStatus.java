package fr.grandlivre.api.session;

import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import java.util.Locale;

/** How far a candidate is. */
enum SeatStatus {
    EXPECTED,
    PRESENT,
    ADMITTED,
    RUNNING,
    ALERT,
    ENDED,
    ABSENT;

    static SeatStatus of(SessionView session, Candidate candidate) {
        if (candidate.endReason() != null) {
            return ENDED;
        }
        if (candidate.alert() != null) {
            return ALERT;
        }
        if (candidate.running()) {
            return RUNNING;
        }
        if (session.status() != Status.CREATED) {
            return candidate.present() ? PRESENT : ABSENT;
        }
        if (candidate.admitted()) {
            return ADMITTED;
        }
        return candidate.present() ? PRESENT : EXPECTED;
    }

    /** @return name for programs, pages and messages */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

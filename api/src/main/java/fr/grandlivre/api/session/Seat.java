package fr.grandlivre.api.session;

import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.rules.framework.Text;
import fr.grandlivre.rules.session.IssueCategory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as staff see it on a page.
 *
 * @param candidate what the view says
 * @param status    how far the candidate is, in the words of the messages
 * @param outcome   what the exam is worth, in the words of the messages; absent until scored
 */
record Seat(Candidate candidate, String status, @Nullable String outcome) {
    static List<Seat> of(SessionView session) {
        return session.candidates().stream()
                .map(candidate -> of(session, candidate))
                .toList();
    }

    static Seat of(SessionView session, Candidate candidate) {
        return new Seat(
                candidate,
                SeatStatus.of(session, candidate).text(),
                candidate.outcome() == null ? null : candidate.outcome().toLowerCase(Locale.ROOT));
    }

    /** @return the category of the open alert, for people; absent when none is open */
    public @Nullable Text alertLabel() {
        return Optional.ofNullable(candidate.alert())
                .flatMap(alert -> IssueCategory.of(alert.category()))
                .map(IssueCategory::label)
                .orElse(null);
    }
}

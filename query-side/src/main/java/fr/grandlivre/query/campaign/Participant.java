package fr.grandlivre.query.campaign;

import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.ShowsPeople;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One learner's latest attempt at a campaign, as its school sees it.
 *
 * @param learner        who
 * @param attempt        1 for the first
 * @param startedAt      when
 * @param completedAt    when nothing was left to ask; absent before
 * @param sharedAt       when the latest results were sent; absent before
 * @param masteryPercent of the latest results that were sent, 0..100; absent before
 */
@ShowsPeople
public record Participant(
        LearnerId learner,
        int attempt,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant sharedAt,
        @Nullable Integer masteryPercent) {
    /** Where a participant stands. */
    public enum Status {
        STARTED,
        COMPLETED,
        SHARED
    }

    public Status status() {
        if (sharedAt != null) {
            return Status.SHARED;
        }
        return completedAt != null ? Status.COMPLETED : Status.STARTED;
    }
}

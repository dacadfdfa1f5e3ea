package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.rules.framework.Framework;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One learner's attempt at a campaign: the fold of its stream. Immutable.
 *
 * @param participation its id
 * @param campaign      which
 * @param learner       who
 * @param attempt       1 for the first
 * @param startedAt     when it was recorded
 * @param completedAt   when nothing was left to ask; absent before
 * @param sharedAt      when the results were sent; absent before
 * @param atPosition    ledger position of the results that were sent; absent before
 */
public record Passage(
        ParticipationId participation,
        CampaignId campaign,
        LearnerId learner,
        int attempt,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant sharedAt,
        @Nullable Long atPosition) {
    /** @return the attempt as it began */
    public static Passage of(ParticipationStarted started, Instant recordedAt) {
        return new Passage(
                started.participation(),
                started.campaign(),
                started.learner(),
                started.attempt(),
                recordedAt,
                null,
                null,
                null);
    }

    /** @return the attempt after the next event of its stream */
    public Passage after(CampaignEvent event, Instant recordedAt) {
        return switch (event) {
            case ParticipationCompleted _ ->
                new Passage(participation, campaign, learner, attempt, startedAt, recordedAt, sharedAt, atPosition);
            case ResultsShared shared ->
                new Passage(
                        participation,
                        campaign,
                        learner,
                        attempt,
                        startedAt,
                        completedAt,
                        recordedAt,
                        shared.atPosition());
            case ParticipationStarted _,
                    CampaignOpened _,
                    CampaignCodeReserved _,
                    CampaignAmended _,
                    TargetFixed _,
                    CampaignClosed _ ->
                throw new AssertionError("an attempt starts once, and its stream holds nothing else");
        };
    }

    public boolean isCompleted() {
        return completedAt != null;
    }

    public boolean isShared() {
        return sharedAt != null;
    }

    /**
     * @param inForce the version whose delay counts
     * @return first instant of another attempt; empty while the results are not shared
     */
    public Optional<Instant> retryFrom(Framework inForce) {
        return Optional.ofNullable(sharedAt).map(shared -> shared.plus(inForce.retryCampaignDelay()));
    }
}

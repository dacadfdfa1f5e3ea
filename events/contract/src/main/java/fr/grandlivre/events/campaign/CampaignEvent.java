package fr.grandlivre.events.campaign;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.TubeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to campaigns. Streams: campaign; campaign code; one learner's attempt at a campaign. */
public sealed interface CampaignEvent extends LedgerEvent {
    /**
     * A school lets pupils of some years answer some subjects.
     *
     * @param campaign     its id
     * @param code         by which pupils enter
     * @param title        1..120 characters
     * @param school       whose
     * @param audience     levels of schooling, from the youngest, never empty
     * @param target       what is asked, by competence, never empty
     * @param framework    version whose tubes the target names
     * @param opensAt      first instant at which pupils may enter
     * @param closesAt     last instant, inclusive
     * @param calendarStep step of the school year's calendar that it follows, from 1; absent when it follows none
     */
    @EventType(name = "campaign.opened", version = 1)
    record CampaignOpened(
            CampaignId campaign,
            CampaignCode code,
            String title,
            SchoolId school,
            List<String> audience,
            List<TargetedCompetence> target,
            FrameworkVersion framework,
            Instant opensAt,
            Instant closesAt,
            @Nullable Integer calendarStep)
            implements CampaignEvent {}

    /**
     * A code is given to a campaign, for ever.
     *
     * @param code     canonical
     * @param campaign whose
     */
    @EventType(name = "campaign.code-reserved", version = 1)
    record CampaignCodeReserved(CampaignCode code, CampaignId campaign) implements CampaignEvent {}

    /**
     * What a campaign says was changed; every field as it is now.
     *
     * @param campaign which
     * @param title    1..120 characters
     * @param audience levels of schooling, from the youngest, never empty
     * @param target   what is asked; as before once somebody takes part
     * @param opensAt  first instant at which pupils may enter
     * @param closesAt last instant, inclusive
     */
    @EventType(name = "campaign.amended", version = 1)
    record CampaignAmended(
            CampaignId campaign,
            String title,
            List<String> audience,
            List<TargetedCompetence> target,
            Instant opensAt,
            Instant closesAt)
            implements CampaignEvent {}

    /**
     * Somebody takes part for the first time: from now on the campaign asks what it asks.
     *
     * @param campaign which
     */
    @EventType(name = "campaign.target-fixed", version = 1)
    record TargetFixed(CampaignId campaign) implements CampaignEvent {}

    /**
     * A campaign ends before its last day.
     *
     * @param campaign which
     * @param closedAt from this instant on nobody enters
     * @param reason   why
     */
    @EventType(name = "campaign.closed", version = 1)
    record CampaignClosed(CampaignId campaign, Instant closedAt, ClosingReason reason) implements CampaignEvent {}

    /**
     * A learner enters a campaign.
     *
     * @param participation this attempt
     * @param campaign      which
     * @param learner       who
     * @param attempt       1 for the first
     */
    @EventType(name = "campaign.participation-started", version = 1)
    record ParticipationStarted(ParticipationId participation, CampaignId campaign, LearnerId learner, int attempt)
            implements CampaignEvent {}

    /**
     * Nothing is left to ask in this attempt.
     *
     * @param participation which
     * @param atPosition    head of the ledger when that was found
     */
    @EventType(name = "campaign.participation-completed", version = 1)
    record ParticipationCompleted(ParticipationId participation, long atPosition) implements CampaignEvent {}

    /**
     * A learner lets the school see the results of an attempt as they are now.
     *
     * @param participation which
     * @param campaign      of which campaign
     * @param learner       whose
     * @param school        who may see them
     * @param atPosition    head of the ledger when that was decided: later answers change nothing that the school sees
     */
    @EventType(name = "campaign.results-shared", version = 1)
    record ResultsShared(
            ParticipationId participation, CampaignId campaign, LearnerId learner, SchoolId school, long atPosition)
            implements CampaignEvent {}

    /**
     * A competence that a campaign asks.
     *
     * @param competence code
     * @param tubes      those that are asked, sorted; absent for all of the version
     */
    record TargetedCompetence(
            CompetenceCode competence, @Nullable List<TubeId> tubes) {
        public TargetedCompetence {
            tubes = tubes == null ? null : tubes.stream().sorted().toList();
        }
    }

    /** Why a campaign ends early. */
    enum ClosingReason {
        FINISHED,
        MISTAKE
    }
}

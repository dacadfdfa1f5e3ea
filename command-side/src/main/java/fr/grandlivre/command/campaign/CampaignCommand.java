package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of campaigns and participations. */
public sealed interface CampaignCommand extends Command {
    /** Is sent to one campaign by its school. */
    sealed interface OfSchool extends CampaignCommand {
        CampaignId campaign();

        /** @return whose campaign the sender takes it for; another school's campaign does not exist */
        SchoolId school();

        @Override
        default UUID stream() {
            return campaign().value();
        }
    }

    /**
     * What a campaign says.
     *
     * @param title    1..120 characters
     * @param audience levels of schooling
     * @param target   what is asked
     * @param opensAt  first instant at which pupils may enter
     * @param closesAt last instant, inclusive
     */
    record Plan(
            String title, List<String> audience, List<TargetedCompetence> target, Instant opensAt, Instant closesAt) {
        public Plan {
            audience = List.copyOf(audience);
            target = List.copyOf(target);
        }
    }

    /**
     * Opens a campaign under a code that nobody had.
     *
     * @param campaign     its id; equals the id of the command
     * @param calendarStep step of the school year's calendar, from 1; absent when it follows none
     */
    record OpenCampaign(
            CampaignId campaign,
            SchoolId school,
            Plan plan,
            @Nullable Integer calendarStep) implements OfSchool {}

    /** Changes what a campaign says; its target as long as nobody takes part. */
    record AmendCampaign(CampaignId campaign, SchoolId school, Plan plan) implements OfSchool {}

    /** Ends a campaign now. */
    record CloseCampaign(CampaignId campaign, SchoolId school, ClosingReason reason) implements OfSchool {}

    /** Enters a campaign; a new attempt once the last one's results are shared and the waiting time is over. */
    record StartParticipation(CampaignCode code, LearnerId learner) implements CampaignCommand {
        @Override
        public UUID stream() {
            return StreamIds.campaignCode(code);
        }
    }

    /** Is about one attempt. */
    sealed interface OfParticipation extends CampaignCommand {
        ParticipationId participation();

        @Override
        default UUID stream() {
            return participation().value();
        }
    }

    /** Notes that nothing is left to ask; changes nothing while something is. */
    record CompleteParticipation(ParticipationId participation) implements OfParticipation {}

    /** Lets the school see the results of an attempt as they are now. */
    record ShareResults(ParticipationId participation, LearnerId learner) implements OfParticipation {}
}

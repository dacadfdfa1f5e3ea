package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.campaign.CampaignCommand.AmendCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one campaign; empty while it is unborn. */
public final class Campaign extends LedgerAggregate<Optional<CampaignTerms>> {
    private final transient Frameworks frameworks;

    Campaign(UUID stream, Frameworks frameworks) {
        super(stream, Optional.empty());
        this.frameworks = frameworks;
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param history the learner's own streams and enrolment, and the codes that are taken
     * @param draws   codes; cryptographically strong
     */
    public static void register(
            Aggregates aggregates,
            Frameworks frameworks,
            Withdrawals withdrawals,
            LedgerHistory history,
            RandomGenerator draws) {
        var campaigns = aggregates.register(Campaign.class, stream -> new Campaign(stream, frameworks));
        var codes = aggregates.register(ReservedCampaignCode.class, ReservedCampaignCode::new);
        var participations = aggregates.register(Participation.class, Participation::new);
        aggregates.register(new CampaignCommands(campaigns, codes, history, frameworks, draws));
        aggregates.register(new ParticipationCommands(campaigns, participations, history, frameworks, withdrawals));
    }

    @CommandHandler
    Decision handle(AmendCampaign command, ServerClock clock) {
        return record(state().map(
                        terms -> CampaignDecider.decide(terms, command, frameworks.of(terms.framework()), clock.now()))
                .orElseGet(() -> new Decision.Refused(Refusal.UNKNOWN_CAMPAIGN)));
    }

    @CommandHandler
    Decision handle(CloseCampaign command, ServerClock clock) {
        return record(state().map(terms -> CampaignDecider.decide(terms, command, clock.now()))
                .orElseGet(() -> new Decision.Refused(Refusal.UNKNOWN_CAMPAIGN)));
    }

    @EventSourcingHandler
    void on(CampaignEvent event) {
        become(Optional.of(
                event instanceof CampaignOpened opened
                        ? CampaignTerms.of(opened)
                        : state().orElseThrow().after(event)));
    }
}

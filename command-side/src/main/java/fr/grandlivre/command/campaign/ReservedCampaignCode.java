package fr.grandlivre.command.campaign;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.campaign.CampaignEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one campaign code. Its whole state is whether somebody has it. */
final class ReservedCampaignCode extends LedgerAggregate<Boolean> {
    ReservedCampaignCode(UUID stream) {
        super(stream, false);
    }

    @EventSourcingHandler
    void on(CampaignEvent reserved) {
        become(true);
    }
}

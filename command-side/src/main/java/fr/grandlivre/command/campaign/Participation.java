package fr.grandlivre.command.campaign;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.rules.campaign.Passage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one learner's attempt at a campaign; empty before it starts. */
final class Participation extends LedgerAggregate<Optional<Passage>> {
    Participation(UUID stream) {
        super(stream, Optional.empty());
    }

    @EventSourcingHandler
    void on(CampaignEvent event, @Timestamp Instant recordedAt, ServerClock clock) {
        Instant at = at(recordedAt, clock);
        become(Optional.of(
                event instanceof ParticipationStarted started
                        ? Passage.of(started, at)
                        : state().orElseThrow().after(event, at)));
    }
}

package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.command.identity.PartnerCommand.RevokePartner;
import fr.grandlivre.events.identity.PartnerEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one partner's program. */
public final class Partner extends LedgerAggregate<PartnerState> {
    Partner(UUID stream) {
        super(stream, new PartnerState.Unknown());
    }

    @CommandHandler
    Decision handle(RegisterPartner command, ServerClock clock) {
        return record(PartnerDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(RevokePartner command, ServerClock clock) {
        return record(PartnerDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(PartnerEvent event) {
        become(state().evolve(event));
    }
}

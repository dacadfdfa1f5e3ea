package fr.grandlivre.command.identity;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.identity.AttachCodeEvent;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.vocabulary.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one code on paper. */
final class AttachCodeStream extends LedgerAggregate<AttachCodeStream.Drawn> {
    AttachCodeStream(UUID stream) {
        super(stream, new Drawn(Optional.empty(), false));
    }

    /**
     * @param person whose account it names; empty when nobody drew it
     * @param used   whether it served
     */
    record Drawn(Optional<AccountId> person, boolean used) {}

    @EventSourcingHandler
    void on(AttachCodeEvent event) {
        become(
                switch (event) {
                    case AttachCodeReserved(var person) -> new Drawn(Optional.of(person), false);
                    case AttachCodeUsed(var person) -> new Drawn(Optional.of(person), true);
                });
    }
}

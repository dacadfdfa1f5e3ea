package fr.grandlivre.command.identity;

import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one way to sign in: the account to which it leads. */
final class SignInStream extends LedgerAggregate<SignInStream.Leads> {
    SignInStream(UUID stream) {
        super(stream, new Leads(Optional.empty(), false));
    }

    /**
     * @param to    the account; empty when to none
     * @param freed whether it led to one and was detached: what the provider says counts no more
     */
    record Leads(Optional<AccountId> to, boolean freed) {
        /** @return the account to which the way leads, by the ledger or else by the provider */
        Optional<AccountId> owner(WayIn way) {
            return to.isPresent() || freed ? to : way.named();
        }
    }

    @EventSourcingHandler
    void on(SignInEvent event) {
        become(
                switch (event) {
                    case SignInTaken(var person) -> new Leads(Optional.of(person), false);
                    case SignInFreed _ -> new Leads(Optional.empty(), true);
                });
    }
}

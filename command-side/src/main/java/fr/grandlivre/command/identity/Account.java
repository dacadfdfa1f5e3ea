package fr.grandlivre.command.identity;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.identity.IdentityCommand.CorrectIdentity;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.identity.IdentityCommand.WithdrawRole;
import fr.grandlivre.events.identity.IdentityEvent;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one account. */
public final class Account extends LedgerAggregate<IdentityState> {
    Account(UUID stream) {
        super(stream, new IdentityState.Absent());
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param history tells whether a person sits an exam, or was erased
     */
    public static void register(Aggregates aggregates, LedgerHistory history) {
        aggregates.register(Partner.class, Partner::new);
        aggregates.register(new SignInCommands(
                aggregates.register(Account.class, Account::new),
                aggregates.register(SignInStream.class, SignInStream::new),
                aggregates.register(AttachCodeStream.class, AttachCodeStream::new),
                history));
    }

    @CommandHandler
    Decision handle(OpenAccount command, ServerClock clock) {
        return record(IdentityDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(CorrectIdentity command, ServerClock clock) {
        return record(IdentityDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(GrantRole command, ServerClock clock) {
        return record(IdentityDecider.decide(state(), command, clock.now()));
    }

    @CommandHandler
    Decision handle(WithdrawRole command, ServerClock clock) {
        return record(IdentityDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(IdentityEvent event) {
        become(state().evolve(event));
    }
}

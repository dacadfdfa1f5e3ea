package fr.grandlivre.command.verification;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.verification.VerificationCommand.ReserveCode;
import fr.grandlivre.events.verification.VerificationEvent;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;

/** The stream of one verification code. Its whole state is the certificate that has it, empty while it is free. */
public final class ReservedCode extends LedgerAggregate<Optional<CertificateId>> {
    ReservedCode(UUID stream) {
        super(stream, Optional.empty());
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @return where commands that reserve a code together with something else load it from
     */
    public static LedgerRepository<ReservedCode> register(Aggregates aggregates) {
        return aggregates.register(ReservedCode.class, ReservedCode::new);
    }

    @CommandHandler
    Decision handle(ReserveCode command, ServerClock clock) {
        return record(VerificationDecider.decide(state(), command, clock.now()));
    }

    @EventSourcingHandler
    void on(VerificationEvent event) {
        switch (event) {
            case CodeReserved(var _, var certificate) -> become(Optional.of(certificate));
        }
    }
}

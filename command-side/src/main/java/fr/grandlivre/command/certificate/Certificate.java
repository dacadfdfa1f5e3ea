package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Aggregates;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerAggregate;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.CertificateCommand.AgreedAct;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.ReinstateCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.JuryRecord;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.Repository;

/** The stream of one certificate. */
public final class Certificate extends LedgerAggregate<CertificateState> {
    Certificate(UUID stream) {
        super(stream, new CertificateState.Absent());
    }

    /**
     * Subscribes the commands of this feature.
     *
     * @param codes      the streams of verification codes; their state is the certificate that has the code
     * @param history    the facts on which an issue rests, and those on which an act of the jury does
     * @param random     cryptographically strong; draws codes and keys
     * @param codeLength symbols of new codes, 6..8
     */
    public static void register(
            Aggregates aggregates,
            Repository<? extends LedgerAggregate<Optional<CertificateId>>> codes,
            LedgerHistory history,
            Frameworks frameworks,
            KeyMac keyMac,
            RandomGenerator random,
            IntSupplier codeLength) {
        aggregates.register(new CertificateCommands(
                aggregates.register(Certificate.class, Certificate::new, history),
                codes,
                history,
                frameworks,
                new PrintedDraw(history, keyMac, random, codeLength)));
    }

    @CommandHandler
    Decision handle(SuspendCertificate command, LedgerHistory history, ServerClock clock) {
        return agreed(command, history, clock);
    }

    @CommandHandler
    Decision handle(ReinstateCertificate command, LedgerHistory history, ServerClock clock) {
        return agreed(command, history, clock);
    }

    @CommandHandler
    Decision handle(RevokeCertificate command, LedgerHistory history, ServerClock clock) {
        return agreed(command, history, clock);
    }

    private Decision agreed(AgreedAct command, LedgerHistory history, ServerClock clock) {
        JuryRecord record = history.of(command.sitting().value()).stream()
                .map(SessionEvent.class::cast)
                .reduce(JuryRecord.NONE, JuryRecord::after, (_, last) -> last);
        return record(CertificateDecider.decide(state(), command, record, clock.now()));
    }

    @CommandHandler
    Decision handle(ChooseVisibility command) {
        return record(CertificateDecider.decide(state(), command));
    }

    @EventSourcingHandler
    void on(CertificateEvent event) {
        become(state().evolve(event));
    }
}

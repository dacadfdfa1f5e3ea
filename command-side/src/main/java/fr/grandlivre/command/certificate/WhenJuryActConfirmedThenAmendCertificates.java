package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.certificate.CertificateCommand.AmendCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.ReinstateCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.vocabulary.CertificateId;
import java.util.Objects;
import java.util.UUID;

/** What a second person confirmed reaches the certificates of the exam, once, however often it is seen. Thread-safe. */
public final class WhenJuryActConfirmedThenAmendCertificates {
    private final Commands commands;
    private final LedgerHistory history;

    public WhenJuryActConfirmedThenAmendCertificates(Commands commands, LedgerHistory history) {
        this.commands = commands;
        this.history = history;
    }

    /**
     * @param eventId       id of the event, from which the id of the command is derived
     * @param correlationId first command of the chain
     * @return what became of the certificates; a refusal is to be parked, not dropped
     */
    public Outcome on(JuryActConfirmed confirmed, UUID eventId, UUID correlationId) {
        JuryActProposed proposed = history.of(confirmed.exam().value()).stream()
                .filter(JuryActProposed.class::isInstance)
                .map(JuryActProposed.class::cast)
                .filter(known -> known.act().equals(confirmed.act()))
                .findFirst()
                .orElseThrow();
        return commands.dispatch(
                command(proposed), Caller.policy("amend-certificate/" + confirmed.act(), eventId, correlationId));
    }

    private static CertificateCommand command(JuryActProposed proposed) {
        return switch (proposed.kind()) {
            case SUSPEND_CERTIFICATE -> new SuspendCertificate(certificate(proposed), proposed.exam(), proposed.act());
            case REINSTATE_CERTIFICATE ->
                new ReinstateCertificate(certificate(proposed), proposed.exam(), proposed.act());
            case REVOKE_CERTIFICATE -> new RevokeCertificate(certificate(proposed), proposed.exam(), proposed.act());
            case NEUTRALISE_QUESTION,
                    REINSTATE_QUESTION,
                    RESCORE,
                    CANCEL_EXAM,
                    REINSTATE_EXAM,
                    REJECT_FOR_FRAUD,
                    LIFT_FRAUD,
                    CORRECT_IDENTITY -> new AmendCertificate(proposed.exam(), proposed.act());
        };
    }

    private static CertificateId certificate(JuryActProposed proposed) {
        return Objects.requireNonNull(proposed.parameters().certificate());
    }
}

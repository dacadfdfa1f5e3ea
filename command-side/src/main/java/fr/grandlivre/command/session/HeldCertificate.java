package fr.grandlivre.command.session;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.rules.certificate.CertificateStanding;
import java.util.List;
import java.util.Optional;

/**
 * A certificate as the jury's acts see it.
 *
 * @param certificate which
 * @param learner     whose
 * @param standing    what its events amount to
 */
record HeldCertificate(CertificateId certificate, LearnerId learner, CertificateStanding standing) {
    /** What an act is worth on a certificate. */
    enum Worth {
        CHANGES,
        DONE,
        REVOKED,
        NOT_SUSPENDED
    }

    /** @return the certificate that a stream holds; empty for a stream without events */
    static Optional<HeldCertificate> of(List<LedgerEvent> facts) {
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        CertificateEvent first = (CertificateEvent) facts.getFirst();
        LearnerId learner = switch (first) {
            case CertificateIssued issued -> issued.learner();
            case CertificateImported imported -> imported.learner();
            default -> throw new AssertionError("a certificate begins with its issue or import");
        };
        return CertificateStanding.born(first)
                .map(born -> facts.stream()
                        .skip(1)
                        .map(CertificateEvent.class::cast)
                        .reduce(born, CertificateStanding::after, (_, last) -> last))
                .map(standing -> new HeldCertificate(first.certificateId(), learner, standing));
    }

    Worth worth(JuryActKind kind) {
        if (standing.revocation() != null) {
            return kind == JuryActKind.REVOKE_CERTIFICATE ? Worth.DONE : Worth.REVOKED;
        }
        boolean suspended = standing.suspension() != null;
        return switch (kind) {
            case SUSPEND_CERTIFICATE -> suspended ? Worth.DONE : Worth.CHANGES;
            case REINSTATE_CERTIFICATE -> suspended ? Worth.CHANGES : Worth.NOT_SUSPENDED;
            default -> Worth.CHANGES;
        };
    }
}

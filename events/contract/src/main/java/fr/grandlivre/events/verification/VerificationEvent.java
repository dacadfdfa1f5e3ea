package fr.grandlivre.events.verification;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.VerificationCode;

/** What happens to verification codes. Stream: one a code, so that its sequence 0 makes the code unique for ever. */
public sealed interface VerificationEvent extends LedgerEvent {
    /**
     * A code belongs to a certificate, for ever, even after erasure.
     *
     * @param code        canonical code
     * @param certificate whose
     */
    @EventType(name = "verification.code-reserved", version = 1)
    record CodeReserved(VerificationCode code, CertificateId certificate) implements VerificationEvent {}
}

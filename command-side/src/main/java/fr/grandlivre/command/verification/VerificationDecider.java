package fr.grandlivre.command.verification;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.verification.VerificationCommand.ReserveCode;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import java.time.Instant;
import java.util.Optional;

/** Decides what happens to verification codes. Pure. */
final class VerificationDecider {
    private VerificationDecider() {}

    /**
     * @param owner the certificate that has the code; empty while it is free
     * @param now   not used: a code is reserved for ever
     * @return {@code code-taken} when refused
     */
    static Decision decide(Optional<CertificateId> owner, VerificationCommand command, Instant now) {
        return switch (command) {
            case ReserveCode(var code, var certificate) ->
                owner.map(taken -> taken.equals(certificate)
                                ? Accepted.nothing()
                                : (Decision) new Refused(Refusal.CODE_TAKEN))
                        .orElseGet(() -> new Accepted(new CodeReserved(code, certificate)));
        };
    }
}

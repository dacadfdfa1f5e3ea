package fr.grandlivre.command.verification;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.util.UUID;

/** What can be asked of a verification code. */
public sealed interface VerificationCommand extends Command {
    /**
     * Gives a code to a certificate, for ever; giving it again changes nothing.
     *
     * @param code        canonical
     * @param certificate whose
     */
    record ReserveCode(VerificationCode code, CertificateId certificate) implements VerificationCommand {
        @Override
        public UUID stream() {
            return StreamIds.verificationCode(code);
        }
    }
}

package fr.grandlivre.command.certificate;

import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.vocabulary.VerificationCode;

/** What the events of one certificate amount to. Expiry is no event: it is a matter of the day of reading. */
sealed interface CertificateState {
    /** @return the state after the event */
    CertificateState evolve(CertificateEvent event);

    /** No certificate. */
    record Absent() implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return switch (event) {
                case CertificateIssued issued -> new Valid(issued.code(), false);
                case CertificateImported imported -> new Valid(imported.code(), false);
                case CertificateSuspended _, CertificateReinstated _, CertificateRevoked _, CertificateReplaced _ ->
                    throw new AssertionError("a certificate exists before anything else happens to it");
            };
        }
    }

    /**
     * Neither in doubt nor ended.
     *
     * @param reinstated whether it was in doubt once
     */
    record Valid(VerificationCode code, boolean reinstated) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return existing(code, event);
        }
    }

    /** In doubt. */
    record Suspended(VerificationCode code) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return existing(code, event);
        }
    }

    /** Ended, for ever. */
    record Revoked(VerificationCode code) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            if (event instanceof CertificateReplaced) {
                return this;
            }
            throw new AssertionError("nothing happens to a revoked certificate but its replacement");
        }
    }

    private static CertificateState existing(VerificationCode code, CertificateEvent event) {
        return switch (event) {
            case CertificateIssued _, CertificateImported _ -> throw new AssertionError("a certificate begins once");
            case CertificateSuspended _ -> new Suspended(code);
            case CertificateReinstated _ -> new Valid(code, true);
            case CertificateRevoked _ -> new Revoked(code);
            case CertificateReplaced _ -> throw new AssertionError("a certificate is revoked before it is replaced");
        };
    }
}

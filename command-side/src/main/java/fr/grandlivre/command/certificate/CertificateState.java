package fr.grandlivre.command.certificate;

import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.certificate.CertificateStanding;

/** What the events of one certificate amount to. Expiry is no event: it is a matter of the day of reading. */
sealed interface CertificateState {
    /** @return the state after the event */
    CertificateState evolve(CertificateEvent event);

    /**
     * What every certificate has.
     *
     * @param code       verification code
     * @param holder     whose
     * @param visibility what the code reveals
     */
    record Held(VerificationCode code, LearnerId holder, Visibility visibility) {
        private static Held begin(VerificationCode code, LearnerId holder) {
            return new Held(code, holder, CertificateStanding.DEFAULT_VISIBILITY);
        }

        private Held after(VisibilityChosen chosen) {
            return new Held(code, holder, chosen.visibility());
        }
    }

    /** No certificate. */
    record Absent() implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return switch (event) {
                case CertificateIssued issued -> new Valid(Held.begin(issued.code(), issued.learner()), false);
                case CertificateImported imported -> new Valid(Held.begin(imported.code(), imported.learner()), false);
                case CertificateSuspended _,
                        CertificateReinstated _,
                        CertificateRevoked _,
                        CertificateReplaced _,
                        VisibilityChosen _ ->
                    throw new AssertionError("a certificate exists before anything else happens to it");
            };
        }
    }

    /**
     * Neither in doubt nor ended.
     *
     * @param reinstated whether it was in doubt once
     */
    record Valid(Held held, boolean reinstated) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return event instanceof VisibilityChosen chosen
                    ? new Valid(held.after(chosen), reinstated)
                    : existing(held, event);
        }
    }

    /** In doubt. */
    record Suspended(Held held) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            return event instanceof VisibilityChosen chosen ? new Suspended(held.after(chosen)) : existing(held, event);
        }
    }

    /** Ended, for ever. */
    record Revoked(Held held) implements CertificateState {
        @Override
        public CertificateState evolve(CertificateEvent event) {
            if (event instanceof CertificateReplaced) {
                return this;
            }
            throw new AssertionError("nothing happens to a revoked certificate but its replacement");
        }
    }

    private static CertificateState existing(Held held, CertificateEvent event) {
        return switch (event) {
            case CertificateIssued _, CertificateImported _ -> throw new AssertionError("a certificate begins once");
            case CertificateSuspended _ -> new Suspended(held);
            case CertificateReinstated _ -> new Valid(held, true);
            case CertificateRevoked _ -> new Revoked(held);
            case VisibilityChosen _ -> throw new AssertionError("a choice keeps the state");
            case CertificateReplaced _ -> throw new AssertionError("a certificate is revoked before it is replaced");
        };
    }
}

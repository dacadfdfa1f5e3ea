package fr.grandlivre.rules.certificate;

import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of one certificate: a fold of its stream, up to any event. Immutable.
 *
 * @param validUntil last valid day, inclusive
 * @param suspension reason of the suspension; absent when there is none
 * @param revocation reason of the revocation; absent when there is none
 * @param visibility what its code reveals
 */
public record CertificateStanding(
        LocalDate validUntil,
        @Nullable ReasonCode suspension,
        @Nullable ReasonCode revocation,
        Visibility visibility) {
    /** What a code reveals until its holder chooses. */
    public static final Visibility DEFAULT_VISIBILITY = Visibility.STATUS_AND_IDENTITY;

    /** @return the standing of a certificate after its first event; empty when that is no issue and no import */
    public static Optional<CertificateStanding> born(CertificateEvent first) {
        return switch (first) {
            case CertificateIssued issued -> Optional.of(born(issued.validUntil()));
            case CertificateImported imported -> Optional.of(born(imported.validUntil()));
            case CertificateSuspended _,
                    CertificateReinstated _,
                    CertificateRevoked _,
                    CertificateReplaced _,
                    VisibilityChosen _ -> Optional.empty();
        };
    }

    private static CertificateStanding born(LocalDate validUntil) {
        return new CertificateStanding(validUntil, null, null, DEFAULT_VISIBILITY);
    }

    /** @return the standing after the next event of the stream */
    public CertificateStanding after(CertificateEvent event) {
        return switch (event) {
            case CertificateIssued _, CertificateImported _, CertificateReplaced _ -> this;
            case CertificateSuspended suspended ->
                new CertificateStanding(validUntil, suspended.reasonCode(), revocation, visibility);
            case CertificateReinstated _ -> new CertificateStanding(validUntil, null, revocation, visibility);
            case CertificateRevoked revoked ->
                new CertificateStanding(validUntil, suspension, revoked.reasonCode(), visibility);
            case VisibilityChosen chosen ->
                new CertificateStanding(validUntil, suspension, revocation, chosen.visibility());
        };
    }

    /** @return what the certificate is worth on the day, for events folded up to then */
    public CertificateStatus on(LocalDate day) {
        return CertificateStatus.on(day, validUntil, revocation != null, suspension != null);
    }

    /** @return what the certificate is worth at the instant, by its day in Paris */
    public CertificateStatus at(Instant instant) {
        return on(ParisDays.of(instant));
    }
}

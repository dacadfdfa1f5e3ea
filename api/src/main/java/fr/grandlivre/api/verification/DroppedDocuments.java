package fr.grandlivre.api.verification;

import fr.grandlivre.api.certificate.Attestations;
import fr.grandlivre.api.seal.Seal;
import fr.grandlivre.api.seal.SealFinding;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.CertificateStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says of a file whether it is a document of this ledger and what its certificate is worth today. Keeps nothing of it. */
@Component
class DroppedDocuments {
    private final Seal seal;
    private final DocumentQueries documents;
    private final CertificateQueries certificates;
    private final Clock clock;
    private final MeterRegistry meters;

    DroppedDocuments(
            Seal seal, DocumentQueries documents, CertificateQueries certificates, Clock clock, MeterRegistry meters) {
        this.seal = seal;
        this.documents = documents;
        this.certificates = certificates;
        this.clock = clock;
        this.meters = meters;
        // All are there from the start: an alert must not wait for the first of its kind.
        for (SealFinding finding : SealFinding.values()) {
            counter(finding, false);
        }
        counter(SealFinding.INTACT, true);
    }

    private Counter counter(SealFinding sealed, boolean known) {
        return meters.counter(
                "ledger.verification.documents",
                "seal",
                sealed.name().toLowerCase(Locale.ROOT),
                "known",
                Boolean.toString(known));
    }

    /**
     * What is known of a file.
     *
     * @param seal   what its seal shows
     * @param known  whether the ledger knows these very bytes
     * @param status of the certificate today; empty when the file is not known, or nothing may be told of the certificate
     * @param at     when it was looked at
     */
    record Finding(SealFinding seal, boolean known, Optional<CertificateStatus> status, Instant at) {}

    Finding look(byte[] file) {
        Instant now = clock.instant();
        SealFinding sealed = seal.check(file);
        // A file whose seal is not ours cannot be known: its digest was recorded after it was sealed.
        Optional<CertificateStatement> certificate = sealed == SealFinding.INTACT
                ? documents.madeAs(Attestations.sha256(file)).flatMap(certificates::byId)
                : Optional.empty();
        counter(sealed, certificate.isPresent()).increment();
        return new Finding(
                sealed,
                certificate.isPresent(),
                certificate
                        .filter(found ->
                                found.holder() != null && found.standing().visibility() != Visibility.NOBODY)
                        .map(found -> found.standing().on(ParisDays.of(now))),
                now);
    }
}

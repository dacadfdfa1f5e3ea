package fr.grandlivre.query.certificate;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.store.LedgerReader;
import java.util.Optional;
import java.util.UUID;

/** Finds the event by which a certificate began. Thread-safe. */
public final class CertificateOrigins {
    private final LedgerReader ledger;
    private final EventCodec codec;

    public CertificateOrigins(LedgerReader ledger, EventCodec codec) {
        this.ledger = ledger;
        this.codec = codec;
    }

    /**
     * @param position      of the issue or import in the ledger
     * @param eventId       its id
     * @param correlationId first command of the chain that led to it
     */
    public record Origin(long position, UUID eventId, UUID correlationId) {}

    /** @return the event; empty when there is no such certificate */
    public Optional<Origin> of(CertificateId certificate) {
        return ledger.stream(certificate.value(), 0).stream()
                .findFirst()
                .map(first -> new Origin(
                        first.position(),
                        first.eventId(),
                        codec.decodeMetadata(first.metadata()).correlationId()));
    }
}

package fr.grandlivre.events.certificate;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.CertificateId;

/**
 * What happens to the documents of a certificate. Stream: one a certificate, beside its own, so that a document made in the
 * background never comes between a jury and the version it looked at.
 */
public sealed interface DocumentEvent extends LedgerEvent {
    /**
     * A document was made and kept.
     *
     * @param certificateId of which certificate
     * @param kind          what it is
     * @param sha256        of its bytes, 64 hexadecimal digits; its signature makes it unguessable
     * @param template      number of the template, from 1
     */
    @EventType(name = "certificate.document-recorded", version = 1)
    record DocumentRecorded(CertificateId certificateId, Kind kind, String sha256, int template)
            implements DocumentEvent {}

    /** Kinds of documents. */
    enum Kind {
        /** The sealed PDF that the holder shows. */
        ATTESTATION
    }
}

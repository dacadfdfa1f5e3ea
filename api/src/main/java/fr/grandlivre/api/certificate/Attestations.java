package fr.grandlivre.api.certificate;

import fr.grandlivre.api.credential.PortableCredentials;
import fr.grandlivre.api.document.PdfRenderer;
import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.seal.Seal;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.certificate.RecordDocument;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.certificate.CertificateOrigins.Origin;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.certificate.DocumentQueries;
import fr.grandlivre.query.certificate.DocumentQueries.Waiting;
import fr.grandlivre.query.certificate.KeptDocuments;
import fr.grandlivre.rules.framework.Frameworks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The sealed attestations. Each is made once a certificate and template, kept under its holder's key, and then recorded in the
 * ledger: whoever stops in between finds the file and records it. A file that was lost is not made again, because another one
 * would have another seal and the ledger knows the first. Thread-safe.
 */
@Component
public class Attestations {
    /** A checkpoint follows an event within two seconds; a node under load may take longer. */
    private static final Duration SEALED_WITHIN = Duration.ofSeconds(10);

    private final CertificateQueries certificates;
    private final CertificateOrigins origins;
    private final DocumentQueries documents;
    private final KeptDocuments kept;
    private final PortableCredentials credentials;
    private final Proofs proofs;
    private final AttestationPaper paper;
    private final Commands commands;

    Attestations(
            CertificateQueries certificates,
            CertificateOrigins origins,
            DocumentQueries documents,
            KeptDocuments kept,
            PortableCredentials credentials,
            Proofs proofs,
            PdfRenderer renderer,
            Seal seal,
            Frameworks frameworks,
            PublicAddress address,
            Commands commands) {
        this.certificates = certificates;
        this.origins = origins;
        this.documents = documents;
        this.kept = kept;
        this.credentials = credentials;
        this.proofs = proofs;
        this.paper = new AttestationPaper(renderer, seal, frameworks, address.url());
        this.commands = commands;
    }

    /** Whether the holder can have the attestation. */
    public enum State {
        READY,
        /** It will be made. */
        IN_PREPARATION,
        /** The holder's identity was erased, or the file was lost. */
        NONE
    }

    /** @return the attestation; empty when it was not made yet, was lost, or was erased with its holder's identity */
    public Optional<byte[]> find(CertificateId certificate) {
        return kept.find(certificate, AttestationPaper.TEMPLATE);
    }

    /** @return what may be expected */
    public State state(CertificateStatement certificate) {
        if (certificate.holder() == null) {
            return State.NONE;
        }
        if (kept.isKept(certificate.certificate(), AttestationPaper.TEMPLATE)) {
            return State.READY;
        }
        return isRecorded(certificate.certificate()) ? State.NONE : State.IN_PREPARATION;
    }

    /** @return those of them that have an attestation */
    Set<CertificateId> ready(Collection<CertificateId> wanted) {
        return kept.kept(wanted, AttestationPaper.TEMPLATE);
    }

    /** @return one document for printing, a page a certificate, without seal; erased ones are left out */
    byte[] printed(String title, Collection<CertificateId> wanted) {
        return paper.printTogether(
                title,
                wanted.stream()
                        .flatMap(id -> certificates.byId(id).stream())
                        .filter(certificate -> certificate.holder() != null)
                        .toList());
    }

    /**
     * @param after ordinal of the last one seen; -1 at the beginning
     * @return certificates without an attestation, oldest first
     */
    List<Waiting> waiting(long after, int limit) {
        return documents.waiting(Kind.ATTESTATION, AttestationPaper.TEMPLATE, after, limit);
    }

    /**
     * Makes, keeps and records the attestation of a certificate, as far as that was not done. It carries the proof that the
     * certificate stands in the log, so it waits for the seal; when none comes, nothing is made this time.
     */
    void make(CertificateId id) throws InterruptedException {
        if (isRecorded(id)) {
            return;
        }
        CertificateStatement certificate = certificates.byId(id).orElse(null);
        CertificateHolder holder = certificate == null ? null : certificate.holder();
        if (certificate == null || holder == null) {
            return; // Nothing may be printed without the identity.
        }
        Origin origin = origins.of(id).orElseThrow();
        Optional<byte[]> made = find(id);
        if (made.isEmpty()) {
            Optional<String> proof = proofs.fileForHolder(origin.position(), SEALED_WITHIN);
            made = proof.flatMap(file -> print(certificate, holder, file));
        }
        made.ifPresent(file -> record(id, file, origin));
    }

    private Optional<byte[]> print(CertificateStatement certificate, CertificateHolder holder, String proof) {
        return credentials
                .of(certificate, holder)
                .map(credential -> kept.keep(
                        certificate.certificate(),
                        AttestationPaper.TEMPLATE,
                        certificate.learner(),
                        paper.print(certificate, holder, credential, proof)));
    }

    private boolean isRecorded(CertificateId id) {
        return documents.sha256(id, Kind.ATTESTATION, AttestationPaper.TEMPLATE).isPresent();
    }

    private void record(CertificateId id, byte[] file, Origin origin) {
        commands.dispatch(
                new RecordDocument(id, Kind.ATTESTATION, sha256(file), AttestationPaper.TEMPLATE),
                Caller.policy(
                        "record-document/" + AttestationPaper.TEMPLATE, origin.eventId(), origin.correlationId()));
    }

    /** @return 64 hexadecimal digits */
    public static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

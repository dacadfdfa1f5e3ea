package fr.grandlivre.api.certificate;

import fr.grandlivre.api.credential.PortableCredentials;
import fr.grandlivre.api.document.AttachedFile;
import fr.grandlivre.api.document.PdfRenderer;
import fr.grandlivre.api.document.QrPicture;
import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.seal.Seal;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the attestation of a certificate and seals it. Thread-safe. */
final class AttestationPaper {
    /** A template is never edited once documents were made with it: another text is another number. */
    static final int TEMPLATE = 2;

    /** The reference is French, and so is the paper that says so. */
    static final Locale LANGUAGE = Locale.FRANCE;

    private static final String PROOF_TYPE = "text/plain";

    private final PdfRenderer renderer;
    private final Seal seal;
    private final Frameworks frameworks;
    private final URI address;

    /** @param address under which everybody reaches the application, without a slash at the end */
    AttestationPaper(PdfRenderer renderer, Seal seal, Frameworks frameworks, URI address) {
        this.renderer = renderer;
        this.seal = seal;
        this.frameworks = frameworks;
        this.address = address;
    }

    /**
     * @param holder     identity as printed
     * @param credential the portable credential of the same certificate, which goes with the paper
     * @param proof      that the certificate stands in the log, which goes with it too
     * @return the sealed document; dated at the beginning of the day of delivery
     */
    byte[] print(CertificateStatement certificate, CertificateHolder holder, byte[] credential, String proof) {
        Map<String, Object> model = Map.of(
                "language", LANGUAGE.getLanguage(),
                "a", Attestation.of(certificate, holder, frameworks.of(certificate.framework()), LANGUAGE),
                "qr", QrPicture.of(scanned(certificate, holder)),
                "address", address.toString());
        return seal.seal(renderer.render(
                "document/attestation",
                LANGUAGE,
                model,
                delivered(certificate),
                List.of(
                        new AttachedFile(
                                PortableCredentials.FILE_NAME,
                                "Certificat portable (Open Badges 3.0)",
                                PortableCredentials.MEDIA_TYPE,
                                credential),
                        new AttachedFile(
                                Proofs.FILE_NAME,
                                "Preuve d’inscription au registre (C2SP tlog-proof)",
                                PROOF_TYPE,
                                proof.getBytes(StandardCharsets.UTF_8)))));
    }

    /**
     * What one page of several shows.
     *
     * @param a  what it says
     * @param qr what scanners read
     */
    record Sheet(Attestation a, QrPicture qr) {
        @Override
        public String toString() {
            return "Sheet[…]";
        }
    }

    /**
     * @param title        in the title of the document
     * @param certificates with their holders, in the order of the pages; at least one
     * @return a document for printing, without seal; dated at the last delivery
     */
    byte[] printTogether(String title, List<CertificateStatement> certificates) {
        List<Sheet> sheets = new ArrayList<>();
        for (CertificateStatement certificate : certificates) {
            CertificateHolder holder = certificate.holder();
            if (holder != null) {
                sheets.add(new Sheet(
                        Attestation.of(certificate, holder, frameworks.of(certificate.framework()), LANGUAGE),
                        QrPicture.of(scanned(certificate, holder))));
            }
        }
        Map<String, Object> model = Map.of(
                "language", LANGUAGE.getLanguage(), "class", title, "sheets", sheets, "address", address.toString());
        Instant at = certificates.stream()
                .map(AttestationPaper::delivered)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return renderer.render("document/class-attestations", LANGUAGE, model, at, List.of());
    }

    private static Instant delivered(CertificateStatement certificate) {
        return certificate.deliveredDate().atStartOfDay(ParisDays.ZONE).toInstant();
    }

    /** In the fragment, code and key never reach a server's log. */
    private String scanned(CertificateStatement certificate, CertificateHolder holder) {
        String code = address + "/v#" + certificate.code().value();
        return holder.key() == null ? code : code + "." + holder.key();
    }
}

package fr.grandlivre.api.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import fr.grandlivre.api.document.AttachedFile;
import fr.grandlivre.api.document.Paper;
import fr.grandlivre.api.seal.SealFinding;
import fr.grandlivre.api.seal.TestSeal;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.rules.framework.Frameworks;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttestationPaperTest {
    private static final byte[] CREDENTIAL = "{\"id\":\"urn:uuid:essai\"}".getBytes(StandardCharsets.UTF_8);

    private static final String PROOF = "c2sp.org/tlog-proof@v1\nindex 0\n\nessai\n";

    private static TestSeal seal;
    private static byte[] imported;
    private static byte[] issued;

    @BeforeAll
    static void print() throws Exception {
        seal = TestSeal.draw();
        AttestationPaper paper = new AttestationPaper(
                Paper.renderer(), seal.seal(), Frameworks.shipped(), URI.create("https://ledger.example.fr"));
        imported = print(paper, Certificates.imported());
        issued = print(paper, Certificates.issued());
        Path folder = Files.createDirectories(Path.of("target", "documents"));
        Files.write(folder.resolve("attestation-imported.pdf"), imported);
        Files.write(folder.resolve("attestation-issued.pdf"), issued);
    }

    private static byte[] print(AttestationPaper paper, CertificateStatement certificate) {
        return paper.print(certificate, Objects.requireNonNull(certificate.holder()), CREDENTIAL, PROOF);
    }

    @Test
    void a_sealed_attestation_is_archivable_and_accessible() throws Exception {
        Paper.assertArchivableAndAccessible(imported);
        Paper.assertArchivableAndAccessible(issued);
    }

    @Test
    void it_says_the_fields_of_the_brief_in_their_order() throws Exception {
        assertThat(text(imported))
                .containsSubsequence(
                        "Martin Dupuis",
                        "5 octobre 1988, Paris 8",
                        "Lycée Léonard de Vinci",
                        "13 juin 2020",
                        "13 juillet 2020",
                        "Valide jusqu’au 13 juillet 2023 (3 ans)",
                        "P-234567",
                        "1.1 Mener une recherche",
                        "4 sur 5 (indépendant)",
                        "1.2 Gérer des données",
                        "3 sur 5 (indépendant)",
                        "https://ledger.example.fr/verifier")
                .doesNotContain("Total", "Clé");
        assertThat(text(issued)).contains("d’Été-Martin & <fils>", "412 pix sur 640, niveau 3", "H4KQ7X");
    }

    @Test
    void its_code_to_scan_opens_the_verification_with_code_and_key() throws Exception {
        assertThat(scan(issued)).isEqualTo("https://ledger.example.fr/v#P-234567.H4KQ7X");
        assertThat(scan(imported)).isEqualTo("https://ledger.example.fr/v#P-234567");
    }

    @Test
    void the_portable_credential_and_the_proof_of_the_log_go_with_it() throws Exception {
        Map<String, AttachedFile> files = Paper.attached(issued);
        assertThat(files).containsOnlyKeys("certificat.vc.json", "preuve.tlog-proof");
        AttachedFile credential = files.get("certificat.vc.json");
        assertThat(credential.mediaType()).isEqualTo("application/vc+json");
        assertThat(credential.content()).isEqualTo(CREDENTIAL);
        AttachedFile proof = files.get("preuve.tlog-proof");
        assertThat(proof.mediaType()).isEqualTo("text/plain");
        assertThat(proof.content()).asString(StandardCharsets.UTF_8).isEqualTo(PROOF);
    }

    @Test
    void all_sixteen_competences_fit_on_one_page() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(issued)) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
        }
    }

    @Test
    void its_dates_are_those_of_the_certificate() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(issued)) {
            assertThat(pdf.getDocumentInformation().getCreationDate().toInstant())
                    .hasToString("2020-07-12T22:00:00Z");
        }
    }

    @Test
    void its_seal_is_ours_and_intact() {
        assertThat(seal.seal().check(issued)).isEqualTo(SealFinding.INTACT);
    }

    private static String text(byte[] file) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
        }
    }

    private static String scan(byte[] file) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            BufferedImage page = new PDFRenderer(pdf).renderImageWithDPI(pdf.getNumberOfPages() - 1, 150);
            int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
            Result found = new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(
                                    new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels))),
                            Map.of(DecodeHintType.TRY_HARDER, true));
            return found.getText();
        }
    }
}

package fr.grandlivre.api.seal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SealTest {
    private static TestSeal seal;
    private static byte[] plain;
    private static byte[] sealed;

    @BeforeAll
    static void sealADocument() throws Exception {
        seal = TestSeal.draw();
        plain = document();
        sealed = seal.seal().seal(plain);
    }

    private static byte[] document() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            // Readable as text, so that a test can point at a byte.
            pdf.save(out, CompressParameters.NO_COMPRESSION);
        }
        return out.toByteArray();
    }

    private static byte[] flipped(byte[] file, int place) {
        byte[] changed = file.clone();
        changed[place] ^= 1;
        return changed;
    }

    private static int placeOf(String text, byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void the_seal_is_added_to_the_document_and_changes_none_of_its_bytes() {
        assertThat(Arrays.copyOf(sealed, plain.length)).isEqualTo(plain);
        assertThat(seal.seal().check(sealed)).isEqualTo(SealFinding.INTACT);
    }

    @Test
    void others_find_a_valid_baseline_signature() {
        SimpleReport report = report(sealed);
        String signature = report.getFirstSignatureId();
        assertThat(report.getIndication(signature)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.getSignatureFormat(signature)).isEqualTo(SignatureLevel.PAdES_BASELINE_B);
    }

    @Test
    void others_find_a_broken_signature_when_one_byte_is_flipped() {
        SimpleReport report = report(flipped(sealed, placeOf("MediaBox", plain)));
        assertThat(report.getIndication(report.getFirstSignatureId())).isEqualTo(Indication.TOTAL_FAILED);
    }

    private static SimpleReport report(byte[] file) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(new CertificateToken(seal.certificate()));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
        verifier.setTrustedCertSources(trusted);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(file));
        validator.setCertificateVerifier(verifier);
        return validator.validateDocument().getSimpleReport();
    }

    @Test
    void no_flipped_byte_is_taken_for_intact_also_where_no_signature_covers_it() {
        Matcher range = Pattern.compile("/ByteRange *\\[0 (\\d+) (\\d+) ")
                .matcher(new String(sealed, StandardCharsets.ISO_8859_1));
        assertThat(range.find()).isTrue();
        int signature = Integer.parseInt(range.group(1));
        int zeros = placeOf("00000000000000000000000000000000", sealed);
        IntStream elsewhere = IntStream.iterate(8, place -> place < sealed.length, place -> place + 13);
        assertThat(IntStream.concat(IntStream.range(signature, zeros), elsewhere)
                        .parallel()
                        .filter(place -> seal.seal().check(flipped(sealed, place)) == SealFinding.INTACT))
                .as("places of %s", sealed.length)
                .isEmpty();
    }

    @Test
    void the_digits_of_the_signature_are_written_in_one_way_only() {
        byte[] capital = sealed.clone();
        int digit = placeOf("/Contents", sealed);
        while (capital[digit] < 'a' || capital[digit] > 'f' || capital[digit - 1] == '/') {
            digit++;
        }
        capital[digit] = (byte) Character.toUpperCase(capital[digit]);
        assertThat(seal.seal().check(capital)).isEqualTo(SealFinding.ALTERED);
    }

    @Test
    void a_changed_page_is_found() {
        assertThat(seal.seal().check(flipped(sealed, placeOf("MediaBox", plain))))
                .isEqualTo(SealFinding.ALTERED);
    }

    @Test
    void nothing_may_be_added_after_the_seal() {
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
        longer[sealed.length] = '\n';
        assertThat(seal.seal().check(longer)).isEqualTo(SealFinding.ALTERED);
        assertThat(seal.seal().check(seal.seal().seal(sealed))).isEqualTo(SealFinding.ALTERED);
    }

    @Test
    void a_file_that_was_cut_short_is_found() {
        assertThat(seal.seal().check(Arrays.copyOf(sealed, sealed.length - 100)))
                .isNotEqualTo(SealFinding.INTACT);
        assertThat(seal.seal().check(Arrays.copyOf(sealed, 20))).isEqualTo(SealFinding.DAMAGED);
    }

    @Test
    void the_seal_of_somebody_else_is_not_ours() throws Exception {
        assertThat(seal.seal().check(TestSeal.draw().seal().seal(plain))).isEqualTo(SealFinding.FOREIGN);
    }

    @Test
    void a_retired_key_still_counts_as_ours() throws Exception {
        TestSeal next = TestSeal.draw();
        Seal later = new Seal(next.key(), List.of(seal.certificate().getPublicKey()), Clock.systemUTC());
        assertThat(later.check(sealed)).isEqualTo(SealFinding.INTACT);
    }

    @Test
    void a_document_without_seal_and_a_file_that_is_none_are_told_apart() throws Exception {
        assertThat(seal.seal().check(plain)).isEqualTo(SealFinding.UNSIGNED);
        assertThat(seal.seal().check("bonjour".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(SealFinding.NOT_PDF);
        assertThat(seal.seal().check(new byte[0])).isEqualTo(SealFinding.NOT_PDF);
        assertThat(seal.seal().check(MessageDigest.getInstance("SHA-256").digest(plain)))
                .isEqualTo(SealFinding.NOT_PDF);
    }
}

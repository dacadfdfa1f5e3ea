package fr.grandlivre.command.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.vocabulary.CertificateId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentsDeciderTest {
    private static final CertificateId CERTIFICATE =
            new CertificateId(UUID.fromString("018f0000-0000-4000-8000-0000000000c1"));
    private static final String FIRST = "0".repeat(64);
    private static final String OTHER = "1".repeat(64);

    private static RecordDocument made(String sha256, int template) {
        return new RecordDocument(CERTIFICATE, Kind.ATTESTATION, sha256, template);
    }

    private static DocumentsState after(DocumentRecorded recorded) {
        return DocumentsState.none().evolve(recorded);
    }

    @Test
    void a_document_that_was_made_is_recorded() {
        assertThat(DocumentsDecider.decide(DocumentsState.none(), made(FIRST, 1)))
                .isEqualTo(new Accepted(new DocumentRecorded(CERTIFICATE, Kind.ATTESTATION, FIRST, 1)));
    }

    @Test
    void the_first_document_of_a_template_stands() {
        DocumentsState state = after(new DocumentRecorded(CERTIFICATE, Kind.ATTESTATION, FIRST, 1));
        assertThat(DocumentsDecider.decide(state, made(FIRST, 1))).isEqualTo(Accepted.nothing());
        assertThat(DocumentsDecider.decide(state, made(OTHER, 1))).isEqualTo(Accepted.nothing());
    }

    @Test
    void another_template_gives_another_document() {
        DocumentsState state = after(new DocumentRecorded(CERTIFICATE, Kind.ATTESTATION, FIRST, 1));
        assertThat(DocumentsDecider.decide(state, made(OTHER, 2)))
                .isEqualTo(new Accepted(new DocumentRecorded(CERTIFICATE, Kind.ATTESTATION, OTHER, 2)));
    }

    @Test
    void a_digest_is_64_hexadecimal_digits_in_lower_case() {
        assertThatThrownBy(() -> made("A".repeat(64), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> made("0", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> made(FIRST, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

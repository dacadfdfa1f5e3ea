package fr.grandlivre.command.certificate;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Notes a document that was made and kept. The first of a kind and template stands: another one under the same template
 * changes nothing.
 *
 * @param certificateId of which certificate
 * @param kind          what it is
 * @param sha256        of its bytes, 64 hexadecimal digits
 * @param template      number of the template, from 1
 */
public record RecordDocument(CertificateId certificateId, Kind kind, String sha256, int template) implements Command {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException when the digest has another shape, or the template is below 1 */
    public RecordDocument {
        if (!SHA256.matcher(sha256).matches() || template < 1) {
            throw new IllegalArgumentException("no digest or no template");
        }
    }

    @Override
    public UUID stream() {
        return StreamIds.documents(certificateId);
    }
}

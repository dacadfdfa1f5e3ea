package fr.grandlivre.query.certificate;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import fr.grandlivre.rules.certificate.StatusPlace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/** Keeps which documents were made, and the bits of the published status lists. */
public final class DocumentProjection implements Projection {
    private static final String INSERT = """
        INSERT INTO ${schema}.certificate (certificate_id, ordinal, position)
        VALUES (?, coalesce((SELECT max(ordinal) + 1 FROM ${schema}.certificate), 0), ?)
        ON CONFLICT (certificate_id) DO NOTHING\
        """;

    private static final String LIST = """
        INSERT INTO ${schema}.status_list (list, seed)
        SELECT max(ordinal) / %d + 1, ? FROM ${schema}.certificate ON CONFLICT (list) DO NOTHING\
        """.formatted(StatusPlace.LIST_SIZE);

    private static final String SUSPENDED =
            "UPDATE ${schema}.certificate SET suspended = ?, position = ? WHERE certificate_id = ?";

    private static final String REVOKED =
            "UPDATE ${schema}.certificate SET revoked = true, position = ? WHERE certificate_id = ?";

    private static final String DOCUMENT = """
        INSERT INTO ${schema}.document (certificate_id, kind, template, sha256) VALUES (?, ?, ?, ?)
        ON CONFLICT (certificate_id, kind, template) DO NOTHING\
        """;

    @Override
    public String name() {
        return DocumentQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                CertificateIssued.class,
                CertificateImported.class,
                CertificateSuspended.class,
                CertificateReinstated.class,
                CertificateRevoked.class,
                DocumentRecorded.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        page.forEach(recorded -> write(recorded, writes));
        writes.into(view);
    }

    private static void write(Recorded recorded, Writes writes) {
        long position = recorded.position();
        switch (recorded.event()) {
            case CertificateIssued issued -> begin(recorded, issued.certificateId(), issued.learner(), writes);
            case CertificateImported imported -> begin(recorded, imported.certificateId(), imported.learner(), writes);
            case CertificateSuspended(var id, var _, var _) -> writes.add(SUSPENDED, true, position, id.value());
            case CertificateReinstated(var id, var _, var _) -> writes.add(SUSPENDED, false, position, id.value());
            case CertificateRevoked(var id, var _, var _) -> writes.add(REVOKED, position, id.value());
            case DocumentRecorded(var id, var kind, var sha256, var template) ->
                writes.add(DOCUMENT, id.value(), kind.name(), template, sha256);
            default -> throw new AssertionError("not one of the events it reads");
        }
    }

    private static void begin(Recorded first, CertificateId certificate, LearnerId learner, Writes writes) {
        writes.add(INSERT, certificate.value(), first.position());
        writes.add(LIST, (Object) seed(certificate, learner));
    }

    /** From ids that stand in the ledger for ever; those of learners are random and nobody outside sees them. */
    private static byte[] seed(CertificateId certificate, LearnerId learner) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("status-list\n" + certificate.value() + "\n" + learner.value())
                            .getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

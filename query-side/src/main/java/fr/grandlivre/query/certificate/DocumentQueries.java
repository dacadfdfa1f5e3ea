package fr.grandlivre.query.certificate;

import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.rules.certificate.StatusPlace;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads which documents were made, and the bits of the published status lists. Thread-safe. */
public final class DocumentQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "document";

    private final JdbcTemplate jdbc;

    public DocumentQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What a published status list tells. */
    public enum Purpose {
        REVOCATION("revoked"),
        SUSPENSION("suspended");

        private final String column;

        Purpose(String column) {
            this.column = column;
        }
    }

    /**
     * @param sha256 of a file, 64 hexadecimal digits
     * @return the certificate that the ledger made this file of; empty when it made no such file
     */
    public Optional<CertificateId> madeAs(String sha256) {
        return jdbc
                .query(
                        "SELECT certificate_id FROM document.document WHERE sha256 = ?",
                        (row, _) -> new CertificateId(row.getObject(1, UUID.class)),
                        sha256)
                .stream()
                .findFirst();
    }

    /** @return digest of the document of that kind and template; empty when none was made yet */
    public Optional<String> sha256(CertificateId certificate, Kind kind, int template) {
        return jdbc
                .queryForList(
                        "SELECT sha256 FROM document.document WHERE certificate_id = ? AND kind = ? AND template = ?",
                        String.class,
                        certificate.value(),
                        kind.name(),
                        template)
                .stream()
                .findFirst();
    }

    /**
     * @param after ordinal of the last certificate seen; -1 at the beginning
     * @return certificates without a document of that kind and template, oldest first
     */
    public List<Waiting> waiting(Kind kind, int template, long after, int limit) {
        return jdbc.query(
                """
                SELECT c.certificate_id, c.ordinal FROM document.certificate c
                WHERE c.ordinal > ? AND NOT EXISTS (SELECT FROM document.document d
                  WHERE d.certificate_id = c.certificate_id AND d.kind = ? AND d.template = ?)
                ORDER BY c.ordinal LIMIT ?\
                """,
                (row, _) -> new Waiting(new CertificateId(row.getObject(1, UUID.class)), row.getLong(2)),
                after,
                kind.name(),
                template,
                limit);
    }

    /**
     * @param certificate without a document
     * @param ordinal     its number in the order of the ledger, from 0
     */
    public record Waiting(CertificateId certificate, long ordinal) {}

    /** @return the certificate's place in the lists of each purpose; empty when the view does not know it yet */
    public Optional<StatusPlace> place(CertificateId certificate) {
        return jdbc
                .query(
                        """
                        SELECT c.ordinal, l.seed FROM document.certificate c
                        JOIN document.status_list l ON l.list = c.ordinal / %d + 1 WHERE c.certificate_id = ?\
                        """.formatted(StatusPlace.LIST_SIZE),
                        (row, _) -> StatusPlace.of(row.getLong(1), row.getBytes(2)),
                        certificate.value())
                .stream()
                .findFirst();
    }

    /**
     * @param list number of the list, from 1
     * @return its set bits; empty when there is no such list. The first list always is
     */
    public Optional<BitSet> bits(Purpose purpose, int list) {
        Optional<byte[]> seed = jdbc
                .query("SELECT seed FROM document.status_list WHERE list = ?", (row, _) -> row.getBytes(1), list)
                .stream()
                .findFirst();
        if (seed.isEmpty()) {
            return list == 1 ? Optional.of(new BitSet()) : Optional.empty();
        }
        BitSet bits = new BitSet(StatusPlace.LIST_SIZE);
        long first = (list - 1L) * StatusPlace.LIST_SIZE;
        jdbc.query(
                "SELECT ordinal FROM document.certificate WHERE " + purpose.column
                        + " AND ordinal >= ? AND ordinal < ?",
                row -> {
                    bits.set(StatusPlace.of(row.getLong(1), seed.get()).index());
                },
                first,
                first + StatusPlace.LIST_SIZE);
        return Optional.of(bits);
    }
}

package fr.grandlivre.query.certificate;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.FieldContext;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.SealedField;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The files made of certificates, each under its holder's key of the class {@code certificate}: whoever deletes the key
 * erases the file, in every backup too. No view, and never rebuilt: a file is made once. Thread-safe.
 */
public final class KeptDocuments {
    private static final String TYPE = "certificate.document-recorded";

    private final JdbcTemplate jdbc;
    private final PersonalVault vault;

    /** Creates its table where it is missing. */
    public KeptDocuments(JdbcTemplate jdbc, PersonalVault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
        jdbc.execute("CREATE SCHEMA IF NOT EXISTS kept");
        jdbc.execute("""
            CREATE TABLE IF NOT EXISTS kept.document (
              certificate_id uuid NOT NULL, template integer NOT NULL, kid uuid NOT NULL, iv bytea NOT NULL,
              sealed bytea NOT NULL, PRIMARY KEY (certificate_id, template))\
            """);
    }

    /** @return the file; empty when there is none, or its holder's key was erased */
    public Optional<byte[]> find(CertificateId certificate, int template) {
        return jdbc
                .query(
                        "SELECT kid, iv, sealed FROM kept.document WHERE certificate_id = ? AND template = ?",
                        (row, _) -> new SealedField(row.getObject(1, UUID.class), row.getBytes(2), row.getBytes(3)),
                        certificate.value(),
                        template)
                .stream()
                .findFirst()
                .flatMap(field -> vault.open(context(certificate, template), field))
                .map(PersonalVault.Opened::plaintext);
    }

    /** @return whether there is a file, be its holder's key there or not */
    public boolean isKept(CertificateId certificate, int template) {
        return !kept(List.of(certificate), template).isEmpty();
    }

    /**
     * @param certificates of which files are wanted
     * @return those of them that have one
     */
    public Set<CertificateId> kept(Collection<CertificateId> certificates, int template) {
        Set<CertificateId> found = new HashSet<>();
        jdbc.query(
                "SELECT certificate_id FROM kept.document WHERE certificate_id = ANY (?) AND template = ?",
                statement -> {
                    statement.setArray(
                            1,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "uuid",
                                            certificates.stream()
                                                    .map(CertificateId::value)
                                                    .toArray()));
                    statement.setInt(2, template);
                },
                row -> {
                    found.add(new CertificateId(row.getObject(1, UUID.class)));
                });
        return found;
    }

    /**
     * Keeps a file for ever, unless there is one already.
     *
     * @param holder whose key seals it
     * @return the file that is kept: this one, or the one that was there first
     */
    public byte[] keep(CertificateId certificate, int template, LearnerId holder, byte[] file) {
        SealedField field = vault.seal(context(certificate, template), holder.value(), file);
        jdbc.update("""
            INSERT INTO kept.document (certificate_id, template, kid, iv, sealed) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (certificate_id, template) DO NOTHING\
            """, certificate.value(), template, field.kid(), field.iv(), field.ciphertext());
        return find(certificate, template).orElse(file);
    }

    /**
     * Deletes the files that some keys sealed.
     *
     * @return how many there were
     */
    public int erase(Collection<UUID> keyIds) {
        return jdbc.update(
                "DELETE FROM kept.document WHERE kid = ANY (?)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", keyIds.toArray())));
    }

    private static FieldContext context(CertificateId certificate, int template) {
        return new FieldContext(certificate.value(), TYPE, template, DataClass.CERTIFICATE);
    }
}

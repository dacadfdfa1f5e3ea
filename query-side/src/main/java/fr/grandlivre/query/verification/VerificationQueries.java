package fr.grandlivre.query.verification;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.LevelsText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks certificates up. Thread-safe. */
public final class VerificationQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "verification";

    private static final String COLUMNS = """
        SELECT certificate_id, learner, visibility, code, first_name, last_name, birth_date, key_mac, framework,
               max_reachable_level, levels, pix, pix_max, overall_level, centre_name, exam_date, delivered_date,
               valid_until, suspended, revoked, reason, since, replaced_by, position
        FROM verification.certificate\
        """;

    /**
     * A code that answers nothing gives no row, as one that nobody holds: reading a row takes a time that can be measured from
     * outside.
     */
    private static final String ANSWERING =
            COLUMNS + " WHERE code = ? AND visibility <> 'NOBODY' AND first_name IS NOT NULL AND last_name IS NOT NULL";

    private final JdbcTemplate jdbc;

    public VerificationQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param today civil day, Europe/Paris
     * @return what the code answers; empty for a code that nobody holds, and for one that answers nothing
     */
    public Optional<Verification> byCode(VerificationCode code, LocalDate today) {
        return answering(code).map(certificate -> certificate.on(today));
    }

    /** @return the certificate that has the code; empty for a code that nobody holds, and for one that answers nothing */
    public Optional<VerifiableCertificate> answering(VerificationCode code) {
        return jdbc.query(ANSWERING, VerificationQueries::certificate, code.value()).stream()
                .findFirst();
    }

    /**
     * @param position only what changed after it
     * @param limit    most codes
     * @return codes whose certificate changed, by position of the change
     */
    public List<ChangedCode> changedAfter(long position, int limit) {
        return jdbc.query(
                "SELECT code, position FROM verification.certificate WHERE position > ? ORDER BY position LIMIT ?",
                (row, _) -> new ChangedCode(new VerificationCode(row.getString(1)), row.getLong(2)),
                position,
                limit);
    }

    /** @return position of the last change in the view; 0 when it is empty */
    public long lastChange() {
        Long last = jdbc.queryForObject("SELECT max(position) FROM verification.certificate", Long.class);
        return last == null ? 0 : last;
    }

    /** @param position ledger position of the change */
    public record ChangedCode(VerificationCode code, long position) {}

    /** @return the certificate that has the code; empty for a code that nobody holds */
    public Optional<CertificateId> idOf(VerificationCode code) {
        return jdbc
                .query(
                        "SELECT certificate_id FROM verification.certificate WHERE code = ?",
                        (row, _) -> new CertificateId(row.getObject(1, UUID.class)),
                        code.value())
                .stream()
                .findFirst();
    }

    /** @return a certificate by its id; empty when there is none */
    public Optional<HeldCertificate> byId(CertificateId certificate, LocalDate today) {
        return held(COLUMNS + " WHERE certificate_id = ?", certificate.value(), today).stream()
                .findFirst();
    }

    /**
     * @param accounts of one person
     * @return the person's certificates, the latest delivered first
     */
    public List<HeldCertificate> ofLearner(Collection<LearnerId> accounts, LocalDate today) {
        return held(
                COLUMNS + " WHERE learner = ANY (?) ORDER BY delivered_date DESC, code",
                accounts.stream().map(LearnerId::value).toArray(UUID[]::new),
                today);
    }

    private List<HeldCertificate> held(String query, Object id, LocalDate today) {
        return jdbc.query(query, VerificationQueries::certificate, id).stream()
                .map(found -> new HeldCertificate(found.certificate(), found.on(today), found.visibility()))
                .toList();
    }

    // By place: a look-up reads one row of many columns, and finding each by name costs as much as reading it.
    private static VerifiableCertificate certificate(ResultSet row, int number) throws SQLException {
        return new VerifiableCertificate(
                new CertificateId(row.getObject(1, UUID.class)),
                new LearnerId(row.getObject(2, UUID.class)),
                Visibility.valueOf(row.getString(3)),
                new VerificationCode(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getObject(7, LocalDate.class),
                row.getString(8),
                new FrameworkVersion(row.getString(9)),
                row.getInt(10),
                LevelsText.read(row.getString(11)),
                pix(row, 12),
                pix(row, 13),
                row.getObject(14) == null ? null : new Level(row.getInt(14)),
                row.getString(15),
                row.getObject(16, LocalDate.class),
                row.getObject(17, LocalDate.class),
                row.getObject(18, LocalDate.class),
                row.getBoolean(19),
                row.getBoolean(20),
                row.getString(21) == null ? null : ReasonCode.valueOf(row.getString(21)),
                row.getObject(22, LocalDate.class),
                row.getString(23) == null ? null : new VerificationCode(row.getString(23)),
                row.getLong(24));
    }

    private static @Nullable Pix pix(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? null : new Pix(row.getInt(column));
    }
}

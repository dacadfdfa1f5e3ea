package fr.grandlivre.query.verification;

import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.rules.certificate.CertificateStatus;
import fr.grandlivre.rules.verification.PersonName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
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
        SELECT code, certificate_id, first_name, last_name, framework, max_reachable_level, exam_date, delivered_date,
               valid_until, centre_name, levels, pix, pix_max, overall_level, suspended, revoked, position
        FROM verification.certificate\
        """;

    private final JdbcTemplate jdbc;

    public VerificationQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param today civil day, Europe/Paris
     * @return what the code answers; empty for a code that nobody holds
     */
    public Optional<Verification> byCode(VerificationCode code, LocalDate today) {
        return jdbc.query(COLUMNS + " WHERE code = ?", (row, _) -> verification(row, today), code.value()).stream()
                .findFirst();
    }

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
        return jdbc
                .query(COLUMNS + " WHERE certificate_id = ?", (row, _) -> held(row, today), certificate.value())
                .stream()
                .findFirst();
    }

    /** @return the learner's certificates, the latest delivered first */
    public List<HeldCertificate> ofLearner(LearnerId learner, LocalDate today) {
        return jdbc.query(
                COLUMNS + " WHERE learner = ? ORDER BY delivered_date DESC, code",
                (row, _) -> held(row, today),
                learner.value());
    }

    private static HeldCertificate held(ResultSet row, LocalDate today) throws SQLException {
        return new HeldCertificate(
                new CertificateId(row.getObject("certificate_id", UUID.class)), verification(row, today));
    }

    private static Verification verification(ResultSet row, LocalDate today) throws SQLException {
        LocalDate validUntil = row.getObject("valid_until", LocalDate.class);
        return new Verification(
                new VerificationCode(row.getString("code")),
                CertificateStatus.on(today, validUntil, row.getBoolean("revoked"), row.getBoolean("suspended")),
                initials(row.getString("first_name"), row.getString("last_name")),
                new FrameworkVersion(row.getString("framework")),
                row.getInt("max_reachable_level"),
                LevelsText.read(row.getString("levels")),
                pix(row, "pix"),
                pix(row, "pix_max"),
                row.getObject("overall_level") == null ? null : new Level(row.getInt("overall_level")),
                row.getString("centre_name"),
                row.getObject("exam_date", LocalDate.class),
                row.getObject("delivered_date", LocalDate.class),
                validUntil,
                row.getLong("position"));
    }

    private static @Nullable Pix pix(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : new Pix(row.getInt(column));
    }

    private static @Nullable String initials(@Nullable String firstName, @Nullable String lastName) {
        return firstName == null || lastName == null ? null : PersonName.initials(firstName, lastName);
    }
}

package fr.grandlivre.query.privacy;

import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells people who read their data. Thread-safe. */
public final class AccessQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "privacy";

    private static final String PAGE = """
        SELECT position, at, role, surface, fields_class, purpose, certificate_id, readings
        FROM privacy.access WHERE person = ANY (?) AND position < ? ORDER BY position DESC LIMIT ?\
        """;

    private final JdbcTemplate jdbc;

    public AccessQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param accounts of one person
     * @param before only positions below it; {@link Long#MAX_VALUE} for the newest
     * @param limit  most rows
     * @return readings of the person's data, the newest first
     */
    public List<Access> of(Collection<LearnerId> accounts, long before, int limit) {
        return jdbc.query(
                PAGE,
                AccessQueries::access,
                accounts.stream().map(LearnerId::value).toArray(UUID[]::new),
                before,
                limit);
    }

    private static Access access(ResultSet row, int number) throws SQLException {
        UUID certificate = row.getObject(7, UUID.class);
        return new Access(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.HOURS),
                Role.valueOf(row.getString(3)),
                Surface.valueOf(row.getString(4)),
                FieldsClass.valueOf(row.getString(5)),
                row.getString(6),
                certificate == null ? null : new CertificateId(certificate),
                row.getInt(8));
    }
}

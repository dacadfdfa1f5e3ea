package fr.grandlivre.query.privacy;

import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who read what of whom, for auditors: pseudonyms only. Thread-safe. */
public final class AccessLog {
    private static final String LINE = """
        SELECT position, at, person, role, surface, fields_class, reader, purpose IS NOT NULL AS declared, certificate_id,
               readings
        FROM privacy.access WHERE (position, person) < (?, ?)\
        """;

    private final JdbcTemplate jdbc;

    public AccessLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is looked for; empty conditions let everything through.
     *
     * @param reader who read
     * @param person whose data
     * @param from   not before
     * @param until  before
     */
    public record Filter(
            Optional<AccountId> reader, Optional<LearnerId> person, Optional<Instant> from, Optional<Instant> until) {}

    /**
     * Where a page begins: lines stand in falling order of position, and of person within one.
     *
     * @param position of the last line seen
     * @param person   of that line
     */
    public record Place(long position, UUID person) {
        /** Before every line. */
        public static final Place BEGINNING = new Place(Long.MAX_VALUE, new UUID(-1, -1));
    }

    /**
     * One reading of one person.
     *
     * @param reader      pseudonym; absent for somebody without an account, and when it lapsed
     * @param declared    whether a purpose was declared; it is told once the person is unmasked
     * @param certificate that was looked up; absent for other readings
     * @param readings    how many, at least 1
     */
    public record Line(
            long position,
            Instant at,
            LearnerId person,
            Role role,
            Surface surface,
            FieldsClass fieldsClass,
            @Nullable AccountId reader,
            boolean declared,
            @Nullable CertificateId certificate,
            int readings) {}

    /** @return the lines after a place, the newest first */
    public List<Line> lines(Filter filter, Place after, int limit) {
        StringBuilder sql = new StringBuilder(LINE);
        List<Object> values = new ArrayList<>(List.of(after.position(), after.person()));
        filter.reader().ifPresent(reader -> {
            sql.append(" AND reader = ?");
            values.add(reader.value());
        });
        filter.person().ifPresent(person -> {
            sql.append(" AND person = ?");
            values.add(person.value());
        });
        filter.from().ifPresent(from -> {
            sql.append(" AND at >= ?");
            values.add(from.atOffset(ZoneOffset.UTC));
        });
        filter.until().ifPresent(until -> {
            sql.append(" AND at < ?");
            values.add(until.atOffset(ZoneOffset.UTC));
        });
        values.add(limit);
        return jdbc.query(
                sql.append(" ORDER BY position DESC, person DESC LIMIT ?").toString(),
                AccessLog::line,
                values.toArray());
    }

    /**
     * An auditor's leave to see who somebody is.
     *
     * @param until   its end
     * @param purpose as declared
     */
    public record Unmasking(Instant until, String purpose) {}

    /** @return the auditor's leave as long as it holds */
    public Optional<Unmasking> unmasking(LearnerId person, AccountId auditor, Instant now) {
        return jdbc
                .query(
                        "SELECT until, purpose FROM privacy.unmasking WHERE person = ? AND reader = ? AND until > ?"
                                + " ORDER BY position DESC LIMIT 1",
                        (row, _) -> new Unmasking(
                                row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2)),
                        person.value(),
                        auditor.value(),
                        now.atOffset(ZoneOffset.UTC))
                .stream()
                .findFirst();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        UUID reader = row.getObject("reader", UUID.class);
        UUID certificate = row.getObject("certificate_id", UUID.class);
        return new Line(
                row.getLong("position"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new LearnerId(row.getObject("person", UUID.class)),
                Role.valueOf(row.getString("role")),
                Surface.valueOf(row.getString("surface")),
                FieldsClass.valueOf(row.getString("fields_class")),
                reader == null ? null : new AccountId(reader),
                row.getBoolean("declared"),
                certificate == null ? null : new CertificateId(certificate),
                row.getInt("readings"));
    }
}

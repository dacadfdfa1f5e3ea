package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the receipts of files about classes, within the establishment that had them made. Thread-safe. */
public final class ExportQueries {
    private static final String RECEIPT = """
        SELECT export_id, uai, school_year, division, profile, rows, skipped, read_to, rule, sha256, recorded_at, position
        FROM schoolreport.export WHERE uai = ? AND school_year IS NOT NULL AND division IS NOT NULL\
        """;

    private final JdbcTemplate jdbc;
    private final Tenants tenants;
    private final SchoolReportQueries schools;

    public ExportQueries(JdbcTemplate jdbc, Tenants tenants, SchoolReportQueries schools) {
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.schools = schools;
    }

    private <T> List<T> within(Uai uai, Supplier<List<T>> queries) {
        return schools.school(uai)
                .map(school -> tenants.within(school, queries))
                .orElse(List.of());
    }

    /** @return the latest receipt of a class; empty when no file was made of it */
    public Optional<ExportReceipt> latest(Uai uai, SchoolYear year, Division division, String profile) {
        return within(
                        uai,
                        () -> jdbc.query(
                                RECEIPT + " AND school_year = ? AND division = ? AND profile = ?"
                                        + " ORDER BY position DESC LIMIT 1",
                                (row, _) -> receipt(row),
                                uai.value(),
                                year.value(),
                                division.value(),
                                profile))
                .stream()
                .findFirst();
    }

    /** @return the latest receipt of every class of a year of which a file was made */
    public Map<Division, ExportReceipt> latest(Uai uai, SchoolYear year, String profile) {
        return within(
                        uai,
                        () -> jdbc.query(
                                RECEIPT + " AND school_year = ? AND profile = ? ORDER BY position",
                                (row, _) -> receipt(row),
                                uai.value(),
                                year.value(),
                                profile))
                .stream()
                .collect(Collectors.toMap(ExportReceipt::division, Function.identity(), (_, later) -> later));
    }

    /** @return one receipt of an establishment; empty when it has none of that id */
    public Optional<ExportReceipt> find(Uai uai, UUID exportId) {
        return within(
                        uai,
                        () -> jdbc.query(
                                RECEIPT + " AND export_id = ?", (row, _) -> receipt(row), uai.value(), exportId))
                .stream()
                .findFirst();
    }

    /** @return who stood in the class when the file was recorded */
    public Set<LearnerId> pupils(ExportReceipt receipt) {
        return within(
                        receipt.uai(),
                        () -> jdbc.query(
                                "SELECT learner FROM schoolreport.export_pupil WHERE export_id = ?",
                                (row, _) -> new LearnerId(row.getObject(1, UUID.class)),
                                receipt.exportId()))
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ExportReceipt receipt(ResultSet row) throws SQLException {
        return new ExportReceipt(
                row.getObject("export_id", UUID.class),
                new Uai(row.getString("uai")),
                new SchoolYear(row.getString("school_year")),
                new Division(row.getString("division")),
                row.getString("profile"),
                row.getInt("rows"),
                SkippedText.read(row.getString("skipped")),
                row.getLong("read_to"),
                new RulesVersion(row.getString("rule")),
                row.getString("sha256"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getLong("position"));
    }
}

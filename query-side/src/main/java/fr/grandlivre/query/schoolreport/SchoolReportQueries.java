package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Certificate;
import fr.grandlivre.rules.schoolreport.MentionRule.Certification;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads classes and their school-report lines. Thread-safe. */
public final class SchoolReportQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "schoolreport";

    private static final String PUPIL = """
        SELECT p.learner, p.division, p.first_name, p.last_name, p.birth_date
        FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
        WHERE s.uai = ? AND p.school_year = ? AND p.left_on IS NULL\
        """;

    private final JdbcTemplate jdbc;

    public SchoolReportQueries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the name of an establishment; empty when nobody registered it */
    public Optional<String> schoolName(Uai uai) {
        return jdbc
                .queryForList("SELECT name FROM schoolreport.school WHERE uai = ?", String.class, uai.value())
                .stream()
                .findFirst();
    }

    /** @return the name of an establishment; empty when it never joined */
    public Optional<String> schoolName(SchoolId school) {
        return jdbc
                .queryForList("SELECT name FROM schoolreport.school WHERE school = ?", String.class, school.value())
                .stream()
                .findFirst();
    }

    /** @return a learner's level of schooling in an establishment; empty when not on its roster of that year */
    public Optional<String> year(SchoolId school, SchoolYear year, LearnerId learner) {
        return jdbc.queryForList("""
            SELECT year FROM schoolreport.pupil
            WHERE school = ? AND school_year = ? AND learner = ? AND left_on IS NULL\
            """, String.class, school.value(), year.value(), learner.value()).stream()
                .findFirst();
    }

    /** @return the id of an establishment; empty when nobody registered it */
    public Optional<SchoolId> school(Uai uai) {
        return jdbc
                .query(
                        "SELECT school FROM schoolreport.school WHERE uai = ?",
                        (row, _) -> new SchoolId(row.getObject(1, UUID.class)),
                        uai.value())
                .stream()
                .findFirst();
    }

    /** @return the levels of schooling of the pupils of a class, most pupils first; empty for a class without pupils */
    public List<String> years(Uai uai, SchoolYear year, Division division) {
        return jdbc.queryForList("""
            SELECT p.year FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
            WHERE s.uai = ? AND p.school_year = ? AND p.division = ? AND p.left_on IS NULL
            GROUP BY p.year ORDER BY count(*) DESC, p.year\
            """, String.class, uai.value(), year.value(), division.value());
    }

    /** @return the pupils of a year who are on the roster of an establishment, by id */
    public Map<LearnerId, RosterPupil> pupils(Uai uai, SchoolYear year) {
        Map<LearnerId, RosterPupil> pupils = new LinkedHashMap<>();
        jdbc.query(
                PUPIL + " ORDER BY p.last_name, p.first_name, p.learner",
                row -> {
                    RosterPupil pupil = pupil(row);
                    pupils.put(pupil.learner(), pupil);
                },
                uai.value(),
                year.value());
        return pupils;
    }

    /** @return the classes of an establishment in a year with their number of pupils, by name */
    public Map<Division, Integer> divisions(Uai uai, SchoolYear year) {
        Map<Division, Integer> divisions = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT p.division, count(*) AS pupils FROM schoolreport.pupil p
                JOIN schoolreport.school s ON s.school = p.school
                WHERE s.uai = ? AND p.school_year = ? AND p.left_on IS NULL GROUP BY p.division ORDER BY p.division\
                """,
                row -> {
                    divisions.put(new Division(row.getString("division")), row.getInt("pupils"));
                },
                uai.value(),
                year.value());
        return divisions;
    }

    /** @return the pupils of a class, by last name, first name, id */
    public List<RosterPupil> pupils(Uai uai, SchoolYear year, Division division) {
        return jdbc.query(
                PUPIL + " AND p.division = ? ORDER BY p.last_name, p.first_name, p.learner",
                (row, _) -> pupil(row),
                uai.value(),
                year.value(),
                division.value());
    }

    /** @return a learner's place on the roster of a year; empty when the learner has none there */
    public Optional<RosterPupil> pupil(Uai uai, SchoolYear year, LearnerId learner) {
        return jdbc
                .query(PUPIL + " AND p.learner = ?", (row, _) -> pupil(row), uai.value(), year.value(), learner.value())
                .stream()
                .findFirst();
    }

    private static RosterPupil pupil(ResultSet row) throws SQLException {
        return new RosterPupil(
                new LearnerId(row.getObject("learner", UUID.class)),
                new Division(row.getString("division")),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getObject("birth_date", LocalDate.class));
    }

    /** @return the pupil on the roster of a year who has a national pupil number; empty when nobody has */
    public Optional<LearnerId> holderOf(SchoolId school, SchoolYear year, String ine) {
        return jdbc
                .query("""
                    SELECT learner FROM schoolreport.pupil
                    WHERE school = ? AND school_year = ? AND ine = ? AND left_on IS NULL\
                    """, (row, _) -> new LearnerId(row.getObject(1, UUID.class)), school.value(), year.value(), ine)
                .stream()
                .findFirst();
    }

    /** @return the same by the number of the establishment */
    public Optional<LearnerId> holderOf(Uai uai, SchoolYear year, String ine) {
        return jdbc
                .query("""
                    SELECT p.learner FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
                    WHERE s.uai = ? AND p.school_year = ? AND p.ine = ? AND p.left_on IS NULL\
                    """, (row, _) -> new LearnerId(row.getObject(1, UUID.class)), uai.value(), year.value(), ine)
                .stream()
                .findFirst();
    }

    /** @return the establishments in whose rosters of that year a learner stands now */
    public List<Uai> schoolsOf(LearnerId learner, SchoolYear year) {
        return jdbc.query("""
            SELECT s.uai FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
            WHERE p.learner = ? AND p.school_year = ? AND p.left_on IS NULL ORDER BY s.uai\
            """, (row, _) -> new Uai(row.getString(1)), learner.value(), year.value());
    }

    /**
     * @param rule decides the mentions
     * @return the class; empty when the establishment is unknown. A class nobody is in has no lines
     */
    public Optional<ClassReport> ofClass(Uai uai, SchoolYear year, Division division, MentionRule rule) {
        return schoolName(uai).map(name -> {
            long position = new ViewSchema(VIEW, jdbc).position();
            Map<UUID, Pupil> pupils = new LinkedHashMap<>();
            // Pupils and all their results at once: a class page is one statement, however large the class.
            jdbc.query(
                    """
                    SELECT p.learner, p.first_name, p.last_name, p.birth_date, p.ine, r.id, r.exam_date, r.started_at,
                           r.outcome, r.published, r.certificate_id, r.code, r.pix, r.suspended, r.revoked, r.reason,
                           r.position
                    FROM schoolreport.pupil p
                    JOIN schoolreport.school s ON s.school = p.school
                    LEFT JOIN schoolreport.result r ON r.learner = p.learner
                    WHERE s.uai = ? AND p.school_year = ? AND p.division = ? AND p.left_on IS NULL
                    ORDER BY p.last_name, p.first_name, p.learner, r.started_at\
                    """,
                    row -> {
                        Pupil pupil = pupils.computeIfAbsent(row.getObject("learner", UUID.class), _ -> new Pupil(row));
                        if (row.getObject("id") != null) {
                            pupil.results.add(result(row));
                        }
                    },
                    uai.value(),
                    year.value(),
                    division.value());
            return new ClassReport(
                    uai,
                    name,
                    year,
                    division,
                    rule,
                    position,
                    pupils.values().stream()
                            .map(pupil -> pupil.line(year, rule))
                            .toList());
        });
    }

    private static Result result(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        Certification certification = new Certification(
                row.getObject("id", UUID.class),
                row.getObject("exam_date", LocalDate.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("published"),
                outcome == null ? null : ExamOutcome.valueOf(outcome),
                certificate(row));
        String code = row.getString("code");
        return new Result(
                certification,
                code == null ? null : new VerificationCode(code),
                row.getObject("pix", Integer.class),
                row.getLong("position"));
    }

    private static Certificate certificate(ResultSet row) throws SQLException {
        if (row.getObject("certificate_id") == null) {
            return Certificate.NONE;
        }
        if (row.getBoolean("revoked")) {
            return ReasonCode.FRAUD.name().equals(row.getString("reason"))
                    ? Certificate.REVOKED_FOR_FRAUD
                    : Certificate.REVOKED;
        }
        return row.getBoolean("suspended") ? Certificate.SUSPENDED : Certificate.HELD;
    }

    private record Result(
            Certification certification,
            @Nullable VerificationCode code,
            @Nullable Integer pix,
            long position) {}

    /** One pupil while the rows are read. */
    private static final class Pupil {
        private final LearnerId learner;
        private final @Nullable String firstName;
        private final @Nullable String lastName;
        private final @Nullable LocalDate birthDate;
        private final @Nullable String ine;
        private final List<Result> results = new ArrayList<>();

        Pupil(ResultSet row) {
            try {
                learner = new LearnerId(row.getObject("learner", UUID.class));
                firstName = row.getString("first_name");
                lastName = row.getString("last_name");
                birthDate = row.getObject("birth_date", LocalDate.class);
                ine = row.getString("ine");
            } catch (SQLException unreadable) {
                throw new IllegalStateException("a pupil's row cannot be read", unreadable);
            }
        }

        Line line(SchoolYear year, MentionRule rule) {
            List<Certification> certifications =
                    results.stream().map(Result::certification).toList();
            Optional<Result> shown = rule.shown(year, certifications)
                    .flatMap(certification -> results.stream()
                            .filter(result -> result.certification().equals(certification))
                            .findFirst());
            @Nullable
            ReportStatus status =
                    shown.map(result -> rule.status(result.certification())).orElse(null);
            boolean validated = status == ReportStatus.VALIDATED;
            return new Line(
                    learner,
                    firstName,
                    lastName,
                    birthDate,
                    ine,
                    rule.mention(year, certifications),
                    status,
                    shown.filter(_ -> validated).map(Result::code).orElse(null),
                    shown.filter(_ -> validated).map(Result::pix).orElse(null),
                    shown.map(result -> result.certification().examDate()).orElse(null),
                    shown.map(result -> List.of(result.position())).orElse(List.of()));
        }
    }
}

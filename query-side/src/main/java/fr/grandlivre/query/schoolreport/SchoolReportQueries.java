package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.schoolreport.ClassReport.Filed;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.school.KnownPupil;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Certificate;
import fr.grandlivre.rules.schoolreport.MentionRule.Certification;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads classes and their school-report lines: what an establishment asks for within that establishment alone, what a
 * learner asks for within the own enrolments. Thread-safe.
 */
public final class SchoolReportQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "schoolreport";

    private static final String PUPIL = """
        SELECT p.learner, p.division, p.first_name, p.last_name, p.birth_date
        FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
        WHERE s.uai = ? AND p.school_year = ? AND p.left_on IS NULL\
        """;

    private final JdbcTemplate jdbc;
    private final Tenants tenants;

    public SchoolReportQueries(JdbcTemplate jdbc, Tenants tenants) {
        this.jdbc = jdbc;
        this.tenants = tenants;
    }

    private <T> T within(Uai uai, T unknown, Supplier<T> queries) {
        return school(uai).map(school -> tenants.within(school, queries)).orElse(unknown);
    }

    /** @return every event up to this ledger position is in what is read here */
    public long position() {
        return new ViewSchema(VIEW, jdbc).position();
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
        return tenants
                .within(
                        school,
                        () -> jdbc.queryForList("""
                            SELECT year FROM schoolreport.pupil
                            WHERE school = ? AND school_year = ? AND learner = ? AND left_on IS NULL\
                            """, String.class, school.value(), year.value(), learner.value()))
                .stream()
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
        return within(
                uai,
                List.of(),
                () -> jdbc.queryForList("""
                    SELECT p.year FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
                    WHERE s.uai = ? AND p.school_year = ? AND p.division = ? AND p.left_on IS NULL
                    GROUP BY p.year ORDER BY count(*) DESC, p.year\
                    """, String.class, uai.value(), year.value(), division.value()));
    }

    /** @return the pupils of a year who are on the roster of an establishment, by id */
    public Map<LearnerId, RosterPupil> pupils(Uai uai, SchoolYear year) {
        Map<LearnerId, RosterPupil> pupils = new LinkedHashMap<>();
        List<RosterPupil> rows = within(
                uai,
                List.of(),
                () -> jdbc.query(
                        PUPIL + " ORDER BY p.last_name, p.first_name, p.learner",
                        (row, _) -> pupil(row),
                        uai.value(),
                        year.value()));
        rows.forEach(pupil -> pupils.put(pupil.learner(), pupil));
        return pupils;
    }

    /** @return the classes of an establishment in a year with their number of pupils, by name */
    public Map<Division, Integer> divisions(Uai uai, SchoolYear year) {
        return within(uai, Map.of(), () -> {
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
        });
    }

    /** @return the pupils of a class, by last name, first name, id */
    public List<RosterPupil> pupils(Uai uai, SchoolYear year, Division division) {
        return within(
                uai,
                List.of(),
                () -> jdbc.query(
                        PUPIL + " AND p.division = ? ORDER BY p.last_name, p.first_name, p.learner",
                        (row, _) -> pupil(row),
                        uai.value(),
                        year.value(),
                        division.value()));
    }

    /** @return a learner's place on the roster of a year; empty when the learner has none there */
    public Optional<RosterPupil> pupil(Uai uai, SchoolYear year, LearnerId learner) {
        List<RosterPupil> found = within(
                uai,
                List.of(),
                () -> jdbc.query(
                        PUPIL + " AND p.learner = ?",
                        (row, _) -> pupil(row),
                        uai.value(),
                        year.value(),
                        learner.value()));
        return found.stream().findFirst();
    }

    private static RosterPupil pupil(ResultSet row) throws SQLException {
        return new RosterPupil(
                new LearnerId(row.getObject("learner", UUID.class)),
                new Division(row.getString("division")),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getObject("birth_date", LocalDate.class));
    }

    /**
     * @return everybody who ever stood on a roster of the establishment, each once: as on the roster of that year, or else as
     *         on the latest one
     */
    public List<KnownPupil> known(SchoolId school, SchoolYear year) {
        return tenants.within(
                school, () -> jdbc.query("""
                    SELECT DISTINCT ON (learner) learner, division, year, first_name, middle_name, third_name, last_name,
                           birth_date, ine, school_year = ? AND left_on IS NULL AS enrolled
                    FROM schoolreport.pupil WHERE school = ?
                    ORDER BY learner, school_year = ? DESC, school_year DESC\
                    """, (row, _) -> known(row), year.value(), school.value(), year.value()));
    }

    /** @return the pupils of a year's roster, or those of one class, by last name, first name, id */
    public List<KnownPupil> roster(SchoolId school, SchoolYear year, @Nullable Division division) {
        String only = division == null ? null : division.value();
        return tenants.within(
                school, () -> jdbc.query("""
                    SELECT learner, division, year, first_name, middle_name, third_name, last_name, birth_date, ine,
                           true AS enrolled
                    FROM schoolreport.pupil
                    WHERE school = ? AND school_year = ? AND (?::text IS NULL OR division = ?) AND left_on IS NULL
                    ORDER BY last_name, first_name, learner\
                    """, (row, _) -> known(row), school.value(), year.value(), only, only));
    }

    /** @return a pupil who stands on the roster of a year; empty when the learner does not */
    public Optional<KnownPupil> onRoster(SchoolId school, SchoolYear year, LearnerId learner) {
        return tenants
                .within(
                        school,
                        () -> jdbc.query("""
                            SELECT learner, division, year, first_name, middle_name, third_name, last_name, birth_date,
                                   ine, true AS enrolled
                            FROM schoolreport.pupil
                            WHERE school = ? AND school_year = ? AND learner = ? AND left_on IS NULL\
                            """, (row, _) -> known(row), school.value(), year.value(), learner.value()))
                .stream()
                .findFirst();
    }

    private static KnownPupil known(ResultSet row) throws SQLException {
        String firstName = row.getString("first_name");
        String lastName = row.getString("last_name");
        LocalDate birthDate = row.getObject("birth_date", LocalDate.class);
        return new KnownPupil(
                new LearnerId(row.getObject("learner", UUID.class)),
                firstName == null || lastName == null || birthDate == null
                        ? null
                        : new PupilIdentity(
                                firstName,
                                row.getString("middle_name"),
                                row.getString("third_name"),
                                lastName,
                                birthDate,
                                row.getString("ine")),
                new Division(row.getString("division")),
                row.getString("year"),
                row.getBoolean("enrolled"));
    }

    /** @return the pupil on the roster of a year who has a national pupil number; empty when nobody has */
    public Optional<LearnerId> holderOf(SchoolId school, SchoolYear year, String ine) {
        return tenants
                .within(
                        school,
                        () -> jdbc.query(
                                """
                                SELECT learner FROM schoolreport.pupil
                                WHERE school = ? AND school_year = ? AND ine = ? AND left_on IS NULL\
                                """,
                                (row, _) -> new LearnerId(row.getObject(1, UUID.class)),
                                school.value(),
                                year.value(),
                                ine))
                .stream()
                .findFirst();
    }

    /** @return the same by the number of the establishment */
    public Optional<LearnerId> holderOf(Uai uai, SchoolYear year, String ine) {
        return school(uai).flatMap(school -> holderOf(school, year, ine));
    }

    /** @return the establishments in whose rosters of that year a learner stands now */
    public List<Uai> schoolsOf(LearnerId learner, SchoolYear year) {
        return tenants.within(
                learner, () -> jdbc.query("""
                    SELECT s.uai FROM schoolreport.pupil p JOIN schoolreport.school s ON s.school = p.school
                    WHERE p.learner = ? AND p.school_year = ? AND p.left_on IS NULL ORDER BY s.uai\
                    """, (row, _) -> new Uai(row.getString(1)), learner.value(), year.value()));
    }

    /** One roster of an establishment. */
    public record RosterName(SchoolId school, SchoolYear year) {}

    /** @return every roster on which a learner ever stood */
    public List<RosterName> rostersOf(LearnerId learner) {
        return tenants.within(
                learner,
                () -> jdbc.query(
                        "SELECT school, school_year FROM schoolreport.pupil WHERE learner = ? ORDER BY school_year,"
                                + " school",
                        (row, _) -> new RosterName(
                                new SchoolId(row.getObject(1, UUID.class)), new SchoolYear(row.getString(2))),
                        learner.value()));
    }

    /**
     * @param rule decides the mentions
     * @return the class; empty when the establishment is unknown. A class nobody is in has no lines
     */
    public Optional<ClassReport> ofClass(Uai uai, SchoolYear year, Division division, MentionRule rule) {
        return report(uai, year, division, rule);
    }

    /**
     * @param rule decides the mentions
     * @return all classes of a year together; empty when the establishment is unknown
     */
    public Optional<ClassReport> ofSchool(Uai uai, SchoolYear year, MentionRule rule) {
        return report(uai, year, null, rule);
    }

    private Optional<ClassReport> report(Uai uai, SchoolYear year, @Nullable Division division, MentionRule rule) {
        return school(uai)
                .map(school -> tenants.within(school, () -> {
                    long position = new ViewSchema(VIEW, jdbc).position();
                    Map<UUID, Pupil> pupils = new LinkedHashMap<>();
                    // Pupils and all their results at once: a class page is one statement, however large the class.
                    jdbc.query(
                            """
                            SELECT p.learner, p.division, p.year, p.first_name, p.middle_name, p.third_name, p.last_name,
                                   p.birth_date, p.ine, p.changed AS pupil_changed, r.id, r.exam_date, r.started_at,
                                   r.started_position, r.outcome, r.published, r.published_at, r.certificate_id, r.code, r.pix,
                                   r.levels, r.tested, r.suspended, r.revoked, r.reason, r.position, r.changed,
                                   r.comment, t.number, coalesce(r.centre_name, e.name) AS centre_name,
                                   coalesce(r.birth_place, d.birth_place) AS birth_place
                            FROM schoolreport.pupil p
                            JOIN schoolreport.school s ON s.school = p.school
                            LEFT JOIN schoolreport.result r ON r.learner = p.learner
                            LEFT JOIN schoolreport.sitting t ON t.session = r.session
                            LEFT JOIN schoolreport.centre e ON e.centre = t.centre
                            LEFT JOIN schoolreport.candidate d ON d.candidate = r.candidate
                            WHERE s.uai = ? AND p.school_year = ? AND (?::text IS NULL OR p.division = ?) AND p.left_on IS NULL
                            ORDER BY p.last_name, p.first_name, p.learner, r.started_at\
                            """,
                            row -> {
                                Pupil pupil = pupils.computeIfAbsent(
                                        row.getObject("learner", UUID.class), _ -> new Pupil(row));
                                if (row.getObject("id") != null) {
                                    pupil.results.add(result(row));
                                }
                            },
                            uai.value(),
                            year.value(),
                            division == null ? null : division.value(),
                            division == null ? null : division.value());
                    return new ClassReport(
                            uai,
                            schoolName(school).orElseThrow(),
                            year,
                            division,
                            rule,
                            position,
                            pupils.values().stream()
                                    .map(pupil -> pupil.line(year, rule))
                                    .toList());
                }));
    }

    /**
     * A mention as school reports show it.
     *
     * @param position of the last event that changed a result of the learner
     */
    public record ServedMention(
            LearnerId learner, SchoolYear year, MentionRule.Mention mention, RulesVersion rule, long position) {}

    /**
     * @param upToPosition learners of whom something is known after it are left out
     * @return mentions of everybody in every school year with an exam, as the view has them
     */
    public List<ServedMention> servedMentions(long upToPosition) {
        Map<LearnerId, List<Certification>> results = new LinkedHashMap<>();
        Map<LearnerId, Long> positions = new LinkedHashMap<>();
        jdbc.query("""
            SELECT learner, id, exam_date, started_at, outcome, published, certificate_id, suspended, revoked, reason,
                   position
            FROM schoolreport.result ORDER BY learner, started_at\
            """, row -> {
            LearnerId learner = new LearnerId(row.getObject("learner", UUID.class));
            results.computeIfAbsent(learner, _ -> new ArrayList<>()).add(certification(row));
            positions.merge(learner, row.getLong("position"), Math::max);
        });
        List<ServedMention> mentions = new ArrayList<>();
        results.forEach((learner, certifications) -> {
            long position = positions.getOrDefault(learner, 0L);
            if (position <= upToPosition) {
                certifications.stream()
                        .map(certification -> SchoolYear.of(certification.examDate()))
                        .distinct()
                        .forEach(year -> {
                            MentionRule rule = MentionRule.inForceOn(year.firstDay());
                            mentions.add(new ServedMention(
                                    learner, year, rule.mention(year, certifications), rule.version(), position));
                        });
            }
        });
        return mentions;
    }

    private static Result result(ResultSet row) throws SQLException {
        String code = row.getString("code");
        OffsetDateTime publishedAt = row.getObject("published_at", OffsetDateTime.class);
        return new Result(
                certification(row),
                code == null ? null : new VerificationCode(code),
                row.getObject("pix", Integer.class),
                row.getLong("position"),
                row.getLong("started_position"),
                row.getLong("changed"),
                levels(row.getString("tested")),
                levels(row.getString("levels")),
                row.getString("birth_place"),
                row.getObject("number", Integer.class),
                row.getString("centre_name"),
                row.getString("comment"),
                publishedAt == null ? null : publishedAt.toInstant());
    }

    private static SortedMap<CompetenceCode, Level> levels(@Nullable String text) {
        return LevelsText.read(text == null ? "" : text);
    }

    private static Certification certification(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Certification(
                row.getObject("id", UUID.class),
                row.getObject("exam_date", LocalDate.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("published"),
                outcome == null ? null : ExamOutcome.valueOf(outcome),
                certificate(row));
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
            long position,
            long startedPosition,
            long changed,
            SortedMap<CompetenceCode, Level> tested,
            SortedMap<CompetenceCode, Level> certified,
            @Nullable String birthPlace,
            @Nullable Integer session,
            @Nullable String centre,
            @Nullable String comment,
            @Nullable Instant publishedAt) {
        Filed filed(ReportStatus status) {
            boolean validated = status == ReportStatus.VALIDATED;
            return new Filed(
                    startedPosition,
                    status,
                    validated ? code : null,
                    validated && pix != null ? pix : 0,
                    validated ? tested : Collections.emptySortedMap(),
                    validated ? certified : Collections.emptySortedMap(),
                    birthPlace,
                    session,
                    centre,
                    comment,
                    certification.startedAt(),
                    certification.examDate(),
                    publishedAt);
        }
    }

    /** One pupil while the rows are read. */
    private static final class Pupil {
        private final LearnerId learner;
        private final Division division;
        private final String year;
        private final @Nullable String firstName;
        private final @Nullable String middleName;
        private final @Nullable String thirdName;
        private final @Nullable String lastName;
        private final @Nullable LocalDate birthDate;
        private final @Nullable String ine;
        private final long changed;
        private final List<Result> results = new ArrayList<>();

        Pupil(ResultSet row) {
            try {
                learner = new LearnerId(row.getObject("learner", UUID.class));
                division = new Division(row.getString("division"));
                year = row.getString("year");
                firstName = row.getString("first_name");
                middleName = row.getString("middle_name");
                thirdName = row.getString("third_name");
                lastName = row.getString("last_name");
                birthDate = row.getObject("birth_date", LocalDate.class);
                ine = row.getString("ine");
                changed = row.getLong("pupil_changed");
            } catch (SQLException unreadable) {
                throw new IllegalStateException("a pupil's row cannot be read", unreadable);
            }
        }

        Line line(SchoolYear schoolYear, MentionRule rule) {
            List<Certification> certifications =
                    results.stream().map(Result::certification).toList();
            Optional<Result> shown = rule.shown(schoolYear, certifications).flatMap(this::result);
            Optional<Result> filed = rule.filed(schoolYear, certifications).flatMap(this::result);
            @Nullable
            ReportStatus status =
                    shown.map(result -> rule.status(result.certification())).orElse(null);
            boolean validated = status == ReportStatus.VALIDATED;
            return new Line(
                    learner,
                    division,
                    year,
                    firstName,
                    middleName,
                    thirdName,
                    lastName,
                    birthDate,
                    ine,
                    results.stream().mapToLong(Result::changed).reduce(changed, Math::max),
                    rule.mention(schoolYear, certifications),
                    status,
                    shown.filter(_ -> validated).map(Result::code).orElse(null),
                    shown.filter(_ -> validated).map(Result::pix).orElse(null),
                    shown.map(result -> result.certification().examDate()).orElse(null),
                    shown.map(result -> List.of(result.position())).orElse(List.of()),
                    filed.map(result -> result.filed(rule.status(result.certification())))
                            .orElse(null));
        }

        private Optional<Result> result(Certification certification) {
            return results.stream()
                    .filter(result -> result.certification().equals(certification))
                    .findFirst();
        }
    }
}

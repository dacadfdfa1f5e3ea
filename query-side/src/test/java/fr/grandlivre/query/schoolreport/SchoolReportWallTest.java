package fr.grandlivre.query.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.query.BoundLogin;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.rules.schoolreport.MentionRule;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The view under a login like the application's: one that row-level security binds. */
class SchoolReportWallTest {
    private static final LearnerId ADA = Facts.learner(1);
    private static final SchoolId ELSEWHERE = new SchoolId(new UUID(1, 99));
    private static final UUID EXPORT = new UUID(30, 1);
    private static final MentionRule RULE = MentionRule.inForceOn(Facts.EXAM_DAY);
    private static final List<String> WALLED = List.of("pupil", "export", "export_pupil");

    private final SchoolReportProjection projection = new SchoolReportProjection();
    private TestViews views;
    private BoundLogin login;
    private Tenants tenants;
    private SchoolReportQueries queries;

    @BeforeEach
    void aSchoolWithOnePupilAndAReceipt() throws SQLException {
        views = new TestViews();
        login = new BoundLogin(views);
        login.create(projection);
        tenants = login.tenants();
        queries = new SchoolReportQueries(login.jdbc(), tenants);
        views.append(Facts.SCHOOL.value(), Facts.school());
        views.append(new UUID(20, 1), Facts.enrolled(ADA, "Ada", "Martin"));
        views.append(
                new UUID(21, 1),
                new ExportProduced(
                        EXPORT,
                        "csv-class-1",
                        Facts.UAI,
                        Facts.YEAR,
                        Facts.CLASS_3A,
                        1,
                        List.of(),
                        2,
                        RULE.version(),
                        "ab".repeat(32)));
        login.catchUp(projection, 1_000);
    }

    @AfterEach
    void close() {
        login.close();
        views.close();
    }

    private int count(String table) {
        return login.count("schoolreport." + table);
    }

    @Test
    void a_query_that_forgot_its_school_sees_nobody_and_one_of_another_school_neither() {
        for (String table : WALLED) {
            assertThat(count(table)).as(table).isZero();
            assertThat(tenants.within(ELSEWHERE, () -> count(table))).as(table).isZero();
            assertThat(tenants.within(Facts.SCHOOL, () -> count(table)))
                    .as(table)
                    .isEqualTo(1);
        }
        assertThatThrownBy(() -> login.jdbc()
                        .update(
                                "INSERT INTO schoolreport.pupil (school, school_year, learner, division, year, changed)"
                                        + " VALUES (?, '2021-2022', ?, '3A', '3e', 1)",
                                Facts.SCHOOL.value(),
                                Facts.learner(2).value()))
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void the_queries_name_the_school_that_they_read_for() {
        assertThat(queries.pupils(Facts.UAI, Facts.YEAR)).containsOnlyKeys(ADA);
        assertThat(queries.divisions(Facts.UAI, Facts.YEAR)).containsOnlyKeys(Facts.CLASS_3A);
        assertThat(queries.onRoster(Facts.SCHOOL, Facts.YEAR, ADA)).isPresent();
        assertThat(queries.onRoster(ELSEWHERE, Facts.YEAR, ADA)).isEmpty();
        assertThat(queries.ofSchool(Facts.UAI, Facts.YEAR, RULE).orElseThrow().lines())
                .hasSize(1);
        ExportQueries exports = new ExportQueries(login.jdbc(), tenants, queries);
        assertThat(exports.pupils(exports.find(Facts.UAI, EXPORT).orElseThrow()))
                .containsExactly(ADA);
        assertThat(queries.schoolsOf(ADA, Facts.YEAR))
                .as("a learner sees the own enrolments")
                .containsExactly(Facts.UAI);
        assertThat(queries.schoolsOf(Facts.learner(2), Facts.YEAR)).isEmpty();
    }

    @Test
    void a_rebuilt_view_has_its_wall_and_a_table_without_one_is_found() {
        Rebuild rebuild = login.rebuild();
        assertThat(rebuild.compare(projection, _ -> {}).equal()).isTrue();
        rebuild.replace(projection, _ -> {});
        for (String table : WALLED) {
            assertThat(count(table)).as(table).isZero();
            assertThat(tenants.within(Facts.SCHOOL, () -> count(table)))
                    .as(table)
                    .isEqualTo(1);
        }
        assertThat(open()).isEmpty();
        login.jdbc().execute("ALTER TABLE schoolreport.pupil NO FORCE ROW LEVEL SECURITY");
        assertThat(open()).containsExactly("pupil");
    }

    /** @return tables whose rows belong to an establishment and that anybody may read */
    private List<String> open() {
        return login.jdbc().queryForList("""
            SELECT DISTINCT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('school', 'uai', 'export_id') AND NOT a.attisdropped
            WHERE n.nspname = 'schoolreport' AND c.relkind = 'r' AND c.relname <> 'school'
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)\
            """, String.class);
    }
}

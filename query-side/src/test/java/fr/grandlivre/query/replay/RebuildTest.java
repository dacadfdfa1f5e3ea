package fr.grandlivre.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RandomHistories;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.profile.ProfileProjection;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.query.schoolreport.SchoolReportProjection;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuilt view equals the live one byte for byte; a row that was edited does not hide. */
class RebuildTest {
    private static final long SEED = 20_220_516;

    private final Frameworks frameworks = Frameworks.shipped();
    private final List<Long> positions = new ArrayList<>();
    private TestViews views;
    private RandomHistories histories;
    private ProfileProjection profile;
    private ProfileQueries queries;

    @BeforeEach
    void aLedgerWithRandomHistories() {
        views = new TestViews();
        profile = new ProfileProjection(frameworks, views.reader(), views.codec());
        queries = new ProfileQueries(views.jdbc(), views.reader(), views.codec(), frameworks);
        views.create(profile);
        histories = new RandomHistories(views, frameworks, SEED);
        for (int i = 0; i < 400; i++) {
            positions.add(histories.somethingHappens());
        }
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void a_rebuilt_profile_equals_the_live_one_whatever_the_pages_were() {
        // Small pages, and a projection that forgets between them: every fold must be picked up from the ledger.
        for (int page = 1; page <= 3; page++) {
            views.catchUp(new ProfileProjection(frameworks, views.reader(), views.codec()), 7 * page);
        }
        List<Rebuild.Progress> told = new ArrayList<>();
        Rebuild.Comparison comparison = views.rebuild().compare(profile, told::add);
        assertThat(comparison.equal()).as("seed %d", SEED).isTrue();
        assertThat(comparison.position()).isEqualTo(views.reader().head());
        assertThat(told.getLast().percent()).isEqualTo(100);
    }

    @Test
    void an_edited_row_is_found() {
        views.catchUp(profile, 100);
        views.jdbc()
                .update("UPDATE profile.competence SET pix = pix + 1 WHERE ctid = (SELECT min(ctid) FROM"
                        + " profile.competence)");
        Rebuild.Comparison found = views.rebuild().compare(profile, _ -> {});
        assertThat(found.equal()).isFalse();
        assertThat(found.rowsDifferent()).isEqualTo(1);
        assertThat(found.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.table()).isEqualTo("competence");
            assertThat(difference.field()).isEqualTo("pix");
            assertThat(difference.key()).containsOnlyKeys("learner", "competence");
            assertThat(Integer.parseInt(difference.live())).isEqualTo(Integer.parseInt(difference.rebuilt()) + 1);
            assertThat(difference.position()).isPositive();
        });
    }

    @Test
    void a_row_that_was_deleted_and_one_that_was_added_are_told_apart() {
        views.catchUp(profile, 100);
        views.jdbc().update("DELETE FROM profile.competence WHERE ctid = (SELECT min(ctid) FROM profile.competence)");
        views.jdbc()
                .update("INSERT INTO profile.competence SELECT gen_random_uuid(), competence, stream, framework, level,"
                        + " pix, answers, last_answer_at, position FROM profile.competence LIMIT 1");
        Rebuild.Comparison found = views.rebuild().compare(profile, _ -> {});
        assertThat(found.rowsDifferent()).isEqualTo(2);
        assertThat(found.differences())
                .allSatisfy(difference -> assertThat(difference.field()).isEqualTo("*"))
                .satisfiesOnlyOnce(lost -> assertThat(lost.live()).isNull())
                .satisfiesOnlyOnce(added -> assertThat(added.rebuilt()).isNull());
    }

    @Test
    void values_of_personal_columns_are_not_told() {
        var report = new SchoolReportProjection();
        views.create(report);
        views.append(Facts.SCHOOL.value(), Facts.school());
        views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, Facts.learner(1)),
                Facts.enrolled(Facts.learner(1), "Zoé", "Martin"));
        views.catchUp(report, 100);
        views.jdbc().update("UPDATE schoolreport.pupil SET first_name = 'Zazie', division = '3B'");
        Rebuild.Comparison found = views.rebuild().compare(report, _ -> {});
        assertThat(found.differences()).extracting(RowDifference::field).containsExactly("division", "first_name");
        assertThat(found.toString()).contains("3B").doesNotContain("Zazie").doesNotContain("Zoé");
    }

    @Test
    void what_an_exchange_replaced_can_come_back_and_go() {
        views.catchUp(profile, 100);
        views.jdbc().update("UPDATE profile.competence SET pix = 0, level = 0");
        String edited = views.rebuild().compare(profile, _ -> {}).live();
        views.rebuild().replace(profile, _ -> {});
        assertThat(views.rebuild().kept(profile))
                .contains(new Rebuild.Kept(views.reader().head(), true));
        assertThat(views.rebuild().rollBack(profile, _ -> {}))
                .contains(views.reader().head());
        assertThat(views.rebuild().compare(profile, _ -> {}).live()).isEqualTo(edited);
        histories.somethingHappens();
        views.catchUp(profile, 100);
        views.rebuild().rollBack(profile, _ -> {});
        assertThat(views.rebuild().compare(profile, _ -> {}).equal())
                .as("the rebuilt rows, brought up to the live view's position")
                .isTrue();
        views.rebuild().confirm(profile);
        assertThat(views.rebuild().kept(profile)).isEmpty();
        assertThat(views.rebuild().rollBack(profile, _ -> {})).isEmpty();
    }

    @Test
    void a_view_that_another_release_made_is_built_again_at_the_start_and_going_back_costs_nothing() {
        views.catchUp(profile, 100);
        // As the release before had it: another column, and nothing that says which release made it.
        views.jdbc().execute("ALTER TABLE profile.competence DROP COLUMN framework");
        views.jdbc().execute("COMMENT ON SCHEMA profile IS NULL");
        List<Rebuild.Progress> told = new ArrayList<>();
        assertThat(views.rebuild().upToDate(profile, told::add)).isTrue();
        assertThat(told.getLast().percent()).isEqualTo(100);
        assertThat(views.rebuild().compare(profile, _ -> {}).equal()).isTrue();
        assertThat(views.rebuild().upToDate(profile, told::add)).isFalse();
        assertThat(views.rebuild().kept(profile))
                .map(Rebuild.Kept::ofThisRelease)
                .contains(false);
        assertThat(views.rebuild().rollBack(profile, _ -> {}))
                .as("rows of another release are not served")
                .isEmpty();

        Projection next = ofNextRelease(profile);
        assertThat(views.rebuild().upToDate(next, _ -> {})).isTrue();
        histories.somethingHappens();
        told.clear();
        assertThat(views.rebuild().upToDate(profile, told::add)).isTrue();
        assertThat(told).as("only what happened meanwhile is folded").hasSize(1);
        assertThat(views.rebuild().compare(profile, _ -> {}).equal()).isTrue();
    }

    @Test
    void a_view_that_is_missing_is_made_with_everything_the_ledger_holds() {
        views.jdbc().execute("DROP SCHEMA profile CASCADE");
        assertThat(views.rebuild().upToDate(profile, _ -> {})).isTrue();
        assertThat(queries.current(histories.learners().getFirst(), views.now()).competences())
                .isEqualTo(queries.asOf(
                                histories.learners().getFirst(), views.reader().head(), views.now())
                        .competences());
    }

    @Test
    void a_replaced_view_serves_the_rebuilt_rows_and_goes_on_from_there() {
        views.catchUp(profile, 100);
        views.jdbc().update("UPDATE profile.competence SET pix = 0, level = 0");
        views.rebuild().replace(profile, _ -> {});
        histories.somethingHappens();
        views.catchUp(profile, 100);
        assertThat(views.rebuild().compare(profile, _ -> {}).equal()).isTrue();
    }

    @Test
    void the_profile_as_of_every_position_equals_a_rebuild_that_stops_there() {
        for (int i = 0; i < positions.size(); i += 23) {
            long position = positions.get(i);
            views.jdbc().execute("DROP SCHEMA profile CASCADE");
            views.create(profile);
            views.catchUpTo(profile, position);
            for (LearnerId learner : histories.learners()) {
                ProfileView now = queries.current(learner, views.now());
                ProfileView then = queries.asOf(learner, position, views.now());
                assertThat(then.competences())
                        .as("seed %d, position %d", SEED, position)
                        .isEqualTo(now.competences());
                assertThat(then.total()).isEqualTo(now.total());
                assertThat(then.changed()).isEqualTo(now.changed()).isLessThanOrEqualTo(position);
                assertThat(then.nextStep()).isEqualTo(now.nextStep());
            }
        }
    }

    private static Projection ofNextRelease(Projection projection) {
        return new Projection() {
            @Override
            public String name() {
                return projection.name();
            }

            @Override
            public int version() {
                return projection.version() + 1;
            }

            @Override
            public Set<Class<? extends LedgerEvent>> reads() {
                return projection.reads();
            }

            @Override
            public void apply(List<Recorded> page, ViewSchema view) {
                projection.apply(page, view);
            }
        };
    }
}

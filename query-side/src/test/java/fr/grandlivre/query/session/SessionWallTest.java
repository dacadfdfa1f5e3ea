package fr.grandlivre.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.BoundLogin;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.replay.Rebuild;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The view under a login like the application's: one that row-level security binds. */
class SessionWallTest {
    private static final Uai OWN = new Uai("0123456A");
    private static final Uai OTHER = new Uai("0999999Z");
    private static final CentreId CENTRE = new CentreId(new UUID(1, 2));
    private static final SessionId SESSION = new SessionId(new UUID(1, 1));
    private static final LearnerId ADA = Facts.learner(1);
    private static final List<String> WALLED = List.of("centre", "session", "candidate");

    private final SessionProjection projection = new SessionProjection();
    private TestViews views;
    private BoundLogin login;
    private Tenants tenants;
    private SessionQueries queries;

    @BeforeEach
    void aSessionWithOneCandidate() throws SQLException {
        views = new TestViews();
        login = new BoundLogin(views);
        login.create(projection);
        tenants = login.tenants();
        queries = new SessionQueries(login.jdbc(), tenants);
        views.append(CENTRE.value(), new CentreOpened(CENTRE, "Collège des Lilas", OWN));
        views.append(
                SESSION.value(),
                new SessionScheduled(
                        SESSION,
                        1042,
                        CENTRE,
                        Facts.EXAM_DAY,
                        "08:30",
                        "B12",
                        List.of(),
                        "BCDF23",
                        "mac",
                        6_300_000,
                        7_200_000),
                new CandidateEnrolled(
                        SESSION,
                        new CandidateId(new UUID(1, 3)),
                        ADA,
                        0,
                        Personal.of(
                                ADA.value(),
                                new CandidateIdentity("Ada", "Martin", LocalDate.of(2007, 10, 5), "Paris 8"))));
        login.catchUp(projection, 1_000);
    }

    @AfterEach
    void close() {
        login.close();
        views.close();
    }

    private int count(String table) {
        return login.count("session." + table);
    }

    private void isWalled() {
        for (String table : WALLED) {
            assertThat(count(table)).as(table).isZero();
            assertThat(tenants.within(OTHER, () -> count(table))).as(table).isZero();
            assertThat(tenants.within(OWN, () -> count(table))).as(table).isEqualTo(1);
            assertThat(tenants.acrossSessions(() -> count(table))).as(table).isEqualTo(1);
        }
    }

    @Test
    void a_query_that_forgot_its_establishment_sees_no_session_and_one_of_another_neither() {
        isWalled();
        assertThat(queries.byId(OWN, SESSION).orElseThrow().candidates()).hasSize(1);
        assertThat(queries.byId(OTHER, SESSION)).isEmpty();
        assertThat(queries.byId(SESSION)).isPresent();
        assertThat(queries.ofEstablishment(OTHER)).isEmpty();
        assertThat(queries.ofEstablishment(OWN)).hasSize(1);
        assertThat(queries.centreOf(OTHER)).isEmpty();
    }

    @Test
    void a_learner_sees_the_own_candidacies() {
        assertThat(queries.ofLearner(ADA)).hasSize(1);
        assertThat(queries.ofLearner(Facts.learner(2))).isEmpty();
        assertThat(tenants.within(ADA, () -> count("session"))).isZero();
    }

    @Test
    void a_rebuilt_view_has_its_wall() {
        Rebuild rebuild = login.rebuild();
        assertThat(rebuild.compare(projection, _ -> {}).equal()).isTrue();
        rebuild.replace(projection, _ -> {});
        isWalled();
    }
}

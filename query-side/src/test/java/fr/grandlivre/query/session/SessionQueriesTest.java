package fr.grandlivre.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.session.SessionView.Alert;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.FormerPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionQueriesTest {
    private static final SessionId SESSION = new SessionId(new UUID(1, 1));
    private static final CentreId CENTRE = new CentreId(new UUID(1, 2));
    private static final CandidateId ADA = new CandidateId(new UUID(1, 3));
    private static final CandidateId BOB = new CandidateId(new UUID(1, 4));
    private static final ExamId EXAM = StreamIds.exam(SESSION, ADA);
    private static final UUID ALERT = new UUID(1, 5);
    private static final Instant START = Instant.parse("2022-05-16T06:30:00.000Z");
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);
    private static final Question FIRST =
            new Question(1, new CompetenceCode("1.2"), new SkillId("@folders2"), new ChallengeId("folders2a"), 60_000L);

    private final SessionProjection projection = new SessionProjection();
    private TestViews views;
    private SessionQueries queries;

    @BeforeEach
    void aSessionOfTwo() {
        views = new TestViews();
        views.create(projection);
        queries = new SessionQueries(views.jdbc(), views.tenants());
        views.append(CENTRE.value(), new CentreOpened(CENTRE, "Collège des Lilas", new Uai("0123456A")));
        views.append(
                SESSION.value(),
                new SessionScheduled(
                        SESSION, 1042, CENTRE, DAY, "08:30", "B12", List.of(), "BCDF23", "mac", 6_300_000, 7_200_000),
                enrolled(ADA, "Ada"),
                enrolled(BOB, "Bob"));
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void a_board_gets_the_rows_that_changed_since_a_position_and_no_others() {
        views.append(EXAM.value(), new PresenceConfirmed(EXAM, SESSION, ADA), new AdmissionGranted(EXAM, SESSION, ADA));
        views.catchUp(projection, 2);
        long seen = queries.changedSince(SESSION, 0).getLast().position();

        assertThat(queries.changedSince(SESSION, 0)).hasSize(2);
        assertThat(queries.changedSince(SESSION, seen)).isEmpty();
        assertThat(ada().admitted()).isTrue();

        long started = views.append(EXAM.value(), started());
        views.catchUp(projection, 2);
        assertThat(queries.changedSince(SESSION, seen))
                .singleElement()
                .satisfies(row -> assertThat(row.position()).isEqualTo(started));
        assertThat(ada().admitted()).isFalse();
        assertThat(ada().entry()).isEqualTo(1);
    }

    @Test
    void an_alert_waits_on_the_board_until_it_is_resolved() {
        views.append(EXAM.value(), started(), new AlertRaised(EXAM, ALERT, 1, "image-not-displaying"));
        views.catchUp(projection, 3);
        assertThat(ada().alert()).isEqualTo(new Alert(ALERT, 1, "image-not-displaying"));
        assertThat(queries.openAlerts(SESSION)).isEqualTo(1);

        views.append(EXAM.value(), new AlertResolved(EXAM, ALERT, AlertResolution.DISMISSED, null, null, null));
        views.catchUp(projection, 3);
        assertThat(ada().alert()).isNull();
        assertThat(queries.openAlerts(SESSION)).isZero();
    }

    @Test
    void a_sitting_is_folded_with_entries_timers_replacements_and_time_given_back() {
        ChallengeId instead = new ChallengeId("folders2b");
        views.append(
                EXAM.value(),
                started(),
                new ExamTimerStarted(EXAM, 1, START.plusSeconds(5)),
                new ExamEntered(EXAM, 2),
                new AlertRaised(EXAM, ALERT, 1, "image-not-displaying"));
        ExamQueries exams = new ExamQueries(views.reader(), views.codec());
        ExamSitting waiting = exams.byId(EXAM).orElseThrow();
        assertThat(waiting.entry()).isEqualTo(2);
        assertThat(waiting.dueUntil()).contains(START.plusSeconds(65));
        assertThat(waiting.alert()).isNotNull();

        long last = views.append(
                EXAM.value(),
                new AlertResolved(EXAM, ALERT, AlertResolution.REPLACED, instead, FIRST.skill(), null),
                new TimeRestored(EXAM, 60_000, START.plusSeconds(6_360)));
        ExamSitting after = exams.byId(EXAM).orElseThrow();
        assertThat(after.due()).contains(new Question(1, FIRST.competence(), FIRST.skill(), instead, null));
        assertThat(after.closed()).isFalse();
        assertThat(after.alert()).isNull();
        assertThat(after.endsAt()).isEqualTo(START.plusSeconds(6_360));
        assertThat(after.position()).isEqualTo(last);
        assertThat(exams.entryAt(last)).isEmpty();
        assertThat(exams.number(SESSION)).hasValue(1042);
    }

    @Test
    void a_former_plan_an_issue_and_a_withdrawal_are_shown() {
        views.append(
                SESSION.value(),
                new SessionRescheduled(SESSION, DAY, "08:30", "B12", DAY.plusDays(1), "14:00", "B14", "Salle inondée"),
                new CandidateWithdrawn(SESSION, BOB),
                new IssueReported(
                        SESSION,
                        ALERT,
                        ADA,
                        "website-blocked",
                        1,
                        Personal.of(new UUID(7, 1), new IssueDescription("Bloqué."))));
        views.catchUp(projection, 1);

        SessionView session = queries.byId(SESSION).orElseThrow();
        assertThat(session.plannedDate()).isEqualTo(DAY.plusDays(1));
        assertThat(session.room()).isEqualTo("B14");
        assertThat(session.formerPlans()).containsExactly(new FormerPlan(DAY, "08:30", "B12", "Salle inondée"));
        assertThat(session.candidates()).extracting(Candidate::candidate).containsExactly(ADA);
        assertThat(queries.issues(SESSION))
                .singleElement()
                .satisfies(issue -> assertThat(issue.description()).isEqualTo("Bloqué."));
    }

    @Test
    void an_establishment_sees_its_own_invigilators_within_their_days_and_a_session_those_named_last() {
        Uai lilas = new Uai("0123456A");
        AccountId ida = new AccountId(new UUID(2, 1));
        AccountId jo = new AccountId(new UUID(2, 2));
        views.append(ida.value(), watches(ida, lilas, DAY, null));
        views.append(jo.value(), watches(jo, lilas, DAY.minusYears(1), DAY.minusDays(1)));
        views.append(SESSION.value(), new InvigilatorsNamed(SESSION, List.of(jo, ida)));
        views.append(SESSION.value(), new InvigilatorsNamed(SESSION, List.of(ida)));
        views.catchUp(projection, 1);

        assertThat(queries.invigilators(lilas, DAY)).containsExactly(ida);
        assertThat(queries.invigilators(lilas, DAY.minusDays(1))).containsExactly(jo);
        assertThat(queries.invigilators(new Uai("0123457B"), DAY)).isEmpty();
        SessionView session = queries.byId(SESSION).orElseThrow();
        assertThat(session.isWatchedBy(ida)).isTrue();
        assertThat(session.isWatchedBy(jo)).isFalse();

        views.append(ida.value(), new RoleWithdrawn(ida, Role.INVIGILATOR, new Scope(lilas, null)));
        views.catchUp(projection, 1);
        assertThat(queries.invigilators(lilas, DAY)).isEmpty();
    }

    private static RoleGranted watches(AccountId account, Uai uai, LocalDate from, @Nullable LocalDate to) {
        return new RoleGranted(account, Role.INVIGILATOR, new Scope(uai, null), from, to);
    }

    private Candidate ada() {
        return queries.byId(SESSION).orElseThrow().candidates().stream()
                .filter(candidate -> candidate.candidate().equals(ADA))
                .findFirst()
                .orElseThrow();
    }

    private static CandidateEnrolled enrolled(CandidateId candidate, String name) {
        LearnerId learner = new LearnerId(new UUID(7, candidate.value().getLeastSignificantBits()));
        return new CandidateEnrolled(
                SESSION,
                candidate,
                learner,
                0,
                Personal.of(learner.value(), new CandidateIdentity(name, "Essai", LocalDate.of(2008, 2, 29), "Lyon")));
    }

    private static ExamStarted started() {
        return new ExamStarted(
                EXAM,
                SESSION,
                ADA,
                new LearnerId(new UUID(7, 3)),
                START,
                START.plusSeconds(6_300),
                0,
                new FrameworkVersion("2021"),
                new RulesVersion("2021-1"),
                10,
                List.of(),
                List.of(FIRST),
                1);
    }
}

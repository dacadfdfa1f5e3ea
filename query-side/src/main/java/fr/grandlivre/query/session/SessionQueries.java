package fr.grandlivre.query.session;

import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.session.SessionView.Alert;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.FormerPlan;
import fr.grandlivre.query.session.SessionView.Issue;
import fr.grandlivre.query.session.SessionView.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads sessions and candidates: what an establishment asks for within its own centres, what a learner asks for within the
 * own candidacies, what juries, invigilators and the door of an exam ask for across all. Thread-safe.
 */
public final class SessionQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "session";

    /** A list page shows the newest sessions; older ones are found by their number. */
    private static final int LIST_LIMIT = 100;

    private static final String SESSION = """
        SELECT s.session, s.number, s.centre, c.name, c.uai, s.planned_date, s.planned_time, s.room, s.access_code,
               s.invigilators, s.finalised, s.officer IS NOT NULL AS in_process, s.published_at
        FROM session.session s JOIN session.centre c ON c.centre = s.centre\
        """;

    private static final String CANDIDATE = """
        SELECT candidate, learner, exam, first_name, last_name, birth_date, birth_place, extra_time_percent, present,
               admitted, entry, started_at, ends_at, questions, answered, restored_ms, alert, alert_number, alert_category,
               end_reason, outcome, total_pix, position
        FROM session.candidate\
        """;

    private final JdbcTemplate jdbc;
    private final Tenants tenants;

    public SessionQueries(JdbcTemplate jdbc, Tenants tenants) {
        this.jdbc = jdbc;
        this.tenants = tenants;
    }

    /** @return the session with its candidates, wherever it is */
    public Optional<SessionView> byId(SessionId session) {
        return tenants.acrossSessions(() -> one(SESSION + " WHERE s.session = ?", session.value()));
    }

    /** @return the session with its candidates; empty when its centre is another establishment's */
    public Optional<SessionView> byId(Uai establishment, SessionId session) {
        return tenants.within(establishment, () -> one(SESSION + " WHERE s.session = ?", session.value()));
    }

    /** @return the session that people call by this number, with its candidates */
    public Optional<SessionView> byNumber(int number) {
        return tenants.acrossSessions(() -> one(SESSION + " WHERE s.number = ?", number));
    }

    /** @return those of the learners who are candidates of a session that is planned for that day or later */
    public Set<LearnerId> planned(Collection<LearnerId> learners, LocalDate from) {
        return Set.copyOf(tenants.acrossSessions(() -> jdbc.query(
                """
                SELECT DISTINCT d.learner FROM session.candidate d JOIN session.session s ON s.session = d.session
                WHERE d.learner = ANY (?) AND s.planned_date >= ? AND NOT s.finalised\
                """,
                (row, _) -> new LearnerId(row.getObject(1, UUID.class)),
                learners.stream().map(LearnerId::value).toArray(UUID[]::new),
                from)));
    }

    /** @return the newest sessions of the centres that an establishment holds, without candidates */
    public List<SessionView> ofEstablishment(Uai uai) {
        return tenants.within(
                uai,
                () -> jdbc.query(
                        SESSION + " WHERE c.uai = ? ORDER BY s.planned_date DESC, s.number DESC LIMIT " + LIST_LIMIT,
                        (row, _) -> session(row, List.of(), List.of()),
                        uai.value()));
    }

    /** @return the newest finalised sessions, without candidates: what juries work on */
    public List<SessionView> finalised() {
        return tenants.acrossSessions(() -> jdbc.query(
                SESSION + " WHERE s.finalised ORDER BY s.planned_date DESC, s.number DESC LIMIT " + LIST_LIMIT,
                (row, _) -> session(row, List.of(), List.of())));
    }

    /** @return the learner's sittings, in no order that means anything */
    public List<Candidate> ofLearner(LearnerId learner) {
        return tenants.within(
                learner,
                () -> jdbc.query(CANDIDATE + " WHERE learner = ?", (row, _) -> candidate(row), learner.value()));
    }

    /** @return the centre that an establishment holds, the first by name; empty when none was opened for it */
    public Optional<CentreId> centreOf(Uai uai) {
        return tenants
                .within(
                        uai,
                        () -> jdbc.query(
                                "SELECT centre FROM session.centre WHERE uai = ? ORDER BY name, centre LIMIT 1",
                                (row, _) -> new CentreId(row.getObject(1, UUID.class)),
                                uai.value()))
                .stream()
                .findFirst();
    }

    /** @return the accounts that hold the role of invigilator in an establishment on a day */
    public List<AccountId> invigilators(Uai uai, LocalDate day) {
        return tenants.within(
                uai,
                () -> jdbc.query("""
                    SELECT account FROM session.invigilator
                    WHERE uai = ? AND since <= ? AND (until IS NULL OR until >= ?) ORDER BY account\
                    """, (row, _) -> new AccountId(row.getObject(1, UUID.class)), uai.value(), day, day));
    }

    /** @return the sessions that have this number or this access code, finalised or not */
    public List<SessionId> using(int number, String accessCode) {
        return tenants.acrossSessions(() -> jdbc.query(
                "SELECT session FROM session.session WHERE number = ? OR access_code = ?",
                (row, _) -> new SessionId(row.getObject(1, UUID.class)),
                number,
                accessCode));
    }

    /** @return the acts that can still be confirmed on the day, those that lapse first first */
    public List<WaitingAct> waiting(LocalDate today) {
        return jdbc.query("""
            SELECT act, exam, certificate, kind, proposer, expires FROM session.waiting_act
            WHERE NOT settled AND expires >= ? ORDER BY expires, act LIMIT\
            """ + " " + LIST_LIMIT, (row, _) -> waiting(row), today);
    }

    private static WaitingAct waiting(ResultSet row) throws SQLException {
        UUID certificate = row.getObject("certificate", UUID.class);
        return new WaitingAct(
                row.getObject("act", UUID.class),
                new ExamId(row.getObject("exam", UUID.class)),
                certificate == null ? null : new CertificateId(certificate),
                JuryActKind.valueOf(row.getString("kind")),
                new AccountId(row.getObject("proposer", UUID.class)),
                row.getObject("expires", LocalDate.class));
    }

    /** @return the sessions before the jury in which an exam has no result yet, or none but an error */
    public Set<SessionId> unscored() {
        return Set.copyOf(tenants.acrossSessions(
                () -> jdbc.query("""
                    SELECT DISTINCT c.session FROM session.candidate c JOIN session.session s ON s.session = c.session
                    WHERE s.finalised AND s.published_at IS NULL
                      AND c.started_at IS NOT NULL AND coalesce(c.outcome, 'ERROR') = 'ERROR'\
                    """, (row, _) -> new SessionId(row.getObject(1, UUID.class)))));
    }

    private Optional<SessionView> one(String query, Object argument) {
        return jdbc
                .query(
                        query,
                        (row, _) -> {
                            UUID session = row.getObject("session", UUID.class);
                            return session(row, formerPlans(session), candidates(session));
                        },
                        argument)
                .stream()
                .findFirst();
    }

    /** @return the candidates that changed after a ledger position, in the order of their last change */
    public List<Candidate> changedSince(SessionId session, long position) {
        return tenants.acrossSessions(() -> jdbc.query(
                CANDIDATE + " WHERE session = ? AND position > ? ORDER BY position, candidate",
                (row, _) -> candidate(row),
                session.value(),
                position));
    }

    /** @return how many candidates of the session wait with an open alert */
    public int openAlerts(SessionId session) {
        return tenants.acrossSessions(() -> jdbc.query(
                        "SELECT count(*) FROM session.candidate WHERE session = ? AND alert IS NOT NULL",
                        (row, _) -> row.getInt(1),
                        session.value()))
                .getFirst();
    }

    /** @return the issues of the session in the order of reporting */
    public List<Issue> issues(SessionId session) {
        return tenants.acrossSessions(() -> jdbc.query("""
            SELECT issue, candidate, category, number, description, resolution
            FROM session.issue WHERE session = ? ORDER BY position\
            """, (row, _) -> issue(row), session.value()));
    }

    private static Issue issue(ResultSet row) throws SQLException {
        UUID candidate = row.getObject("candidate", UUID.class);
        return new Issue(
                row.getObject("issue", UUID.class),
                candidate == null ? null : new CandidateId(candidate),
                row.getString("category"),
                row.getObject("number", Integer.class),
                row.getString("description"),
                row.getString("resolution"));
    }

    private List<FormerPlan> formerPlans(UUID session) {
        return jdbc.query(
                """
                SELECT planned_date, planned_time, room, reason
                FROM session.former_plan WHERE session = ? ORDER BY position DESC\
                """,
                (row, _) -> new FormerPlan(
                        row.getObject("planned_date", LocalDate.class),
                        row.getString("planned_time"),
                        row.getString("room"),
                        row.getString("reason")),
                session);
    }

    private List<Candidate> candidates(UUID session) {
        return jdbc.query(
                CANDIDATE + " WHERE session = ? ORDER BY last_name, first_name, candidate",
                (row, _) -> candidate(row),
                session);
    }

    private static SessionView session(ResultSet row, List<FormerPlan> formerPlans, List<Candidate> candidates)
            throws SQLException {
        Instant publishedAt = instant(row, "published_at");
        return new SessionView(
                new SessionId(row.getObject("session", UUID.class)),
                row.getInt("number"),
                new CentreId(row.getObject("centre", UUID.class)),
                row.getString("name"),
                row.getString("uai"),
                row.getObject("planned_date", LocalDate.class),
                row.getString("planned_time"),
                row.getString("room"),
                row.getString("access_code"),
                accounts(row),
                status(publishedAt != null, row.getBoolean("in_process"), row.getBoolean("finalised")),
                publishedAt,
                formerPlans,
                candidates);
    }

    private static List<AccountId> accounts(ResultSet row) throws SQLException {
        return Stream.of((UUID[]) row.getArray("invigilators").getArray())
                .map(AccountId::new)
                .toList();
    }

    private static Status status(boolean published, boolean inProcess, boolean finalised) {
        if (published) {
            return Status.PROCESSED;
        }
        if (inProcess) {
            return Status.IN_PROCESS;
        }
        return finalised ? Status.FINALISED : Status.CREATED;
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                new CandidateId(row.getObject("candidate", UUID.class)),
                new LearnerId(row.getObject("learner", UUID.class)),
                new ExamId(row.getObject("exam", UUID.class)),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getObject("birth_date", LocalDate.class),
                row.getString("birth_place"),
                row.getInt("extra_time_percent"),
                row.getBoolean("present"),
                row.getBoolean("admitted"),
                row.getInt("entry"),
                instant(row, "started_at"),
                instant(row, "ends_at"),
                row.getInt("questions"),
                row.getInt("answered"),
                row.getLong("restored_ms"),
                alert(row),
                row.getString("end_reason"),
                row.getString("outcome"),
                row.getObject("total_pix", Integer.class),
                row.getLong("position"));
    }

    private static @Nullable Alert alert(ResultSet row) throws SQLException {
        UUID alert = row.getObject("alert", UUID.class);
        return alert == null ? null : new Alert(alert, row.getInt("alert_number"), row.getString("alert_category"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}

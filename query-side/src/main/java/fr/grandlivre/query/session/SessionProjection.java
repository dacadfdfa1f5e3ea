package fr.grandlivre.query.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.AdmissionWithdrawn;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.QuestionReinstated;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.PersonalColumns;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps centres, sessions and their candidates with how far each has come. */
public final class SessionProjection implements Projection {
    @Override
    public String name() {
        return SessionQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                CentreOpened.class,
                SessionScheduled.class,
                SessionRescheduled.class,
                CandidateEnrolled.class,
                CandidateCorrected.class,
                CandidateWithdrawn.class,
                PresenceConfirmed.class,
                AdmissionGranted.class,
                AdmissionWithdrawn.class,
                ExamStarted.class,
                ExamEntered.class,
                ExamAnswerRecorded.class,
                AlertRaised.class,
                AlertResolved.class,
                TimeRestored.class,
                ExamEnded.class,
                IssueReported.class,
                IssueResolved.class,
                SessionFinalised.class,
                ExamScored.class,
                SessionPublished.class,
                OfficerAssigned.class,
                InvigilatorsNamed.class,
                RoleGranted.class,
                RoleWithdrawn.class,
                JuryActProposed.class,
                JuryActConfirmed.class,
                JuryActWithdrawn.class,
                PersonErased.class);
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public List<PersonalColumns> personalColumns() {
        return List.of(
                PersonalColumns.of(
                                DataClass.CERTIFICATE,
                                "candidate",
                                "learner",
                                "first_name",
                                "last_name",
                                "birth_date",
                                "birth_place")
                        .withPosition("position"),
                PersonalColumns.of(DataClass.CERTIFICATE, "issue", "key_of", "description", "key_of"));
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            switch (recorded.event()) {
                case SessionEvent event -> write(event, recorded.position(), writes);
                case RoleGranted(var person, var role, var scope, var from, var to)
                when role == Role.INVIGILATOR && scope.uai() != null ->
                    writes.add("""
                        INSERT INTO ${schema}.invigilator (uai, account, since, until) VALUES (?, ?, ?, ?)
                        ON CONFLICT (uai, account) DO UPDATE SET since = EXCLUDED.since, until = EXCLUDED.until\
                        """, scope.uai().value(), person.value(), from, to);
                case RoleWithdrawn(var person, var role, var scope)
                when role == Role.INVIGILATOR && scope.uai() != null ->
                    writes.add(
                            "DELETE FROM ${schema}.invigilator WHERE uai = ? AND account = ?",
                            scope.uai().value(),
                            person.value());
                case RoleGranted _, RoleWithdrawn _ -> {} // Other roles open no session.
                case PersonErased erased -> {
                    blank(erased, recorded.position(), writes);
                    if (erased.classes().contains(DataClass.IDENTITY)) {
                        writes.add(
                                "DELETE FROM ${schema}.invigilator WHERE account = ?",
                                erased.person().value());
                    }
                }
                default -> throw new AssertionError("not one of the events it reads");
            }
        }
        writes.into(view);
    }

    private static void write(SessionEvent event, long position, Writes writes) {
        switch (event) {
            case CentreOpened(var centre, var name, var uai) ->
                writes.add(
                        "INSERT INTO ${schema}.centre (centre, name, uai) VALUES (?, ?, ?) ON CONFLICT (centre) DO"
                                + " NOTHING",
                        centre.value(),
                        name,
                        uai == null ? null : uai.value());
            case SessionScheduled scheduled ->
                writes.add(
                        """
                        INSERT INTO ${schema}.session (session, number, centre, planned_date, planned_time, room,
                          access_code, invigilators)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?::uuid[]) ON CONFLICT (session) DO NOTHING\
                        """,
                        scheduled.session().value(),
                        scheduled.number(),
                        scheduled.centre().value(),
                        scheduled.plannedDate(),
                        scheduled.plannedTime(),
                        scheduled.room(),
                        scheduled.accessCode(),
                        array(scheduled.invigilators()));
            case InvigilatorsNamed(var session, var invigilators) ->
                writes.add(
                        "UPDATE ${schema}.session SET invigilators = ?::uuid[] WHERE session = ?",
                        array(invigilators),
                        session.value());
            case SessionRescheduled moved -> {
                writes.add(
                        """
                        INSERT INTO ${schema}.former_plan (session, position, planned_date, planned_time, room, reason)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (session, position) DO NOTHING\
                        """,
                        moved.session().value(),
                        position,
                        moved.fromDate(),
                        moved.fromTime(),
                        moved.fromRoom(),
                        moved.reason());
                writes.add(
                        "UPDATE ${schema}.session SET planned_date = ?, planned_time = ?, room = ? WHERE session = ?",
                        moved.toDate(),
                        moved.toTime(),
                        moved.toRoom(),
                        moved.session().value());
            }
            case CandidateEnrolled(var session, var candidate, var learner, var extraTime, var sealed) ->
                candidate(session, candidate, learner, extraTime, sealed, position, writes);
            case CandidateCorrected(var session, var candidate, var learner, var extraTime, var sealed) ->
                candidate(session, candidate, learner, extraTime, sealed, position, writes);
            case CandidateWithdrawn(var _, var candidate) ->
                writes.add("DELETE FROM ${schema}.candidate WHERE candidate = ?", candidate.value());
            case PresenceConfirmed(var exam, var _, var _) ->
                writes.add(
                        "UPDATE ${schema}.candidate SET present = true, position = ? WHERE exam = ?",
                        position,
                        exam.value());
            case AdmissionGranted(var exam, var _, var _) -> admitted(exam, true, position, writes);
            case AdmissionWithdrawn(var exam, var _, var _) -> admitted(exam, false, position, writes);
            case ExamStarted started ->
                writes.add(
                        """
                        UPDATE ${schema}.candidate
                        SET started_at = ?, ends_at = ?, questions = ?, entry = ?, admitted = false, position = ?
                        WHERE exam = ?\
                        """,
                        utc(started.startedAt()),
                        utc(started.endsAt()),
                        started.questions().size(),
                        started.entry(),
                        position,
                        started.exam().value());
            case ExamEntered(var exam, var entry) ->
                writes.add(
                        "UPDATE ${schema}.candidate SET entry = ?, admitted = false, position = ? WHERE exam = ?",
                        entry,
                        position,
                        exam.value());
            case ExamAnswerRecorded answer ->
                writes.add(
                        "UPDATE ${schema}.candidate SET answered = ?, position = ? WHERE exam = ?",
                        answer.number(),
                        position,
                        answer.exam().value());
            case AlertRaised(var exam, var alert, var number, var category) ->
                alert(exam, alert, number, category, position, writes);
            case AlertResolved resolved -> alert(resolved.exam(), null, null, null, position, writes);
            case TimeRestored(var exam, var addedMs, var endsAt) ->
                writes.add("""
                    UPDATE ${schema}.candidate SET restored_ms = restored_ms + ?, ends_at = ?, position = ?
                    WHERE exam = ? AND position < ?\
                    """, addedMs, utc(endsAt), position, exam.value(), position);
            case ExamEnded(var exam, var _, var reason, var _) ->
                writes.add("""
                    UPDATE ${schema}.candidate
                    SET end_reason = ?, alert = NULL, alert_number = NULL, alert_category = NULL, position = ?
                    WHERE exam = ?\
                    """, reason.name(), position, exam.value());
            case IssueReported(var session, var issue, var candidate, var category, var number, var sealed) ->
                writes.add(
                        """
                        INSERT INTO ${schema}.issue (issue, session, position, candidate, category, number, description,
                          key_of)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (issue) DO NOTHING\
                        """,
                        issue,
                        session.value(),
                        position,
                        candidate == null ? null : candidate.value(),
                        category,
                        number,
                        Optional.ofNullable(sealed)
                                .flatMap(Personal::value)
                                .map(IssueDescription::description)
                                .orElse(null),
                        sealed instanceof Personal.Clear<IssueDescription>(var person, var _) ? person : null);
            case SessionFinalised finalised ->
                writes.add(
                        "UPDATE ${schema}.session SET finalised = true WHERE session = ?",
                        finalised.session().value());
            case ExamScored scored ->
                writes.add(
                        "UPDATE ${schema}.candidate SET outcome = ?, total_pix = ? WHERE exam = ?",
                        scored.outcome().name(),
                        scored.totalPix().value(),
                        scored.exam().value());
            case SessionPublished published ->
                writes.add(
                        "UPDATE ${schema}.session SET published_at = ? WHERE session = ?",
                        utc(published.publishedAt()),
                        published.session().value());
            case IssueResolved(var _, var issue, var resolution) ->
                writes.add("UPDATE ${schema}.issue SET resolution = ? WHERE issue = ?", resolution.name(), issue);
            case OfficerAssigned(var session, var account) ->
                writes.add(
                        "UPDATE ${schema}.session SET officer = ? WHERE session = ?", account.value(), session.value());
            // Guards of the command side and the opening of a question are nobody's here; juries read the ledger.
            case InvigilatorCodeDrawn _,
                    ExamSlotTaken _,
                    ExamSlotReleased _,
                    SessionNumberReserved _,
                    CentreAttached _,
                    ExamTimerStarted _,
                    QuestionNeutralised _,
                    QuestionReinstated _,
                    ExamCancelled _,
                    ExamReinstated _,
                    ExamRejectedForFraud _,
                    ExamFraudLifted _,
                    ExamCommented _ -> {}
            case JuryActProposed proposed ->
                writes.add(
                        """
                        INSERT INTO ${schema}.waiting_act (act, exam, certificate, kind, proposer, expires)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (act) DO NOTHING\
                        """,
                        proposed.act(),
                        proposed.exam().value(),
                        proposed.parameters().certificate() == null
                                ? null
                                : proposed.parameters().certificate().value(),
                        proposed.kind().name(),
                        proposed.proposer().value(),
                        proposed.expires());
            case JuryActConfirmed(var act, var _) -> settled(act, writes);
            case JuryActWithdrawn(var act, var _) -> settled(act, writes);
        }
    }

    /** The row stays: a page of events that is read again must not propose the act anew. */
    private static void settled(UUID act, Writes writes) {
        writes.add("UPDATE ${schema}.waiting_act SET settled = true WHERE act = ?", act);
    }

    private static void candidate(
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            int extraTime,
            Personal<CandidateIdentity> sealed,
            long position,
            Writes writes) {
        Optional<CandidateIdentity> who = sealed.value();
        writes.add(
                """
                INSERT INTO ${schema}.candidate
                  (candidate, session, learner, exam, extra_time_percent, first_name, last_name, birth_date, birth_place,
                   position)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (candidate) DO UPDATE SET
                  extra_time_percent = EXCLUDED.extra_time_percent, first_name = EXCLUDED.first_name,
                  last_name = EXCLUDED.last_name, birth_date = EXCLUDED.birth_date,
                  birth_place = EXCLUDED.birth_place, position = EXCLUDED.position\
                """,
                candidate.value(),
                session.value(),
                learner.value(),
                StreamIds.exam(session, candidate).value(),
                extraTime,
                who.map(CandidateIdentity::firstName).orElse(null),
                who.map(CandidateIdentity::lastName).orElse(null),
                who.map(CandidateIdentity::birthDate).orElse(null),
                who.map(CandidateIdentity::birthPlace).orElse(null),
                position);
    }

    private static void admitted(ExamId exam, boolean admitted, long position, Writes writes) {
        writes.add(
                "UPDATE ${schema}.candidate SET admitted = ?, position = ? WHERE exam = ?",
                admitted,
                position,
                exam.value());
    }

    private static void alert(
            ExamId exam,
            @Nullable UUID alert,
            @Nullable Integer number,
            @Nullable String category,
            long position,
            Writes writes) {
        writes.add("""
            UPDATE ${schema}.candidate SET alert = ?, alert_number = ?, alert_category = ?, position = ? WHERE exam = ?\
            """, alert, number, category, position, exam.value());
    }

    private static String array(List<AccountId> accounts) {
        return accounts.stream().map(AccountId::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

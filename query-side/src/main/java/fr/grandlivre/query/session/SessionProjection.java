package fr.grandlivre.query.session;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
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
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.StreamIds;
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
                CandidateEnrolled.class,
                PresenceConfirmed.class,
                AdmissionGranted.class,
                ExamStarted.class,
                ExamAnswerRecorded.class,
                ExamEnded.class,
                SessionFinalised.class,
                ExamScored.class,
                SessionPublished.class,
                CandidateCorrected.class,
                OfficerAssigned.class,
                JuryActProposed.class,
                JuryActConfirmed.class,
                JuryActWithdrawn.class);
    }

    @Override
    public boolean readsPersonalFields() {
        return true;
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            if (recorded.event() instanceof SessionEvent event) {
                write(event, writes);
            }
        }
        writes.into(view);
    }

    private static void write(SessionEvent event, Writes writes) {
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
                        INSERT INTO ${schema}.session (session, number, centre, planned_date, planned_time, room, access_code)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session) DO NOTHING\
                        """,
                        scheduled.session().value(),
                        scheduled.number(),
                        scheduled.centre().value(),
                        scheduled.plannedDate(),
                        scheduled.plannedTime(),
                        scheduled.room(),
                        scheduled.accessCode());
            case CandidateEnrolled(var session, var candidate, var learner, var extraTime, var sealed) -> {
                Optional<CandidateIdentity> who = sealed.value();
                writes.add(
                        """
                        INSERT INTO ${schema}.candidate
                          (candidate, session, learner, exam, extra_time_percent, first_name, last_name, birth_date)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (candidate) DO NOTHING\
                        """,
                        candidate.value(),
                        session.value(),
                        learner.value(),
                        StreamIds.exam(session, candidate).value(),
                        extraTime,
                        who.map(CandidateIdentity::firstName).orElse(null),
                        who.map(CandidateIdentity::lastName).orElse(null),
                        who.map(CandidateIdentity::birthDate).orElse(null));
            }
            case PresenceConfirmed(var exam, var _, var _) ->
                writes.add("UPDATE ${schema}.candidate SET present = true WHERE exam = ?", exam.value());
            case AdmissionGranted(var exam, var _, var _) ->
                writes.add("UPDATE ${schema}.candidate SET admissions = admissions + 1 WHERE exam = ?", exam.value());
            case ExamStarted started ->
                writes.add(
                        "UPDATE ${schema}.candidate SET started_at = ?, ends_at = ?, questions = ? WHERE exam = ?",
                        utc(started.startedAt()),
                        utc(started.endsAt()),
                        started.questions().size(),
                        started.exam().value());
            case ExamAnswerRecorded answer ->
                writes.add(
                        "UPDATE ${schema}.candidate SET answered = ? WHERE exam = ?",
                        answer.number(),
                        answer.exam().value());
            case ExamEnded(var exam, var _, var reason, var _) ->
                writes.add("UPDATE ${schema}.candidate SET end_reason = ? WHERE exam = ?", reason.name(), exam.value());
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
            case CandidateCorrected(var _, var candidate, var _, var extraTime, var sealed) -> {
                Optional<CandidateIdentity> who = sealed.value();
                writes.add(
                        """
                        UPDATE ${schema}.candidate
                        SET extra_time_percent = ?, first_name = ?, last_name = ?, birth_date = ? WHERE candidate = ?\
                        """,
                        extraTime,
                        who.map(CandidateIdentity::firstName).orElse(null),
                        who.map(CandidateIdentity::lastName).orElse(null),
                        who.map(CandidateIdentity::birthDate).orElse(null),
                        candidate.value());
            }
            case OfficerAssigned(var session, var account) ->
                writes.add(
                        "UPDATE ${schema}.session SET officer = ? WHERE session = ?", account.value(), session.value());
            // A learner's slot is the command side's guard; nobody reads it. Juries read issues and acts in the ledger.
            case ExamSlotTaken _,
                    ExamSlotReleased _,
                    IssueReported _,
                    IssueResolved _,
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

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

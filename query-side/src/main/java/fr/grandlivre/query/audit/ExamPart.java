package fr.grandlivre.query.audit;

import static fr.grandlivre.query.audit.Sheet.at;
import static fr.grandlivre.query.audit.SubjectFold.word;

import fr.grandlivre.events.Personal;
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
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the events of sessions and exams say. Not thread-safe. */
final class ExamPart {
    private final Sheet sheet;
    private final boolean wholeSessions;
    private final Set<UUID> own;
    private final Consumer<LearnerId> about;

    /** Told once nobody can enter with them any more. */
    private final Map<SessionId, Object> accessCodes = new HashMap<>();

    /**
     * @param own   streams of the subject
     * @param about told whose data an event holds
     */
    ExamPart(Sheet sheet, Subject subject, Set<UUID> own, Consumer<LearnerId> about) {
        this.sheet = sheet;
        this.wholeSessions = subject.view() == Subject.View.SESSION || subject.view() == Subject.View.STREAM;
        this.own = own;
        this.about = about;
    }

    /** @return whether the event is the subject's: of a session, not what happens to another candidate */
    boolean concerns(SessionEvent event) {
        return switch (event) {
            case CandidateEnrolled(var session, var candidate, var _, int _, var _) -> isOwn(session, candidate);
            case CandidateCorrected(var session, var candidate, var _, int _, var _) -> isOwn(session, candidate);
            case CandidateWithdrawn(var session, var candidate) -> isOwn(session, candidate);
            case IssueReported reported ->
                reported.candidate() == null ? wholeSessions : isOwn(reported.session(), reported.candidate());
            case IssueResolved(var session, var issue, var _) ->
                sheet.has(session(session) + at("issues", issue, "category"));
            case SessionFinalised finalised ->
                wholeSessions
                        || finalised.candidates().stream()
                                .anyMatch(seat -> isOwn(finalised.session(), seat.candidate()));
            case SessionPublished published ->
                wholeSessions
                        || published.exams().stream()
                                .anyMatch(exam -> own.contains(exam.exam().value()));
            default -> true;
        };
    }

    /** @return whether it has something to say; a general reader shows the rest */
    boolean after(SessionEvent event, Recorded recorded) {
        long position = recorded.position();
        switch (event) {
            case SessionScheduled scheduled -> {
                String base = session(scheduled.session());
                sheet.set(base + "/number", scheduled.number());
                sheet.set(base + "/centre", scheduled.centre());
                accessCodes.put(scheduled.session(), scheduled.accessCode());
                sheet.set(base + "/effectiveMs", scheduled.effectiveMs());
                sheet.set(base + "/status", "created");
                plan(scheduled.session(), scheduled.plannedDate(), scheduled.plannedTime(), scheduled.room());
            }
            case InvigilatorsNamed(var session, var invigilators) ->
                sheet.set(session(session) + "/invigilators", invigilators.size());
            case InvigilatorCodeDrawn(var session, var _) ->
                sheet.set(session(session) + "/invigilatorCodeSince", position);
            case SessionRescheduled moved -> plan(moved.session(), moved.toDate(), moved.toTime(), moved.toRoom());
            case CandidateEnrolled(var session, var candidate, var learner, int extra, var sealed) ->
                candidate(session, candidate, learner, extra, sealed, position);
            case CandidateCorrected(var session, var candidate, var learner, int extra, var sealed) ->
                candidate(session, candidate, learner, extra, sealed, position);
            case CandidateWithdrawn(var session, var candidate) -> {
                if (isOwn(session, candidate)) {
                    sheet.remove(session(session) + at("candidates", candidate));
                }
            }
            case SessionFinalised finalised -> {
                String base = session(finalised.session());
                sheet.set(base + "/status", "finalised");
                sheet.set(base + "/accessCode", accessCodes.get(finalised.session()));
                if (wholeSessions) {
                    sheet.set(base + "/incident", finalised.incident());
                    sealed(base, finalised.sealed(), position);
                }
                finalised.candidates().stream()
                        .filter(seat -> isOwn(finalised.session(), seat.candidate()))
                        .forEach(seat -> {
                            String place = base + at("candidates", seat.candidate());
                            sheet.set(place + "/present", seat.present());
                            sheet.set(place + "/endReason", seat.endReason() == null ? null : word(seat.endReason()));
                        });
            }
            case OfficerAssigned(var session, var account) -> {
                sheet.set(session(session) + "/officer", account);
                sheet.set(session(session) + "/status", "in-process");
            }
            case SessionPublished published -> {
                String base = session(published.session());
                sheet.set(base + "/status", "processed");
                sheet.set(base + "/publishedAt", published.publishedAt());
                sheet.set(base + "/deliveredDate", published.deliveredDate());
                published.exams().stream()
                        .filter(exam ->
                                wholeSessions || own.contains(exam.exam().value()))
                        .forEach(exam -> sheet.set(exam(exam.exam()) + "/officialScoring", exam.scoring()));
            }
            case IssueReported(var session, var issue, var candidate, var category, var number, var sealed) -> {
                if (candidate == null ? wholeSessions : isOwn(session, candidate)) {
                    String base = session(session) + at("issues", issue);
                    sheet.set(base + "/category", category);
                    sheet.set(base + "/candidate", candidate);
                    sheet.set(base + "/question", number);
                    sealed(base, sealed, position);
                }
            }
            case IssueResolved(var session, var issue, var resolution) -> {
                String base = session(session) + at("issues", issue);
                if (sheet.has(base + "/category")) {
                    sheet.set(base + "/resolution", word(resolution));
                }
            }
            case PresenceConfirmed(var exam, var _, var _) -> sheet.set(exam(exam) + "/present", true);
            case AdmissionGranted(var exam, var _, var _) -> sheet.set(exam(exam) + "/admitted", true);
            case AdmissionWithdrawn(var exam, var _, var _) -> sheet.set(exam(exam) + "/admitted", null);
            case ExamSlotTaken(var learner, var exam) -> slot(learner, exam);
            case ExamSlotReleased(var learner, var _) -> slot(learner, null);
            case ExamStarted started -> started(started);
            case ExamEntered(var exam, int entry) -> {
                sheet.set(exam(exam) + "/entry", entry);
                sheet.set(exam(exam) + "/admitted", null);
            }
            case ExamTimerStarted(var exam, int number, var at) ->
                sheet.set(exam(exam) + at("questions", number, "openedAt"), at);
            case ExamAnswerRecorded answer -> {
                String base = exam(answer.exam()) + at("questions", answer.number());
                sheet.set(base + "/challenge", answer.challenge());
                sheet.set(base + "/outcome", word(answer.outcome()));
                sheet.set(base + "/receivedAt", answer.receivedAt());
                sheet.set(base + "/focusedOut", answer.focusedOut());
                sealed(base, answer.sealed(), position);
            }
            case ExamEnded(var exam, var endedAt, var reason, int answered) -> {
                sheet.set(exam(exam) + "/endedAt", endedAt);
                sheet.set(exam(exam) + "/endReason", word(reason));
                sheet.set(exam(exam) + "/answered", answered);
            }
            case AlertRaised(var exam, var alert, int number, var category) -> {
                sheet.set(exam(exam) + at("alerts", alert, "question"), number);
                sheet.set(exam(exam) + at("alerts", alert, "category"), category);
            }
            case AlertResolved resolved -> {
                String base = exam(resolved.exam()) + at("alerts", resolved.alert());
                sheet.set(base + "/resolution", word(resolved.resolution()));
                sheet.set(base + "/challenge", resolved.challenge());
            }
            case TimeRestored(var exam, var _, var endsAt) -> sheet.set(exam(exam) + "/endsAt", endsAt);
            case ExamScored scored -> scored(scored);
            case QuestionNeutralised(var exam, int number, var _, var reason, var _) ->
                sheet.set(exam(exam) + at("neutralised", number), word(reason));
            case QuestionReinstated(var exam, int number, var _, var _) ->
                sheet.set(exam(exam) + at("neutralised", number), null);
            case ExamCancelled(var exam, var reason, var _) -> sheet.set(exam(exam) + "/cancelled", word(reason));
            case ExamReinstated(var exam, var _, var _) -> sheet.set(exam(exam) + "/cancelled", null);
            case ExamRejectedForFraud(var exam, var _, var _) -> sheet.set(exam(exam) + "/fraud", true);
            case ExamFraudLifted(var exam, var _, var _) -> sheet.set(exam(exam) + "/fraud", null);
            case ExamCommented(var exam, boolean forOrganisation, var sealed) -> {
                String base = exam(exam) + at("comments", position);
                sheet.set(base + "/forOrganisation", forOrganisation);
                sealed(base, sealed, position);
            }
            case JuryActProposed proposed -> {
                String base = exam(proposed.exam()) + at("acts", proposed.act());
                sheet.set(base + "/kind", word(proposed.kind()));
                sheet.set(base + "/proposer", proposed.proposer());
                sheet.set(base + "/reason", word(proposed.parameters().reasonCode()));
                sheet.set(base + "/question", proposed.parameters().number());
                sheet.set(base + "/expires", proposed.expires());
                sheet.set(base + "/state", "waiting");
                sealed(base, proposed.sealed(), position);
            }
            case JuryActConfirmed(var act, var exam) -> sheet.set(exam(exam) + at("acts", act, "state"), "confirmed");
            case JuryActWithdrawn(var act, var exam) -> sheet.set(exam(exam) + at("acts", act, "state"), "withdrawn");
            case CentreOpened _, CentreAttached _, SessionNumberReserved _ -> {
                return false;
            }
        }
        return true;
    }

    private static String session(SessionId session) {
        return at("sessions", session);
    }

    private static String exam(ExamId exam) {
        return at("exams", exam);
    }

    private boolean isOwn(SessionId session, CandidateId candidate) {
        return wholeSessions || own.contains(StreamIds.exam(session, candidate).value());
    }

    private void plan(SessionId session, Object date, String time, String room) {
        sheet.set(session(session) + "/plannedDate", date);
        sheet.set(session(session) + "/plannedTime", time);
        sheet.set(session(session) + "/room", room);
    }

    private void candidate(
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            int extraTimePercent,
            Personal<?> sealed,
            long position) {
        if (!isOwn(session, candidate)) {
            return;
        }
        about.accept(learner);
        String base = session(session) + at("candidates", candidate);
        sheet.set(base + "/learner", learner);
        sheet.set(base + "/exam", StreamIds.exam(session, candidate));
        sheet.set(base + "/extraTimePercent", extraTimePercent);
        sealed(base, sealed, position);
    }

    private void slot(LearnerId learner, @Nullable ExamId exam) {
        about.accept(learner);
        sheet.set(at("examSlot"), exam);
    }

    private void started(ExamStarted started) {
        about.accept(started.learner());
        String base = exam(started.exam());
        sheet.set(base + "/session", started.session());
        sheet.set(base + "/candidate", started.candidate());
        sheet.set(base + "/learner", started.learner());
        sheet.set(base + "/startedAt", started.startedAt());
        sheet.set(base + "/endsAt", started.endsAt());
        sheet.set(base + "/framework", started.framework());
        sheet.set(base + "/rules", started.rules());
        sheet.set(base + "/profilePosition", started.profilePosition());
        sheet.set(base + "/entry", started.entry());
        sheet.set(base + "/admitted", null);
        started.certifiable().forEach(competence -> {
            String place = base + at("certifiable", competence.competence());
            sheet.set(place + "/level", competence.level().value());
            sheet.set(place + "/pix", competence.pix().value());
        });
        started.questions().forEach(question -> {
            String place = base + at("questions", question.number());
            sheet.set(place + "/competence", question.competence());
            sheet.set(place + "/skill", question.skill());
            sheet.set(place + "/challenge", question.challenge());
        });
    }

    private void scored(ExamScored scored) {
        String base = exam(scored.exam()) + "/result";
        sheet.remove(base);
        sheet.set(base + "/scoring", scored.scoring());
        sheet.set(base + "/rules", scored.rules());
        sheet.set(base + "/asked", scored.asked());
        sheet.set(base + "/neutralised", scored.neutralised());
        sheet.set(base + "/correct", scored.correct());
        sheet.set(base + "/ratePercent", scored.ratePercent());
        sheet.set(base + "/totalPix", scored.totalPix().value());
        sheet.set(base + "/outcome", word(scored.outcome()));
        sheet.set(base + "/cause", scored.cause());
        scored.competences().forEach(competence -> {
            String place = base + at("competences", competence.competence());
            sheet.set(place + "/level", competence.level().value());
            sheet.set(place + "/pix", competence.pix().value());
            sheet.set(place + "/rule", competence.rule());
            sheet.set(place + "/verdict", competence.verdict() == null ? null : word(competence.verdict()));
        });
    }

    private void sealed(String base, @Nullable Personal<?> sealed, long position) {
        sheet.set(base + "/sealedAt", sealed == null ? null : position);
    }
}

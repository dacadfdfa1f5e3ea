package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionState.CentreState;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.command.session.SessionState.Unplanned;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.SessionComment;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.session.ExamRules;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Decides what happens to centres and sessions. Pure. */
final class SessionDecider {
    /** Longest comment of a centre, code points. */
    static final int LONGEST_COMMENT = 500;

    /** Most candidates of one session (domain rules, session). */
    static final int MOST_CANDIDATES = 200;

    private static final DateTimeFormatter HOURS_AND_MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private SessionDecider() {}

    /** @param now not used by today's rules of centres */
    static Decision decide(CentreState state, OpenCentre command, Instant now) {
        return state.open()
                ? Accepted.nothing()
                : new Accepted(new CentreOpened(command.centre(), command.name(), command.uai()));
    }

    /** @return {@code unknown-centre} or {@code date-in-past} when refused */
    static Decision decide(Sitting state, CentreState centre, ScheduleSession command, Instant now) {
        if (state instanceof Planned) {
            return Accepted.nothing();
        }
        if (!centre.open()) {
            return new Refused(Refusal.UNKNOWN_CENTRE);
        }
        if (command.plannedDate().isBefore(ParisDays.of(now))) {
            return new Refused(Refusal.DATE_IN_PAST);
        }
        ExamRules rules = ExamRules.inForceOn(command.plannedDate());
        return new Accepted(new SessionScheduled(
                command.session(),
                command.number(),
                command.centre(),
                command.plannedDate(),
                HOURS_AND_MINUTES.format(command.plannedTime()),
                command.room(),
                command.invigilators(),
                command.accessCode(),
                command.invigilatorCodeMac(),
                rules.effectiveTime().toMillis(),
                rules.slot().toMillis()));
    }

    /**
     * @param now not used: candidates are enrolled until the session is finalised
     * @return a code of the candidates' row when refused
     */
    static Decision decide(Sitting state, EnrolCandidate command, Instant now) {
        return switch (state) {
            case Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
            case Planned session when session.candidates().containsKey(command.candidate()) -> Accepted.nothing();
            case Planned session when session.isClosed() -> new Refused(Refusal.SESSION_FINALISED);
            case Planned session
            when session.candidates().size() >= MOST_CANDIDATES -> new Refused(Refusal.SESSION_FULL);
            case Planned session
            when session.candidateOf(command.learner()).isPresent() -> new Refused(Refusal.ALREADY_CANDIDATE);
            case Planned session -> enrol(session, command);
        };
    }

    private static Decision enrol(Planned session, EnrolCandidate command) {
        int most = ExamRules.inForceOn(session.facts().plannedDate()).greatestExtraTimePercent();
        if (command.extraTimePercent() < 0 || command.extraTimePercent() > most) {
            return new Refused(Refusal.EXTRA_TIME_RANGE);
        }
        if (command.identity().birthPlace().isBlank()) {
            return new Refused(Refusal.BIRTH_PLACE_MISSING);
        }
        return new Accepted(new CandidateEnrolled(
                command.session(),
                command.candidate(),
                command.learner(),
                command.extraTimePercent(),
                Personal.of(command.learner().value(), command.identity())));
    }

    /**
     * @param exams state of the exam of every candidate
     * @param now   not used: a session is closed at any time
     * @return {@code no-candidate}, {@code exam-in-progress} or {@code presence-unstated} with the candidates, or
     *     {@code comment-too-long} when refused
     */
    static Decision decide(Sitting state, Map<ExamId, ExamState> exams, FinaliseSession command, Instant now) {
        return switch (state) {
            case Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
            case Planned session when session.isClosed() -> Accepted.nothing();
            case Planned session when session.candidates().isEmpty() -> new Refused(Refusal.NO_CANDIDATE);
            case Planned session -> finalise(session, exams, command);
        };
    }

    private static Decision finalise(Planned session, Map<ExamId, ExamState> exams, FinaliseSession command) {
        List<String> running = candidates(session, exams, ExamState.Running.class::isInstance);
        if (!running.isEmpty()) {
            return new Refused(Refusal.EXAM_IN_PROGRESS, "candidates", running);
        }
        List<String> unstated = candidates(session, exams, ExamState.NotStarted.class::isInstance).stream()
                .filter(candidate -> !command.absent().contains(CandidateId.of(candidate)))
                .toList();
        if (!unstated.isEmpty()) {
            return new Refused(Refusal.PRESENCE_UNSTATED, "candidates", unstated);
        }
        FinaliseSession.Comment comment = command.comment();
        if (comment != null && comment.text().codePointCount(0, comment.text().length()) > LONGEST_COMMENT) {
            return new Refused(Refusal.COMMENT_TOO_LONG);
        }
        List<CandidatePresence> presences = session.candidates().sequencedKeySet().stream()
                .map(candidate -> examOf(session, exams, candidate) instanceof ExamState.Ended ended
                        ? new CandidatePresence(candidate, true, ended.ended().reason())
                        : new CandidatePresence(candidate, false, null))
                .toList();
        return new Accepted(new SessionFinalised(
                command.session(),
                presences,
                command.incident(),
                comment == null ? null : Personal.of(comment.author().value(), new SessionComment(comment.text()))));
    }

    private static List<String> candidates(Planned session, Map<ExamId, ExamState> exams, Predicate<ExamState> wanted) {
        return session.candidates().sequencedKeySet().stream()
                .filter(candidate -> wanted.test(examOf(session, exams, candidate)))
                .map(CandidateId::toString)
                .toList();
    }

    private static ExamState examOf(Planned session, Map<ExamId, ExamState> exams, CandidateId candidate) {
        return exams.getOrDefault(
                StreamIds.exam(session.facts().session(), candidate), ExamState.NotStarted.NOBODY_SEEN);
    }

    /**
     * @param exams state of the exam of every candidate
     * @return {@code session-not-finalised}, {@code exam-in-error} with the exams, or {@code blocking-issue} with the issues
     *     when refused
     */
    static Decision decide(Sitting state, Map<ExamId, ExamState> exams, PublishSession command, Instant now) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        return switch (session.phase()) {
            case OPEN -> new Refused(Refusal.SESSION_NOT_FINALISED);
            case PUBLISHED -> Accepted.nothing();
            case FINALISED -> publish(session, exams, command, now);
        };
    }

    private static Decision publish(
            Planned session, Map<ExamId, ExamState> exams, PublishSession command, Instant now) {
        List<String> inError = new ArrayList<>();
        List<PublishedExam> official = new ArrayList<>();
        for (CandidateId candidate : session.candidates().sequencedKeySet()) {
            ExamId exam = StreamIds.exam(session.facts().session(), candidate);
            switch (examOf(session, exams, candidate)) {
                case ExamState.NotStarted _ -> {} // Did not come: no result.
                case ExamState.Running _ -> inError.add(exam.toString());
                case ExamState.Ended ended ->
                    ended.scored()
                            .filter(scored -> scored.outcome() != ExamOutcome.ERROR)
                            .ifPresentOrElse(
                                    scored -> official.add(new PublishedExam(exam, scored.scoring())),
                                    () -> inError.add(exam.toString()));
            }
        }
        if (!inError.isEmpty()) {
            return new Refused(Refusal.EXAM_IN_ERROR, "exams", inError);
        }
        if (command.inBulk() && !session.dossier().isWithoutProblem()) {
            return new Refused(Refusal.BLOCKING_ISSUE, "issues", JuryDecider.blocking(session));
        }
        return new Accepted(
                new SessionPublished(session.facts().session(), now, ParisDays.of(now), List.copyOf(official)));
    }
}

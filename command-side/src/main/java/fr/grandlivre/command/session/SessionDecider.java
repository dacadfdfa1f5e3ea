package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.SessionCommand.CorrectCandidate;
import fr.grandlivre.command.session.SessionCommand.DrawInvigilatorCode;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.NameInvigilators;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.WithdrawCandidate;
import fr.grandlivre.command.session.SessionState.Candidate;
import fr.grandlivre.command.session.SessionState.CentreState;
import fr.grandlivre.command.session.SessionState.Phase;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.command.session.SessionState.Unplanned;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.SessionComment;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.IssueCategory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Decides what happens to centres and sessions. Pure. */
final class SessionDecider {
    /** Longest comment of a centre, code points. */
    static final int LONGEST_COMMENT = 500;

    /** Most candidates of one session (domain rules, session). */
    static final int MOST_CANDIDATES = 200;

    /** Farthest day that a session is planned for, in years from today: a slip of the pen, not a plan, lies beyond. */
    static final int MOST_YEARS_AHEAD = 2;

    private static final DateTimeFormatter HOURS_AND_MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private SessionDecider() {}

    /**
     * @param held the centre that the establishment has; empty when it has none
     * @param now  not used by today's rules of centres
     * @return the attachment first, the opening last; {@code centre-exists} when refused
     */
    static Decision decide(CentreState state, Optional<CentreId> held, OpenCentre command, Instant now) {
        if (state.open()) {
            return Accepted.nothing();
        }
        if (held.isPresent()) {
            return new Refused(Refusal.CENTRE_EXISTS);
        }
        CentreOpened opened = new CentreOpened(command.centre(), command.name(), command.uai());
        return command.uai() == null
                ? new Accepted(opened)
                : new Accepted(new CentreAttached(command.uai(), command.centre()), opened);
    }

    /**
     * @param owner the session that has the number; empty while it is free
     * @return the number first, the session last; {@code unknown-centre}, {@code date-in-past}, {@code date-too-far}
     *     or {@code number-taken} when refused
     */
    static Decision decide(
            Sitting state, CentreState centre, Optional<SessionId> owner, ScheduleSession command, Instant now) {
        if (state instanceof Planned) {
            return Accepted.nothing();
        }
        if (!centre.open()) {
            return new Refused(Refusal.UNKNOWN_CENTRE);
        }
        Optional<Refusal> unfit = unfit(command.plannedDate(), now);
        if (unfit.isPresent()) {
            return new Refused(unfit.get());
        }
        if (owner.isPresent()) {
            return new Refused(Refusal.NUMBER_TAKEN);
        }
        ExamRules rules = ExamRules.inForceOn(command.plannedDate());
        return new Accepted(
                new SessionNumberReserved(command.number(), command.session()),
                new SessionScheduled(
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
     * @param exams state of the exam of every candidate
     * @return {@code date-in-past}, {@code date-too-far}, {@code session-finalised} or {@code exam-already-started} when
     *     refused
     */
    static Decision decide(Sitting state, Map<ExamId, ExamState> exams, RescheduleSession command, Instant now) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        SessionScheduled facts = session.facts();
        String time = HOURS_AND_MINUTES.format(command.plannedTime());
        if (facts.plannedDate().equals(command.plannedDate())
                && facts.plannedTime().equals(time)
                && facts.room().equals(command.room())) {
            return Accepted.nothing();
        }
        Optional<Refusal> unfit = unfit(command.plannedDate(), now);
        if (unfit.isPresent()) {
            return new Refused(unfit.get());
        }
        if (session.isClosed()) {
            return new Refused(Refusal.SESSION_FINALISED);
        }
        if (!exams.values().stream().allMatch(NotStarted.class::isInstance)) {
            return new Refused(Refusal.EXAM_ALREADY_STARTED);
        }
        return new Accepted(new SessionRescheduled(
                command.session(),
                facts.plannedDate(),
                facts.plannedTime(),
                facts.room(),
                command.plannedDate(),
                time,
                command.room(),
                command.reason()));
    }

    private static Optional<Refusal> unfit(LocalDate planned, Instant now) {
        LocalDate today = ParisDays.of(now);
        if (planned.isBefore(today)) {
            return Optional.of(Refusal.DATE_IN_PAST);
        }
        return planned.isAfter(today.plusYears(MOST_YEARS_AHEAD))
                ? Optional.of(Refusal.DATE_TOO_FAR)
                : Optional.empty();
    }

    /**
     * @param now not used: people may be named until the session is finalised
     * @return {@code session-finalised} when refused
     */
    static Decision decide(Sitting state, NameInvigilators command, Instant now) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        if (Set.copyOf(session.facts().invigilators()).equals(Set.copyOf(command.invigilators()))) {
            return Accepted.nothing();
        }
        if (session.isClosed()) {
            return new Refused(Refusal.SESSION_FINALISED);
        }
        return new Accepted(new InvigilatorsNamed(command.session(), command.invigilators()));
    }

    /**
     * @param now not used: a code may be drawn until the session is finalised
     * @return {@code session-finalised} when refused
     */
    static Decision decide(Sitting state, DrawInvigilatorCode command, Instant now) {
        return switch (state) {
            case Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
            case Planned session
            when session.facts().invigilatorCodeMac().equals(command.invigilatorCodeMac()) -> Accepted.nothing();
            case Planned session when session.isClosed() -> new Refused(Refusal.SESSION_FINALISED);
            case Planned _ -> new Accepted(new InvigilatorCodeDrawn(command.session(), command.invigilatorCodeMac()));
        };
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
        return unfit(session, command.extraTimePercent(), command.identity())
                .<Decision>map(Refused::new)
                .orElseGet(() -> new Accepted(new CandidateEnrolled(
                        command.session(),
                        command.candidate(),
                        command.learner(),
                        command.extraTimePercent(),
                        Personal.of(command.learner().value(), command.identity()))));
    }

    private static Optional<Refusal> unfit(Planned session, int extraTimePercent, CandidateIdentity identity) {
        int most = ExamRules.inForceOn(session.facts().plannedDate()).greatestExtraTimePercent();
        if (extraTimePercent < 0 || extraTimePercent > most) {
            return Optional.of(Refusal.EXTRA_TIME_RANGE);
        }
        return identity.birthPlace().isBlank() ? Optional.of(Refusal.BIRTH_PLACE_MISSING) : Optional.empty();
    }

    /** @return every candidate's event; the first refusal, with its {@code index} from 0, refuses all */
    static Decision decide(Sitting state, EnrolCandidates command, Instant now) {
        Sitting after = state;
        List<LedgerEvent> events = new ArrayList<>();
        for (int index = 0; index < command.candidates().size(); index++) {
            switch (decide(after, command.candidates().get(index), now)) {
                case Refused(var code, var _) -> {
                    return new Refused(code, "index", index);
                }
                case Accepted(var enrolled) -> {
                    for (LedgerEvent event : enrolled) {
                        after = after.evolve((SessionEvent) event);
                    }
                    events.addAll(enrolled);
                }
            }
        }
        return new Accepted(events);
    }

    /**
     * @param now not used: candidates are corrected until their exam starts
     * @return a code of the candidates' row when refused
     */
    static Decision decide(Sitting state, ExamState exam, CorrectCandidate command, Instant now) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        Candidate known = session.candidates().get(command.candidate());
        if (known == null) {
            return new Refused(Refusal.UNKNOWN_CANDIDATE);
        }
        if (known.identity().isEmpty()) {
            return new Refused(Refusal.ERASED_ACCOUNT);
        }
        Candidate right = new Candidate(known.learner(), command.extraTimePercent(), Optional.of(command.identity()));
        if (known.equals(right)) {
            return Accepted.nothing();
        }
        if (session.isClosed()) {
            return new Refused(Refusal.SESSION_FINALISED);
        }
        Optional<Refusal> unfit = unfit(session, command.extraTimePercent(), command.identity());
        if (unfit.isPresent()) {
            return new Refused(unfit.get());
        }
        return exam instanceof NotStarted
                ? new Accepted(new CandidateCorrected(
                        command.session(),
                        command.candidate(),
                        known.learner(),
                        command.extraTimePercent(),
                        Personal.of(known.learner().value(), command.identity())))
                : new Refused(Refusal.EXAM_ALREADY_STARTED);
    }

    /**
     * @param now not used: candidates are withdrawn until their exam starts
     * @return {@code unknown-candidate}, {@code session-finalised} or {@code exam-already-started} when refused
     */
    static Decision decide(Sitting state, ExamState exam, WithdrawCandidate command, Instant now) {
        return switch (state) {
            case Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
            case Planned session when session.withdrawn().contains(command.candidate()) -> Accepted.nothing();
            case Planned session
            when !session.candidates().containsKey(command.candidate()) -> new Refused(Refusal.UNKNOWN_CANDIDATE);
            case Planned session when session.isClosed() -> new Refused(Refusal.SESSION_FINALISED);
            case Planned _ when !(exam instanceof NotStarted) -> new Refused(Refusal.EXAM_ALREADY_STARTED);
            case Planned _ -> new Accepted(new CandidateWithdrawn(command.session(), command.candidate()));
        };
    }

    /**
     * @param exam of the candidate; not started when the issue concerns nobody
     * @param now  not used: issues are reported until results are published
     * @return {@code unknown-candidate} or a code of the issues' row when refused
     */
    static Decision decide(Sitting state, ExamState exam, ReportIssue command, Instant now) {
        return switch (state) {
            case Unplanned _ -> new Refused(Refusal.UNKNOWN_SESSION);
            case Planned session when session.dossier().issues().containsKey(command.issue()) -> Accepted.nothing();
            case Planned session ->
                refusal(session, exam, command)
                        .<Decision>map(Refused::new)
                        .orElseGet(() -> new Accepted(reported(session, command)));
        };
    }

    private static Optional<Refusal> refusal(Planned session, ExamState exam, ReportIssue command) {
        Optional<IssueCategory> known =
                IssueCategory.of(command.category()).filter(category -> category.state() != IssueCategory.State.GROUP);
        if (known.isEmpty()) {
            return Optional.of(Refusal.CATEGORY_UNKNOWN);
        }
        IssueCategory category = known.get();
        if (category.state() == IssueCategory.State.DEPRECATED) {
            return Optional.of(Refusal.CATEGORY_DEPRECATED);
        }
        CandidateId candidate = command.candidate();
        if (candidate == null
                ? category.scope() != IssueCategory.Scope.SESSION
                : !session.candidates().containsKey(candidate)) {
            return Optional.of(Refusal.UNKNOWN_CANDIDATE);
        }
        Integer number = command.number();
        if (number == null && category.requires() == IssueCategory.Requires.QUESTION_NUMBER) {
            return Optional.of(Refusal.QUESTION_REQUIRED);
        }
        if (number != null && (number < 1 || number > exam.asked())) {
            return Optional.of(Refusal.UNKNOWN_QUESTION);
        }
        return session.phase() == Phase.PUBLISHED ? Optional.of(Refusal.SESSION_PUBLISHED) : Optional.empty();
    }

    private static IssueReported reported(Planned session, ReportIssue command) {
        Candidate concerned =
                command.candidate() == null ? null : session.candidates().get(command.candidate());
        UUID key = concerned == null
                ? command.reporter().value()
                : concerned.learner().value();
        return new IssueReported(
                command.session(),
                command.issue(),
                command.candidate(),
                command.category(),
                command.number(),
                command.description() == null ? null : Personal.of(key, new IssueDescription(command.description())));
    }

    /**
     * @param exams state of the exam of every candidate
     * @param now   not used: a session is closed at any time
     * @return {@code no-candidate}; {@code exam-in-progress} (somebody has questions left), {@code absent-unknown},
     *     {@code candidate-present} (stated absent) or {@code presence-unstated} with the candidates, or
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
        List<String> running =
                candidates(session, exams, exam -> exam instanceof ExamState.Running sitting && !sitting.isCompleted());
        if (!running.isEmpty()) {
            return new Refused(Refusal.EXAM_IN_PROGRESS, "candidates", running);
        }
        List<String> unknown = command.absent().stream()
                .filter(absent -> !session.candidates().containsKey(absent))
                .map(CandidateId::toString)
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            return new Refused(Refusal.ABSENT_UNKNOWN, "candidates", unknown);
        }
        List<String> there = candidates(session, exams, ExamState::present).stream()
                .filter(candidate -> command.absent().contains(CandidateId.of(candidate)))
                .toList();
        if (!there.isEmpty()) {
            return new Refused(Refusal.CANDIDATE_PRESENT, "candidates", there);
        }
        List<String> unstated = candidates(session, exams, exam -> !exam.present()).stream()
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
                .map(candidate -> presence(candidate, examOf(session, exams, candidate)))
                .toList();
        return new Accepted(new SessionFinalised(
                command.session(),
                presences,
                command.incident(),
                comment == null ? null : Personal.of(comment.author().value(), new SessionComment(comment.text()))));
    }

    private static CandidatePresence presence(CandidateId candidate, ExamState exam) {
        return exam instanceof ExamState.Ended ended
                ? new CandidatePresence(candidate, true, ended.ended().reason())
                : new CandidatePresence(candidate, exam.present(), null);
    }

    private static List<String> candidates(Planned session, Map<ExamId, ExamState> exams, Predicate<ExamState> wanted) {
        return session.candidates().sequencedKeySet().stream()
                .filter(candidate -> wanted.test(examOf(session, exams, candidate)))
                .map(CandidateId::toString)
                .toList();
    }

    private static ExamState examOf(Planned session, Map<ExamId, ExamState> exams, CandidateId candidate) {
        return exams.getOrDefault(StreamIds.exam(session.facts().session(), candidate), NotStarted.NOBODY_SEEN);
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
                case NotStarted _ -> {} // Did not come: no result.
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

package fr.grandlivre.command.session;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.ExamState.Ended;
import fr.grandlivre.command.session.ExamState.NotStarted;
import fr.grandlivre.command.session.ExamState.Running;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnterExam;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.InvigilatorAct;
import fr.grandlivre.command.session.SessionCommand.JoinExam;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.command.session.SessionCommand.WithdrawAdmission;
import fr.grandlivre.command.session.SessionState.Candidate;
import fr.grandlivre.command.session.SessionState.Planned;
import fr.grandlivre.command.session.SessionState.Sitting;
import fr.grandlivre.command.session.SessionState.SlotState;
import fr.grandlivre.command.session.SessionState.Unplanned;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.AdmissionWithdrawn;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Grading.Graded;
import fr.grandlivre.rules.evaluation.Grading.Misshapen;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.evaluation.ShapeProblem;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.Certifiability;
import fr.grandlivre.rules.session.Composition;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamTime;
import fr.grandlivre.rules.verification.PersonName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what happens in one exam. Pure. */
final class ExamDecider {
    private ExamDecider() {}

    /**
     * @param now not used: presence and admission have no time of their own
     * @return a code of the row of presence and admission when refused
     */
    static Decision decide(Sitting state, ExamState exam, InvigilatorAct act, Instant now) {
        if (!(state instanceof Planned session)) {
            return new Refused(Refusal.UNKNOWN_SESSION);
        }
        if (!session.facts().invigilatorCodeMac().equals(act.invigilatorCodeMac())) {
            return new Refused(Refusal.WRONG_INVIGILATOR_CODE);
        }
        if (session.isClosed()) {
            return new Refused(Refusal.SESSION_FINALISED);
        }
        if (!session.candidates().containsKey(act.candidate())) {
            return new Refused(Refusal.UNKNOWN_CANDIDATE);
        }
        return switch (act) {
            case ConfirmPresence confirm -> confirm(exam, confirm);
            case GrantAdmission grant -> admit(exam, grant);
            case WithdrawAdmission withdraw -> sendAway(exam, withdraw);
        };
    }

    private static Decision confirm(ExamState exam, ConfirmPresence confirm) {
        return switch (exam) {
            case NotStarted(var present, var _)
            when !present ->
                new Accepted(new PresenceConfirmed(confirm.exam(), confirm.session(), confirm.candidate()));
            case NotStarted _, Running _ -> Accepted.nothing();
            case Ended _ -> new Refused(Refusal.EXAM_ENDED);
        };
    }

    private static Decision admit(ExamState exam, GrantAdmission grant) {
        return switch (exam) {
            case NotStarted(var present, var _) when !present -> new Refused(Refusal.NOT_PRESENT);
            case NotStarted(var _, var admitted) when admitted -> Accepted.nothing();
            case Running running when running.admitted() -> Accepted.nothing();
            case NotStarted _, Running _ ->
                new Accepted(new AdmissionGranted(grant.exam(), grant.session(), grant.candidate()));
            case Ended _ -> new Refused(Refusal.EXAM_ENDED);
        };
    }

    private static Decision sendAway(ExamState exam, WithdrawAdmission withdraw) {
        return switch (exam) {
            case NotStarted(var _, var admitted) when !admitted -> Accepted.nothing();
            case Running running when !running.admitted() -> Accepted.nothing();
            case NotStarted _, Running _ ->
                new Accepted(new AdmissionWithdrawn(withdraw.exam(), withdraw.session(), withdraw.candidate()));
            case Ended _ -> new Refused(Refusal.EXAM_ENDED);
        };
    }

    /**
     * Checks the conditions of a start in their order; the first that fails answers.
     *
     * @param exam      of the learner's candidacy in the session
     * @param profile   of who sits the exam, folded as of now
     * @param withdrawn challenges of the version in force that are no longer asked
     * @return the slot taken first, the exam started last; a code of the start's row when refused
     */
    static Decision decide(
            Sitting state,
            ExamState exam,
            SlotState slot,
            StartExam command,
            LearnerProfile profile,
            Frameworks frameworks,
            Set<ChallengeId> withdrawn,
            Instant now) {
        Optional<Refused> closed = closed(state, exam, command, now);
        Optional<CandidateId> joined = joined(state, command);
        if (closed.isPresent() || joined.isEmpty() || !(state instanceof Planned session)) {
            return closed.orElseThrow();
        }
        if (slot.running().isPresent()) {
            return alreadyRunning(slot.running().get());
        }
        if (!(exam instanceof NotStarted(var _, var admitted)) || !admitted) {
            return new Refused(Refusal.NOT_ADMITTED);
        }
        ExamRules rules = ExamRules.inForce(now);
        Certifiability certifiability = profile.certifiability(rules);
        if (!certifiability.certifiable()) {
            return notCertifiable(certifiability, profile.position());
        }
        return compose(session, joined.get(), rules, frameworks.inForce(now), profile, withdrawn, now);
    }

    /**
     * Checks the conditions of a further entry in the same order.
     *
     * @param exam of the learner's candidacy in the session
     * @return the next entry; a code of the start's row up to {@code not-admitted}, or {@code exam-not-started}, when refused
     */
    static Decision decide(Sitting state, ExamState exam, SlotState slot, EnterExam command, Instant now) {
        Optional<Refused> closed = closed(state, exam, command, now);
        if (closed.isPresent()) {
            return closed.get();
        }
        if (!(exam instanceof Running running)) {
            return slot.running()
                    .<Decision>map(ExamDecider::alreadyRunning)
                    .orElseGet(() -> new Refused(Refusal.EXAM_NOT_STARTED));
        }
        ExamStarted started = running.started();
        return running.admitted()
                ? new Accepted(new ExamEntered(started.exam(), started.entry() + 1))
                : new Refused(Refusal.NOT_ADMITTED);
    }

    private static Refused alreadyRunning(ExamId exam) {
        return new Refused(Refusal.EXAM_ALREADY_RUNNING, "exam", exam.toString());
    }

    /** The conditions that every entry shares, in their order; empty when all hold. */
    private static Optional<Refused> closed(Sitting state, ExamState exam, JoinExam command, Instant now) {
        if (joined(state, command).isEmpty() || !(state instanceof Planned session)) {
            return Optional.of(new Refused(Refusal.JOIN_REFUSED));
        }
        if (session.isClosed()) {
            return Optional.of(new Refused(Refusal.SESSION_FINALISED));
        }
        LocalDate planned = session.facts().plannedDate();
        if (!ParisDays.of(now).equals(planned)) {
            return Optional.of(new Refused(Refusal.NOT_TODAY, "plannedDate", planned.toString()));
        }
        return exam instanceof Ended ? Optional.of(new Refused(Refusal.EXAM_ENDED)) : Optional.empty();
    }

    /** One answer for all that may be wrong, so that the form is no oracle. */
    private static Optional<CandidateId> joined(Sitting state, JoinExam command) {
        return switch (state) {
            case Unplanned _ -> Optional.empty();
            case Planned session when !session.facts().accessCode().equals(command.accessCode()) -> Optional.empty();
            case Planned session ->
                session.candidateOf(command.learner())
                        .filter(candidate -> Optional.ofNullable(
                                        session.candidates().get(candidate))
                                .flatMap(Candidate::identity)
                                .filter(identity -> isSame(identity, command))
                                .isPresent());
        };
    }

    private static boolean isSame(CandidateIdentity identity, JoinExam typed) {
        return PersonName.areSame(identity.firstName(), typed.firstName())
                && PersonName.areSame(identity.lastName(), typed.lastName())
                && identity.birthDate().equals(typed.birthDate());
    }

    private static Refused notCertifiable(Certifiability certifiability, long position) {
        return new Refused(
                Refusal.NOT_CERTIFIABLE,
                Map.of(
                        "needed",
                        certifiability.needed(),
                        "missing",
                        certifiability.missing().stream().map(Object::toString).toList(),
                        "position",
                        position));
    }

    private static Decision compose(
            Planned session,
            CandidateId candidate,
            ExamRules rules,
            Framework framework,
            LearnerProfile profile,
            Set<ChallengeId> withdrawn,
            Instant now) {
        Candidate candidacy = session.candidates().get(candidate);
        ExamId exam = StreamIds.exam(session.facts().session(), candidate);
        List<Question> questions = Composition.of(exam, rules, framework, profile.knowledge(), withdrawn);
        if (questions.isEmpty() || candidacy == null) {
            return new Refused(Refusal.NOTHING_TO_ASK);
        }
        return new Accepted(
                new ExamSlotTaken(profile.learner(), exam),
                new ExamStarted(
                        exam,
                        session.facts().session(),
                        candidate,
                        profile.learner(),
                        now,
                        ExamTime.endsAt(rules, now, candidacy.extraTimePercent()),
                        candidacy.extraTimePercent(),
                        framework.version(),
                        rules.version(),
                        profile.position(),
                        profile.certifiable(rules),
                        questions,
                        1));
    }

    /**
     * @param now not used: an answer counts when it was received
     * @return a code of the answers' row when refused
     */
    static Decision decide(ExamState exam, RecordExamAnswer command, Frameworks frameworks, Instant now) {
        Instant at = command.receivedAt().truncatedTo(ChronoUnit.MILLIS);
        Optional<Refused> refusal = SittingDecider.refusal(exam, command.entry(), command.number(), at);
        return refusal.isPresent() || !(exam instanceof Running running)
                ? refusal.orElseThrow()
                : answer(running, command, frameworks, at);
    }

    private static Decision answer(Running running, RecordExamAnswer command, Frameworks frameworks, Instant at) {
        ExamStarted started = running.started();
        Question question = started.questions().get(command.number() - 1);
        Challenge challenge = frameworks
                .of(started.framework())
                .challenge(question.challenge())
                .orElseThrow();
        // Whoever never opened a timed question had it since it was due: not opening it gains no time, unless to pass.
        boolean unseen = running.timer().isEmpty() && command.response() instanceof Response.Skipped;
        Instant since = unseen ? at : running.timer().orElse(running.lastAt());
        return switch (Grading.grade(challenge, command.response(), since, at)) {
            case Misshapen(var problems) ->
                new Refused(
                        Refusal.ANSWER_SHAPE,
                        "problems",
                        problems.stream().map(ShapeProblem::code).toList());
            case Graded(var outcome) ->
                new Accepted(new ExamAnswerRecorded(
                        command.exam(),
                        command.number(),
                        question.challenge(),
                        outcome,
                        challenge.focus() ? command.focusedOut() : null,
                        Math.max(0, Duration.between(running.lastAt(), at).toMillis()),
                        at,
                        command.response() instanceof Response.Chosen chosen ? chosen.ascending() : null,
                        command.response() instanceof Response.Typed(var fields)
                                ? Personal.of(started.learner().value(), new GivenAnswer(fields))
                                : null));
        };
    }

    /** @return the slot released first, the exam ended last; {@code exam-not-started} when refused */
    static Decision decide(ExamState exam, EndExam command, Instant now) {
        return switch (exam) {
            case NotStarted _ -> new Refused(Refusal.EXAM_NOT_STARTED);
            case Ended _ -> Accepted.nothing();
            case Running running -> end(running, command, now);
        };
    }

    private static Decision end(Running running, EndExam command, Instant now) {
        ExamStarted started = running.started();
        EndReason reason = switch (command.reason()) {
            case COMPLETED, CANDIDATE -> running.isCompleted() ? EndReason.COMPLETED : EndReason.CANDIDATE;
            case SESSION_FINALISED -> running.isCompleted() ? EndReason.COMPLETED : EndReason.SESSION_FINALISED;
            case TIME, TECHNICAL, INVIGILATOR -> command.reason();
        };
        // Whoever notices the end late does not prolong the exam.
        Instant endedAt = now.isAfter(running.endsAt()) ? running.endsAt() : now;
        return new Accepted(
                new ExamSlotReleased(started.learner(), command.exam()),
                new ExamEnded(
                        command.exam(), endedAt, reason, running.outcomes().size()));
    }
}

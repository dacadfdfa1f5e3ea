package fr.grandlivre.events.session;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens in certification centres and sessions. Streams: centre; an
 * establishment's centre; session; a session's number; exam; a learner's exam slot.
 */
public sealed interface SessionEvent extends LedgerEvent {
    /**
     * A certification centre opens.
     *
     * @param centre its id
     * @param name   as certificates print it
     * @param uai    the establishment that holds it; absent for others
     */
    @EventType(name = "session.centre-opened", version = 1)
    record CentreOpened(
            CentreId centre, String name, @Nullable Uai uai) implements SessionEvent {}

    /**
     * A session is planned.
     *
     * @param session            its id
     * @param number             what people call it by, unique in the ledger
     * @param centre             where
     * @param plannedDate        day
     * @param plannedTime        {@code HH:mm}, Europe/Paris
     * @param room               as written on the door
     * @param invigilators       accounts that may watch over it
     * @param accessCode         4 letters and 2 digits, read out in the room
     * @param invigilatorCodeMac HMAC-SHA-256 of the invigilators' code, base64url
     * @param effectiveMs        time a candidate has without extra time, milliseconds
     * @param slotMs             time the room is taken, milliseconds
     */
    @EventType(name = "session.scheduled", version = 1)
    record SessionScheduled(
            SessionId session,
            int number,
            CentreId centre,
            LocalDate plannedDate,
            String plannedTime,
            String room,
            List<AccountId> invigilators,
            String accessCode,
            String invigilatorCodeMac,
            long effectiveMs,
            long slotMs)
            implements SessionEvent {}

    /**
     * A learner is a candidate of a session.
     *
     * @param session          which
     * @param candidate        the candidacy
     * @param learner          who
     * @param extraTimePercent 0..100
     * @param sealed           identity as the certificate will print it
     */
    @EventType(name = "session.candidate-enrolled", version = 1)
    record CandidateEnrolled(
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            int extraTimePercent,
            Personal<CandidateIdentity> sealed)
            implements SessionEvent {}

    /** A learner's one place in a running exam is taken. */
    @EventType(name = "session.exam-slot-taken", version = 1)
    record ExamSlotTaken(LearnerId learner, ExamId exam) implements SessionEvent {}

    /** A learner may sit another exam. */
    @EventType(name = "session.exam-slot-released", version = 1)
    record ExamSlotReleased(LearnerId learner, ExamId exam) implements SessionEvent {}

    /** An invigilator saw the candidate. */
    @EventType(name = "session.presence-confirmed", version = 1)
    record PresenceConfirmed(ExamId exam, SessionId session, CandidateId candidate) implements SessionEvent {}

    /** An invigilator lets the candidate in, once. */
    @EventType(name = "session.admission-granted", version = 1)
    record AdmissionGranted(ExamId exam, SessionId session, CandidateId candidate) implements SessionEvent {}

    /**
     * A candidate's clock starts; what will be asked is frozen.
     *
     * @param exam             the sitting
     * @param session          in which session
     * @param candidate        which candidacy
     * @param learner          who
     * @param startedAt        server's clock
     * @param endsAt           last instant at which an answer counts
     * @param extraTimePercent 0..100, already in {@code endsAt}
     * @param framework        version in force on the exam day
     * @param rules            scoring rules in force on the exam day
     * @param profilePosition  ledger position up to which the profile was folded
     * @param certifiable      what the learner may be certified in
     * @param questions        in the order in which they are asked; 1..48
     * @param entry            1
     */
    @EventType(name = "session.exam-started", version = 1)
    record ExamStarted(
            ExamId exam,
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            Instant startedAt,
            Instant endsAt,
            int extraTimePercent,
            FrameworkVersion framework,
            RulesVersion rules,
            long profilePosition,
            List<CertifiableCompetence> certifiable,
            List<Question> questions,
            int entry)
            implements SessionEvent {}

    /**
     * A candidate answered a question.
     *
     * @param exam       the sitting
     * @param number     of the question, from 1
     * @param challenge  which was asked
     * @param outcome    what became of it
     * @param focusedOut true when the candidate left the page; absent where nobody watched
     * @param elapsedMs  since the previous question, server's clock
     * @param receivedAt when the whole request was read
     * @param choices    indexes of the chosen options, ascending from 0; absent for text challenges and skips
     * @param sealed     text typed; absent for choices and skips
     */
    @EventType(name = "session.exam-answer-recorded", version = 1)
    record ExamAnswerRecorded(
            ExamId exam,
            int number,
            ChallengeId challenge,
            Outcome outcome,
            @Nullable Boolean focusedOut,
            long elapsedMs,
            Instant receivedAt,
            @Nullable List<Integer> choices,
            @Nullable Personal<GivenAnswer> sealed)
            implements SessionEvent {}

    /**
     * A candidate's sitting is over.
     *
     * @param exam     the sitting
     * @param endedAt  when
     * @param reason   why
     * @param answered number of answers recorded
     */
    @EventType(name = "session.exam-ended", version = 1)
    record ExamEnded(ExamId exam, Instant endedAt, EndReason reason, int answered) implements SessionEvent {}

    /**
     * The centre closes a session and hands it to the jury.
     *
     * @param session    which
     * @param candidates presence and end of each
     * @param incident   whether the centre reports one
     * @param sealed     comment for the jury, sealed with its author's key; absent when there is none
     */
    @EventType(name = "session.finalised", version = 1)
    record SessionFinalised(
            SessionId session,
            List<CandidatePresence> candidates,
            boolean incident,
            @Nullable Personal<SessionComment> sealed)
            implements SessionEvent {}

    /**
     * An exam has a result.
     *
     * @param exam        the sitting
     * @param scoring     number of this scoring, from 1
     * @param framework   version of the exam day
     * @param rules       scoring rules of the exam day
     * @param asked       questions asked
     * @param neutralised questions that no longer count
     * @param correct     right answers among the others
     * @param ratePercent reproducibility rate, 0..100
     * @param competences result of each tested competence, by code
     * @param totalPix    total of the certified competences
     * @param outcome     what the exam is worth
     * @param cause       why it is not validated; absent when it is
     */
    @EventType(name = "session.exam-scored", version = 1)
    record ExamScored(
            ExamId exam,
            int scoring,
            FrameworkVersion framework,
            RulesVersion rules,
            int asked,
            int neutralised,
            int correct,
            int ratePercent,
            List<ScoredCompetence> competences,
            Pix totalPix,
            ExamOutcome outcome,
            @Nullable String cause)
            implements SessionEvent {}

    /**
     * The results of a session are official.
     *
     * @param session       which
     * @param publishedAt   when
     * @param deliveredDate that day, Europe/Paris
     * @param exams         the scorings that became official
     */
    @EventType(name = "session.published", version = 1)
    record SessionPublished(SessionId session, Instant publishedAt, LocalDate deliveredDate, List<PublishedExam> exams)
            implements SessionEvent {}

    /**
     * A session has its number, for ever. Sequence 0 of the number's own stream makes it unique.
     *
     * @param number  what people call the session by
     * @param session which
     */
    @EventType(name = "session.number-reserved", version = 1)
    record SessionNumberReserved(int number, SessionId session) implements SessionEvent {}

    /**
     * An establishment has its certification centre. Sequence 0 of the establishment's own stream makes it the only one.
     *
     * @param uai    the establishment
     * @param centre which
     */
    @EventType(name = "session.centre-attached", version = 1)
    record CentreAttached(Uai uai, CentreId centre) implements SessionEvent {}

    /**
     * A session takes place at another time or in another room; what was planned before stays readable.
     *
     * @param session  which
     * @param fromDate day until now
     * @param fromTime {@code HH:mm} until now, Europe/Paris
     * @param fromRoom room until now
     * @param toDate   day from now on
     * @param toTime   {@code HH:mm} from now on, Europe/Paris
     * @param toRoom   room from now on
     * @param reason   1..500 characters
     */
    @EventType(name = "session.rescheduled", version = 1)
    record SessionRescheduled(
            SessionId session,
            LocalDate fromDate,
            String fromTime,
            String fromRoom,
            LocalDate toDate,
            String toTime,
            String toRoom,
            String reason)
            implements SessionEvent {}

    /**
     * Other people may watch over a session from now on.
     *
     * @param session      which
     * @param invigilators all accounts that may, each once; none = everybody who holds the invigilators' code
     */
    @EventType(name = "session.invigilators-named", version = 1)
    record InvigilatorsNamed(SessionId session, List<AccountId> invigilators) implements SessionEvent {
        public InvigilatorsNamed {
            invigilators = List.copyOf(invigilators);
        }
    }

    /**
     * The invigilators' code was drawn anew; the former one opens nothing any more.
     *
     * @param session            which
     * @param invigilatorCodeMac HMAC-SHA-256 of the new code, base64url
     */
    @EventType(name = "session.invigilator-code-drawn", version = 1)
    record InvigilatorCodeDrawn(SessionId session, String invigilatorCodeMac) implements SessionEvent {}

    /**
     * What is known of a candidate is put right, after the exam by the jury only.
     *
     * @param session          which
     * @param candidate        the candidacy
     * @param learner          who; never changes
     * @param extraTimePercent 0..100
     * @param sealed           identity as the certificate will print it
     */
    @EventType(name = "session.candidate-corrected", version = 1)
    record CandidateCorrected(
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            int extraTimePercent,
            Personal<CandidateIdentity> sealed)
            implements SessionEvent {}

    /** A learner is no candidate of the session any more. */
    @EventType(name = "session.candidate-withdrawn", version = 1)
    record CandidateWithdrawn(SessionId session, CandidateId candidate) implements SessionEvent {}

    /** An admission that was not used is taken back. */
    @EventType(name = "session.admission-withdrawn", version = 1)
    record AdmissionWithdrawn(ExamId exam, SessionId session, CandidateId candidate) implements SessionEvent {}

    /**
     * A candidate enters a running exam again, which uses an admission up; the device of the entry before is out.
     *
     * @param exam  the sitting
     * @param entry number of this entry, from 2
     */
    @EventType(name = "session.exam-entered", version = 1)
    record ExamEntered(ExamId exam, int entry) implements SessionEvent {}

    /**
     * A candidate opened a timed question; the first opening counts.
     *
     * @param exam      the sitting
     * @param number    of the question, from 1
     * @param startedAt server's clock
     */
    @EventType(name = "session.timer-started", version = 1)
    record ExamTimerStarted(ExamId exam, int number, Instant startedAt) implements SessionEvent {}

    /**
     * A candidate reports a problem with the due question, which waits until somebody has looked at it.
     *
     * @param exam     the sitting
     * @param alert    its id
     * @param number   of the question, from 1
     * @param category code of an issue with a question
     */
    @EventType(name = "session.alert-raised", version = 1)
    record AlertRaised(ExamId exam, UUID alert, int number, String category) implements SessionEvent {}

    /**
     * Somebody looked at the problem.
     *
     * @param exam       the sitting
     * @param alert      which
     * @param resolution what becomes of the question
     * @param challenge  asked instead; absent when dismissed
     * @param skill      that it tests; absent when dismissed
     * @param timerMs    time allowed for it, milliseconds; absent when dismissed or untimed
     */
    @EventType(name = "session.alert-resolved", version = 1)
    record AlertResolved(
            ExamId exam,
            UUID alert,
            AlertResolution resolution,
            @Nullable ChallengeId challenge,
            @Nullable SkillId skill,
            @Nullable Long timerMs)
            implements SessionEvent {}

    /**
     * A candidate gets time back that was spent waiting.
     *
     * @param exam    the sitting
     * @param addedMs time added, milliseconds
     * @param endsAt  last instant at which an answer counts, from now on
     */
    @EventType(name = "session.time-restored", version = 1)
    record TimeRestored(ExamId exam, long addedMs, Instant endsAt) implements SessionEvent {}

    /**
     * The centre reports an issue to the jury.
     *
     * @param session   which
     * @param issue     its id
     * @param candidate whom it concerns; absent when it concerns the whole session
     * @param category  code of the category
     * @param number    of the question it concerns, from 1; absent when none
     * @param sealed    what happened, under the candidate's key, else the reporter's; absent when nothing was written
     */
    @EventType(name = "session.issue-reported", version = 1)
    record IssueReported(
            SessionId session,
            UUID issue,
            @Nullable CandidateId candidate,
            String category,
            @Nullable Integer number,
            @Nullable Personal<IssueDescription> sealed)
            implements SessionEvent {}

    /** An issue is settled. */
    @EventType(name = "session.issue-resolved", version = 1)
    record IssueResolved(SessionId session, UUID issue, Resolution resolution) implements SessionEvent {}

    /**
     * A question no longer counts.
     *
     * @param exam       the sitting
     * @param number     of the question, from 1
     * @param issue      the reported issue behind it; absent when there is none
     * @param reasonCode why
     * @param sealed     why, in the jury's words; absent when the category of the issue decided
     */
    @EventType(name = "session.question-neutralised", version = 1)
    record QuestionNeutralised(
            ExamId exam,
            int number,
            @Nullable UUID issue,
            ReasonCode reasonCode,
            @Nullable Personal<JuryReason> sealed) implements SessionEvent {}

    /** A neutralised question counts again. */
    @EventType(name = "session.question-reinstated", version = 1)
    record QuestionReinstated(ExamId exam, int number, ReasonCode reasonCode, Personal<JuryReason> sealed)
            implements SessionEvent {}

    /** The jury cancels an exam. */
    @EventType(name = "session.exam-cancelled", version = 1)
    record ExamCancelled(ExamId exam, ReasonCode reasonCode, Personal<JuryReason> sealed) implements SessionEvent {}

    /** A cancelled exam counts again. */
    @EventType(name = "session.exam-reinstated", version = 1)
    record ExamReinstated(ExamId exam, ReasonCode reasonCode, Personal<JuryReason> sealed) implements SessionEvent {}

    /** The jury rejects an exam for fraud. */
    @EventType(name = "session.exam-rejected-for-fraud", version = 1)
    record ExamRejectedForFraud(ExamId exam, ReasonCode reasonCode, Personal<JuryReason> sealed)
            implements SessionEvent {}

    /** The rejection for fraud is taken back. */
    @EventType(name = "session.exam-fraud-lifted", version = 1)
    record ExamFraudLifted(ExamId exam, ReasonCode reasonCode, Personal<JuryReason> sealed) implements SessionEvent {}

    /**
     * The jury says something about an exam.
     *
     * @param exam            the sitting
     * @param forOrganisation whether the centre reads it; else it is for juries only
     * @param sealed          what it says
     */
    @EventType(name = "session.exam-commented", version = 1)
    record ExamCommented(ExamId exam, boolean forOrganisation, Personal<ExamComment> sealed) implements SessionEvent {}

    /** A member of the jury takes charge of a session. */
    @EventType(name = "session.officer-assigned", version = 1)
    record OfficerAssigned(SessionId session, AccountId account) implements SessionEvent {}

    /**
     * A member of the jury proposes an act on a published result; somebody else confirms it.
     *
     * @param act        id of the proposal
     * @param exam       the sitting; of an imported certificate, the stream that stands for it
     * @param proposer   who proposes: the rule that another person confirms rests on it
     * @param kind       what is to be done
     * @param parameters to what and why
     * @param expires    last day (Europe/Paris) on which it can be confirmed
     * @param sealed     the reason, and a corrected identity
     */
    @EventType(name = "session.jury-act-proposed", version = 1)
    record JuryActProposed(
            UUID act,
            ExamId exam,
            AccountId proposer,
            JuryActKind kind,
            ActParameters parameters,
            LocalDate expires,
            Personal<ProposedAct> sealed)
            implements SessionEvent {}

    /** A second person confirms a proposed act; what it changes on the exam follows in the same decision. */
    @EventType(name = "session.jury-act-confirmed", version = 1)
    record JuryActConfirmed(UUID act, ExamId exam) implements SessionEvent {}

    /** The proposer takes a proposal back. */
    @EventType(name = "session.jury-act-withdrawn", version = 1)
    record JuryActWithdrawn(UUID act, ExamId exam) implements SessionEvent {}

    /** What a learner may be certified in, with the level and points of the profile. */
    record CertifiableCompetence(CompetenceCode competence, Level level, Pix pix) {}

    /**
     * @param number     from 1
     * @param competence what it counts for
     * @param skill      what it tests
     * @param challenge  what is asked
     * @param timerMs    time allowed, milliseconds; absent when untimed
     */
    record Question(
            int number,
            CompetenceCode competence,
            SkillId skill,
            ChallengeId challenge,
            @Nullable Long timerMs) {}

    /** Whether a candidate came, and how the sitting ended; the reason is absent when there was none. */
    record CandidatePresence(
            CandidateId candidate,
            boolean present,
            @Nullable EndReason endReason) {}

    /**
     * @param competence      which
     * @param positionedLevel level of the profile at the start
     * @param positionedPix   points of the profile at the start
     * @param asked           questions asked in it
     * @param correct         right answers, neutralised ones left out
     * @param neutralised     questions that no longer count
     * @param rule            row of the scoring table, from 1; absent when the rate alone decided
     * @param verdict         what the row says; absent with it
     * @param level           certified level, −1 when not certified
     * @param pix             certified points
     */
    record ScoredCompetence(
            CompetenceCode competence,
            Level positionedLevel,
            Pix positionedPix,
            int asked,
            int correct,
            int neutralised,
            @Nullable Integer rule,
            @Nullable Verdict verdict,
            Level level,
            Pix pix) {}

    /** An exam and the number of the scoring that was published. */
    record PublishedExam(ExamId exam, int scoring) {}

    /**
     * @param reasonCode  why
     * @param number      of the question, from 1; absent unless the act concerns one
     * @param issue       the reported issue behind it; absent when there is none
     * @param certificate the certificate; absent unless the act concerns one
     */
    record ActParameters(
            ReasonCode reasonCode,
            @Nullable Integer number,
            @Nullable UUID issue,
            @Nullable CertificateId certificate) {}

    /** What a jury may do to a sitting or to its certificate. */
    enum JuryActKind {
        NEUTRALISE_QUESTION,
        REINSTATE_QUESTION,
        RESCORE,
        CANCEL_EXAM,
        REINSTATE_EXAM,
        REJECT_FOR_FRAUD,
        LIFT_FRAUD,
        CORRECT_IDENTITY,
        SUSPEND_CERTIFICATE,
        REINSTATE_CERTIFICATE,
        REVOKE_CERTIFICATE;

        /** @return whether it is about a certificate and leaves the result of the exam alone */
        public boolean isOfCertificate() {
            return this == SUSPEND_CERTIFICATE || this == REINSTATE_CERTIFICATE || this == REVOKE_CERTIFICATE;
        }

        /** @return whether it is about one question */
        public boolean isOfQuestion() {
            return this == NEUTRALISE_QUESTION || this == REINSTATE_QUESTION;
        }
    }

    /** Why a jury acts. */
    enum ReasonCode {
        ISSUE_REPORTED,
        FRAUD,
        IDENTITY_CORRECTED,
        JURY,
        ADMINISTRATIVE
    }

    /** How an issue is settled. */
    enum Resolution {
        NEUTRALISED,
        NO_EFFECT,
        WITHDRAWN
    }

    /** Why a sitting ended. */
    enum EndReason {
        COMPLETED,
        TIME,
        CANDIDATE,
        TECHNICAL,
        INVIGILATOR,
        SESSION_FINALISED
    }

    /** What becomes of a question with a problem. */
    enum AlertResolution {
        /** Another challenge takes its place. */
        REPLACED,
        /** It stays. */
        DISMISSED
    }

    /** What an exam is worth. */
    enum ExamOutcome {
        VALIDATED,
        REJECTED,
        CANCELLED,
        ERROR
    }

    /** What a row of the scoring table does to a positioned level. */
    enum Verdict {
        /** Level and points stay. */
        KEEP,
        /** One level and 8 points less. */
        DOWNGRADE,
        /** Not certified. */
        NOT_CERTIFIED
    }
}

package fr.grandlivre.events.session;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
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
import org.jspecify.annotations.Nullable;

/** What happens in certification centres and sessions. Streams: centre; session; exam; a learner's exam slot. */
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
     */
    @EventType(name = "session.finalised", version = 1)
    record SessionFinalised(SessionId session, List<CandidatePresence> candidates, boolean incident)
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

    /** Why a sitting ended. */
    enum EndReason {
        COMPLETED,
        TIME,
        CANDIDATE,
        TECHNICAL,
        INVIGILATOR,
        SESSION_FINALISED
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

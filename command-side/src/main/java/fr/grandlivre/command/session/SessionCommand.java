package fr.grandlivre.command.session;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.rules.evaluation.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of centres, sessions and exams. */
public sealed interface SessionCommand extends Command {
    /**
     * Opens a certification centre; opening it again changes nothing. An establishment has one.
     *
     * @param centre random
     * @param name   as certificates print it
     * @param uai    the establishment that holds it; absent for others
     */
    record OpenCentre(
            CentreId centre, String name, @Nullable Uai uai) implements SessionCommand {
        @Override
        public UUID stream() {
            return centre.value();
        }
    }

    /** Is about one session. */
    sealed interface OfSession extends SessionCommand {
        SessionId session();

        @Override
        default UUID stream() {
            return session().value();
        }
    }

    /**
     * Plans a session; planning it again changes nothing.
     *
     * @param session            random
     * @param number             what people call it by, unique in the ledger
     * @param plannedTime        Europe/Paris, whole minutes
     * @param invigilators       accounts that may watch over it; none = everybody who holds the invigilators' code
     * @param accessCode         4 letters and 2 digits, unique among sessions that are not finalised
     * @param invigilatorCodeMac HMAC-SHA-256 of the invigilators' code, base64url
     */
    record ScheduleSession(
            SessionId session,
            int number,
            CentreId centre,
            LocalDate plannedDate,
            LocalTime plannedTime,
            String room,
            List<AccountId> invigilators,
            String accessCode,
            String invigilatorCodeMac)
            implements OfSession {
        public ScheduleSession {
            invigilators = List.copyOf(invigilators);
        }
    }

    /**
     * Moves a session to another time or room; what was planned stays readable.
     *
     * @param plannedTime Europe/Paris, whole minutes
     * @param reason      1..500 characters
     */
    record RescheduleSession(
            SessionId session, LocalDate plannedDate, LocalTime plannedTime, String room, String reason)
            implements OfSession {}

    /**
     * Says who may watch over a session; naming the same people again changes nothing.
     *
     * @param invigilators each once; none = everybody who holds the invigilators' code
     */
    record NameInvigilators(SessionId session, List<AccountId> invigilators) implements OfSession {
        public NameInvigilators {
            invigilators = List.copyOf(invigilators);
        }
    }

    /**
     * Gives the invigilators another code; the former one opens nothing any more.
     *
     * @param invigilatorCodeMac HMAC-SHA-256 of the new code, base64url
     */
    record DrawInvigilatorCode(SessionId session, String invigilatorCodeMac) implements OfSession {}

    /**
     * Makes a learner a candidate.
     *
     * @param candidate        random
     * @param extraTimePercent 0..100
     * @param identity         as the certificate will print it
     */
    record EnrolCandidate(
            SessionId session,
            CandidateId candidate,
            LearnerId learner,
            int extraTimePercent,
            CandidateIdentity identity)
            implements OfSession {}

    /**
     * Makes several learners candidates, all of them or, when one cannot be, none.
     *
     * @param candidates of this session, in the order in which a refusal counts them
     */
    record EnrolCandidates(SessionId session, List<EnrolCandidate> candidates) implements OfSession {
        public EnrolCandidates {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Puts right what is known of a candidate; what is right already changes nothing.
     *
     * @param extraTimePercent 0..100
     * @param identity         as the certificate will print it
     */
    record CorrectCandidate(SessionId session, CandidateId candidate, int extraTimePercent, CandidateIdentity identity)
            implements OfSession {}

    /** Takes a candidate off the session; doing it again changes nothing. */
    record WithdrawCandidate(SessionId session, CandidateId candidate) implements OfSession {}

    /**
     * Reports an issue to the jury; reporting it again changes nothing.
     *
     * @param issue       random
     * @param candidate   whom it concerns; absent when it concerns the whole session
     * @param category    code of the category
     * @param number      of the question it concerns, from 1; absent when none
     * @param description 1..500 characters; absent when nothing was written
     * @param reporter    whose key seals the description when no candidate is concerned
     */
    record ReportIssue(
            SessionId session,
            UUID issue,
            @Nullable CandidateId candidate,
            String category,
            @Nullable Integer number,
            @Nullable String description,
            AccountId reporter)
            implements OfSession {
        /** Never shows what was written. */
        @Override
        public String toString() {
            return "ReportIssue[session=" + session + ", issue=" + issue + ", category=" + category + "]";
        }
    }

    /**
     * Closes a session and hands it to the jury.
     *
     * @param incident whether the centre reports one
     * @param absent   the candidates who did not come; everybody who started an exam was there
     * @param comment  for the jury; absent when there is none
     */
    record FinaliseSession(
            SessionId session,
            boolean incident,
            Set<CandidateId> absent,
            @Nullable Comment comment) implements OfSession {
        public FinaliseSession {
            absent = Set.copyOf(absent);
        }

        /** Closes a session without a comment. */
        public FinaliseSession(SessionId session, boolean incident, Set<CandidateId> absent) {
            this(session, incident, absent, null);
        }

        /**
         * @param author whose key seals it
         * @param text   not blank
         */
        public record Comment(AccountId author, String text) {
            /** Never shows the text. */
            @Override
            public String toString() {
                return "Comment[author=" + author + "]";
            }
        }
    }

    /**
     * Makes the results of a session official.
     *
     * @param inBulk whether nobody looked at the session by itself: then nothing in it may ask for a look
     */
    record PublishSession(SessionId session, boolean inBulk) implements OfSession {
        /** Publishes a session that somebody looked at. */
        public PublishSession(SessionId session) {
            this(session, false);
        }
    }

    /** An invigilator's act on one candidate of the session of the code. */
    sealed interface InvigilatorAct extends SessionCommand {
        SessionId session();

        CandidateId candidate();

        /** @return HMAC of the code as typed, under the pepper of the session's own */
        String invigilatorCodeMac();

        default ExamId exam() {
            return StreamIds.exam(session(), candidate());
        }

        @Override
        default UUID stream() {
            return exam().value();
        }
    }

    /** Says that the candidate is in the room. */
    record ConfirmPresence(SessionId session, CandidateId candidate, String invigilatorCodeMac)
            implements InvigilatorAct {}

    /** Lets the candidate in, once. */
    record GrantAdmission(SessionId session, CandidateId candidate, String invigilatorCodeMac)
            implements InvigilatorAct {}

    /** Takes an admission back that was not used; taking it back again changes nothing. */
    record WithdrawAdmission(SessionId session, CandidateId candidate, String invigilatorCodeMac)
            implements InvigilatorAct {}

    /** Enters an exam by the form: whoever fills it in must be the candidate, and admitted. */
    sealed interface JoinExam extends OfSession {
        LearnerId learner();

        /** @return as read out in the room, upper case */
        String accessCode();

        /** @return as typed */
        String firstName();

        /** @return as typed */
        String lastName();

        /** @return as typed */
        LocalDate birthDate();
    }

    /** Enters the exam for the first time and starts its clock. */
    record StartExam(
            SessionId session,
            LearnerId learner,
            String accessCode,
            String firstName,
            String lastName,
            LocalDate birthDate)
            implements JoinExam {
        /** Never shows what identifies the candidate. */
        @Override
        public String toString() {
            return "StartExam[session=" + session + ", learner=" + learner + "]";
        }
    }

    /** Enters the running exam again, from now on by this device alone; the clock never stopped. */
    record EnterExam(
            SessionId session,
            LearnerId learner,
            String accessCode,
            String firstName,
            String lastName,
            LocalDate birthDate)
            implements JoinExam {
        /** Never shows what identifies the candidate. */
        @Override
        public String toString() {
            return "EnterExam[session=" + session + ", learner=" + learner + "]";
        }
    }

    /** Is about one exam. */
    sealed interface OfExam extends SessionCommand {
        ExamId exam();

        @Override
        default UUID stream() {
            return exam().value();
        }
    }

    /**
     * Opens the due question when it is timed; the first opening counts.
     *
     * @param entry      of the device
     * @param number     of the question, from 1
     * @param receivedAt when the whole request was read, server's clock
     */
    record StartExamTimer(ExamId exam, int entry, int number, Instant receivedAt) implements OfExam {}

    /**
     * Answers the due question.
     *
     * @param entry      of the device: 1 for the one that started the exam
     * @param number     of the question, from 1
     * @param response   what the candidate sent
     * @param focusedOut whether the candidate left the page; absent where nobody watched
     * @param receivedAt when the whole request was read, server's clock
     */
    record RecordExamAnswer(
            ExamId exam,
            int entry,
            int number,
            Response response,
            @Nullable Boolean focusedOut,
            Instant receivedAt) implements OfExam {
        /** @throws IllegalArgumentException when the number is below 1 */
        public RecordExamAnswer {
            if (number < 1) {
                throw new IllegalArgumentException("questions are numbered from 1");
            }
        }

        /** Answers by the device that started the exam. */
        public RecordExamAnswer(
                ExamId exam, int number, Response response, @Nullable Boolean focusedOut, Instant receivedAt) {
            this(exam, 1, number, response, focusedOut, receivedAt);
        }
    }

    /**
     * Reports a problem with the due question, which waits until it is resolved; raising it again changes nothing.
     *
     * @param entry    of the device
     * @param alert    random
     * @param number   of the question, from 1
     * @param category code of an issue with a question
     */
    record RaiseAlert(ExamId exam, int entry, UUID alert, int number, String category) implements OfExam {}

    /** Says what becomes of the question with the problem; saying it again changes nothing. */
    record ResolveAlert(ExamId exam, UUID alert, AlertResolution resolution) implements OfExam {}

    /**
     * Gives time back that was spent waiting.
     *
     * @param added whole milliseconds; what was given back in all stays within the rules
     */
    record RestoreTime(ExamId exam, Duration added) implements OfExam {}

    /**
     * Ends an exam and lets the learner sit another one; ending it again changes nothing.
     *
     * @param reason why; the candidate's own end counts as completed when every question was answered, and only then
     */
    record EndExam(ExamId exam, EndReason reason) implements OfExam {}
}

package fr.grandlivre.command.session;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.session.CandidateIdentity;
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
     * Opens a certification centre; opening it again changes nothing.
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

    /**
     * Enters the exam by the form and starts its clock.
     *
     * @param accessCode as read out in the room, upper case
     * @param firstName  as typed
     * @param lastName   as typed
     * @param birthDate  as typed
     */
    record StartExam(
            SessionId session,
            LearnerId learner,
            String accessCode,
            String firstName,
            String lastName,
            LocalDate birthDate)
            implements OfSession {
        /** Never shows what identifies the candidate. */
        @Override
        public String toString() {
            return "StartExam[session=" + session + ", learner=" + learner + "]";
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
     * Answers the due question.
     *
     * @param number     of the question, from 1
     * @param response   what the candidate sent
     * @param focusedOut whether the candidate left the page; absent where nobody watched
     * @param receivedAt when the whole request was read, server's clock
     */
    record RecordExamAnswer(
            ExamId exam,
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
    }

    /**
     * Ends an exam and lets the learner sit another one; ending it again changes nothing.
     *
     * @param reason why; the candidate's own end counts as completed when every question was answered, and only then
     */
    record EndExam(ExamId exam, EndReason reason) implements OfExam {}
}

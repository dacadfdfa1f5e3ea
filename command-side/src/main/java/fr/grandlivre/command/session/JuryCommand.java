package fr.grandlivre.command.session;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a jury can ask of finalised sessions, their exams and their certificates. */
public sealed interface JuryCommand extends Command {
    /** Is about one exam. */
    sealed interface OfExam extends JuryCommand {
        ExamId exam();

        @Override
        default UUID stream() {
            return exam().value();
        }
    }

    /** Does something to an exam whose result is not published; what is done already changes nothing. */
    record PerformJuryAct(ExamId exam, JuryAct act) implements OfExam {}

    /**
     * Proposes an act on a published result; proposing again what waits changes nothing.
     *
     * @param id          of the proposal, random
     * @param exam        the sitting; of an imported certificate, the stream that stands for it
     * @param certificate which one the act concerns; absent when it concerns the exam, or its latest certificate
     * @param act         what is to be done
     * @param by          who proposes
     */
    record ProposeJuryAct(UUID id, ExamId exam, @Nullable CertificateId certificate, JuryAct act, AccountId by)
            implements OfExam {
        /** Proposes an act on an exam that was sat here, or on its latest certificate. */
        public ProposeJuryAct(UUID id, ExamId exam, JuryAct act, AccountId by) {
            this(id, exam, null, act, by);
        }
    }

    /** Settles a proposed act. */
    sealed interface Settling extends OfExam {
        /** @return which proposal */
        UUID id();

        /** @return the certificate that the act concerns; may be absent when the exam was sat here */
        @Nullable
        CertificateId certificate();

        /** @return who settles it */
        AccountId by();
    }

    /** Confirms a proposed act; confirming it again changes nothing. */
    record ConfirmJuryAct(ExamId exam, UUID id, @Nullable CertificateId certificate, AccountId by) implements Settling {
        /** Confirms an act on an exam that was sat here. */
        public ConfirmJuryAct(ExamId exam, UUID id, AccountId by) {
            this(exam, id, null, by);
        }
    }

    /** Takes one's own proposal back; taking it back again changes nothing. */
    record WithdrawJuryAct(ExamId exam, UUID id, @Nullable CertificateId certificate, AccountId by)
            implements Settling {
        /** Takes a proposal about an exam back that was sat here. */
        public WithdrawJuryAct(ExamId exam, UUID id, AccountId by) {
            this(exam, id, null, by);
        }
    }

    /**
     * Says something about an exam.
     *
     * @param forOrganisation whether the centre reads it
     * @param text            1..500 characters
     */
    record CommentExam(ExamId exam, boolean forOrganisation, String text) implements OfExam {
        /** @throws IllegalArgumentException when the text is blank or too long */
        public CommentExam {
            if (text.isBlank() || text.codePointCount(0, text.length()) > JuryAct.LONGEST_REASON) {
                throw new IllegalArgumentException("a comment has 1 to 500 characters");
            }
        }

        /** Never shows the text. */
        @Override
        public String toString() {
            return "CommentExam[exam=" + exam + "]";
        }
    }

    /** Gives an ended exam of a finalised session its result; a result that is the same again changes nothing. */
    record ScoreExam(SessionId session, ExamId exam) implements OfExam {}

    /** Is about one session. */
    sealed interface OfSession extends JuryCommand {
        SessionId session();

        @Override
        default UUID stream() {
            return session().value();
        }
    }

    /** Puts a member of the jury in charge of a session; the same one again changes nothing. */
    record AssignOfficer(SessionId session, AccountId officer) implements OfSession {}

    /** Settles a reported issue; settling it again the same way changes nothing. */
    record ResolveIssue(SessionId session, UUID issue, Resolution resolution) implements OfSession {}
}

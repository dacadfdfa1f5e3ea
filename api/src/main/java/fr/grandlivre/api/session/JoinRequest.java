package fr.grandlivre.api.session;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.command.session.SessionCommand.EnterExam;
import fr.grandlivre.command.session.SessionCommand.JoinExam;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate types to enter an exam.
 *
 * @param number     of the session
 * @param firstName  as the school wrote it, whatever its case and accents
 * @param lastName   the same
 * @param birthDate  of the candidate
 * @param accessCode as read out in the room
 */
record JoinRequest(int number, String firstName, String lastName, LocalDate birthDate, String accessCode)
        implements Serializable {
    private static final int LONGEST_CODE = 20;
    private static final int MOST_NUMBER = 999_999_999;

    static JoinRequest read(
            Fields fields,
            @Nullable String number,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String accessCode,
            LocalDate today) {
        return new JoinRequest(
                number(fields, number),
                fields.name("/firstName", firstName),
                fields.name("/lastName", lastName),
                fields.birthDate("/birthDate", birthDate, today),
                Invigilation.plain(fields.text("/accessCode", accessCode, LONGEST_CODE)));
    }

    /** @return a session's number as typed, with spaces between its digits, perhaps */
    static int number(Fields fields, @Nullable String typed) {
        return fields.number(
                "/session", typed == null ? null : typed.replaceAll("\\p{IsWhite_Space}", ""), 0, MOST_NUMBER);
    }

    /** The two ways into an exam. */
    @FunctionalInterface
    interface As {
        JoinExam command(JoinRequest join, SessionId session, LearnerId learner);
    }

    StartExam start(SessionId session, LearnerId learner) {
        return new StartExam(session, learner, accessCode, firstName, lastName, birthDate);
    }

    EnterExam again(SessionId session, LearnerId learner) {
        return new EnterExam(session, learner, accessCode, firstName, lastName, birthDate);
    }

    /** Never shows what identifies the candidate. */
    @Override
    public String toString() {
        return "JoinRequest[" + number + "]";
    }
}

package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.RateLimit;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.session.SessionCommand.InvigilatorAct;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.ExamQueries;
import fr.grandlivre.query.session.SessionView;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the invigilators' code opens; wrong codes are limited, because there are only 8 million of them. Thread-safe. */
@Component
class Invigilation {
    private static final int WRONG_CODES_PER_MINUTE = 10;
    private static final String OPENED = Invigilation.class.getName() + ".";

    private final Dispatch dispatch;
    private final CodeMacs macs;
    private final ExamQueries exams;
    private final RateLimit wrongCodes = new RateLimit("invigilator-code", WRONG_CODES_PER_MINUTE);

    Invigilation(Dispatch dispatch, CodeMacs macs, ExamQueries exams) {
        this.dispatch = dispatch;
        this.macs = macs;
        this.exams = exams;
    }

    /** @return HMAC of a code as typed, in any case, with spaces or dashes */
    String mac(int sessionNumber, String typed) {
        return macs.ofInvigilators(sessionNumber, plain(typed));
    }

    /**
     * @return the HMAC of the code when it is the session's own
     * @throws fr.grandlivre.api.problem.ProblemException 429 {@code rate-limited} after too many wrong codes
     */
    Optional<String> open(
            Optional<SessionView> session, int number, String typed, SignedIn person, HttpServletResponse response) {
        String who = person.account().toString();
        wrongCodes.peek(who, response);
        String mac = mac(number, typed);
        if (session.isPresent() && exams.isInvigilatorsCode(session.get().session(), mac)) {
            return Optional.of(mac);
        }
        wrongCodes.take(who, response);
        return Optional.empty();
    }

    /**
     * @throws fr.grandlivre.api.problem.ProblemException 403 for another code, 429 {@code rate-limited} after too many of
     *                                                    them
     */
    void require(SessionView session, String typed, SignedIn person, HttpServletResponse response) {
        if (open(Optional.of(session), session.number(), typed, person, response)
                .isEmpty()) {
            throw new ProblemException(Refusals.problem(Refusal.WRONG_INVIGILATOR_CODE, Map.of()));
        }
    }

    /** Keeps in this browser session alone that the session's code was shown. */
    void remember(SessionId session, String mac, HttpSession browser) {
        browser.setAttribute(OPENED + session, mac);
    }

    /**
     * @return HMAC of the code that was shown in this browser
     * @throws ProblemException {@code not-found} for whoever has not shown the code there, or one that was drawn anew since
     */
    String shown(UUID session, HttpSession browser) {
        if (browser.getAttribute(OPENED + session) instanceof String mac
                && exams.isInvigilatorsCode(new SessionId(session), mac)) {
            return mac;
        }
        throw new ProblemException(Slug.NOT_FOUND);
    }

    /** @throws fr.grandlivre.api.problem.ProblemException 429 {@code rate-limited} after too many wrong codes */
    Outcome act(InvigilatorAct act, CommandKey key, SignedIn person, HttpServletResponse response) {
        String who = person.account().toString();
        wrongCodes.peek(who, response);
        Outcome outcome = dispatch.outcome(act, key, person, Role.INVIGILATOR);
        if (outcome instanceof Outcome.Refused(var code, var _) && code == Refusal.WRONG_INVIGILATOR_CODE) {
            wrongCodes.take(who, response);
        }
        return outcome;
    }

    /** @return a code without what people type between its symbols */
    static String plain(String typed) {
        return typed.replaceAll("[\\p{IsWhite_Space}\\p{Pd}]", "").toUpperCase(Locale.ROOT);
    }
}

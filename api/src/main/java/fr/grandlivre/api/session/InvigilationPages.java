package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.InvigilatorAct;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One room during a session. The code opens it once; the browser session remembers that it did. */
@Controller
@Allowed(Role.INVIGILATOR)
class InvigilationPages {
    private static final String OPENED = InvigilationPages.class.getName() + ".";
    private static final String DOOR = "session/invigilation-door";
    private static final String ROOM = "session/invigilation";
    private static final int MOST_NUMBER = 999_999_999;
    private static final int LONGEST_CODE = 20;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Invigilation invigilation;

    InvigilationPages(Dispatch dispatch, Sittings sittings, Invigilation invigilation) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.invigilation = invigilation;
    }

    @GetMapping("/surveillance")
    String door(Model page) {
        page.addAttribute("number", "");
        page.addAttribute("refused", false);
        return DOOR;
    }

    @PostMapping("/surveillance")
    String open(
            @RequestParam(name = "session", required = false) @Nullable String number,
            @RequestParam(name = "code", required = false) @Nullable String code,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        int session = fields.number("/session", number, 0, MOST_NUMBER);
        String typed = fields.text("/code", code, LONGEST_CODE);
        Optional<SessionView> found = fields.violations().isEmpty() ? sittings.numbered(session) : Optional.empty();
        Optional<String> mac = invigilation.open(found, session, typed, person, response);
        if (found.isEmpty() || mac.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("number", fields.violations().isEmpty() ? Integer.toString(session) : "");
            page.addAttribute("refused", true);
            return DOOR;
        }
        browser.setAttribute(OPENED + found.get().session(), mac.get());
        return "redirect:/surveillance/" + found.get().session();
    }

    @GetMapping("/surveillance/{session}")
    String room(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn person,
            HttpSession browser,
            Model page) {
        mac(session, browser);
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        show(sittings.shown(sittings.any(session), person, Role.INVIGILATOR), page);
        page.addAttribute("behind", behind);
        return ROOM;
    }

    @PostMapping("/surveillance/{session}/candidats/{candidate}/presence")
    String confirmPresence(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        return act(
                session,
                candidate,
                (found, mac) -> new ConfirmPresence(found.session(), new CandidateId(candidate), mac),
                key,
                person,
                browser,
                response,
                page);
    }

    @PostMapping("/surveillance/{session}/candidats/{candidate}/autorisation")
    String grantAdmission(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        return act(
                session,
                candidate,
                (found, mac) -> new GrantAdmission(found.session(), new CandidateId(candidate), mac),
                key,
                person,
                browser,
                response,
                page);
    }

    /** Without it a candidate who leaves would keep the whole session open. */
    @PostMapping("/surveillance/{session}/candidats/{candidate}/fin")
    String end(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        return act(
                session,
                candidate,
                (found, _) -> new EndExam(Sittings.candidate(found, candidate).exam(), EndReason.INVIGILATOR),
                key,
                person,
                browser,
                response,
                page);
    }

    private String act(
            UUID session,
            UUID candidate,
            BiFunction<SessionView, String, Command> act,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        String mac = mac(session, browser);
        SessionView found = sittings.any(session);
        Candidate seat = Sittings.candidate(found, candidate);
        Command command = act.apply(found, mac);
        Outcome outcome = command instanceof InvigilatorAct coded
                ? invigilation.act(coded, key, person, response)
                : dispatch.outcome(command, key, person, Role.INVIGILATOR);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            show(sittings.shown(found, person, Role.INVIGILATOR), page);
            page.addAttribute("refusal", code.code());
            page.addAttribute("refusedFor", seat);
            return ROOM;
        }
        return "redirect:/surveillance/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    /** @throws ProblemException {@code not-found} for whoever has not shown the code in this browser */
    private static String mac(UUID session, HttpSession browser) {
        return browser.getAttribute(OPENED + session) instanceof String mac ? mac : refuse();
    }

    private static String refuse() {
        throw new ProblemException(Slug.NOT_FOUND);
    }

    private static void show(SessionView session, Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("open", session.status() == SessionView.Status.CREATED);
        page.addAttribute("seats", Seat.of(session));
        page.addAttribute("refusal", "");
        page.addAttribute("behind", false);
    }
}

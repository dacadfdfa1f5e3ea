package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.SessionCommand.ReportIssue;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Status;
import fr.grandlivre.rules.session.IssueCategory;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Issues that the centre reports to the jury: by the head at any time, by an invigilator from the room. */
@Controller
class IssuePages {
    private static final String PAGE = "session/issues";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final SessionQueries sessions;
    private final Invigilation invigilation;

    IssuePages(Dispatch dispatch, Sittings sittings, SessionQueries sessions, Invigilation invigilation) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.sessions = sessions;
        this.invigilation = invigilation;
    }

    /** A report as it was typed, and by whom. */
    private record Typed(
            @Nullable String candidate,
            @Nullable String category,
            @Nullable String number,
            @Nullable String description) {
        static final Typed NOTHING = new Typed(null, null, null, null);

        Map<String, String> fields() {
            return Map.of(
                    "candidate", text(candidate),
                    "category", text(category),
                    "number", text(number),
                    "description", text(description));
        }

        private static String text(@Nullable String typed) {
            return typed == null ? "" : typed;
        }
    }

    @GetMapping("/sessions/{session}/signalements")
    @Allowed(Role.HEAD)
    String ofHead(
            @PathVariable UUID session, @RequestParam(defaultValue = "0") long atLeast, SignedIn head, Model page) {
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        return show(
                sittings.shown(sittings.ofHead(session, head), head, Role.HEAD),
                "/sessions/",
                behind,
                Typed.NOTHING,
                List.of(),
                "",
                page);
    }

    @PostMapping("/sessions/{session}/signalements")
    @Allowed(Role.HEAD)
    String reportByHead(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "candidat", required = false) @Nullable String candidate,
            @RequestParam(name = "categorie", required = false) @Nullable String category,
            @RequestParam(name = "numero", required = false) @Nullable String number,
            @RequestParam(name = "description", required = false) @Nullable String description,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Typed typed = new Typed(candidate, category, number, description);
        return report(found, "/sessions/", typed, key, head, Role.HEAD, response, page);
    }

    @GetMapping("/surveillance/{session}/incident")
    @Allowed(Role.INVIGILATOR)
    String inRoom(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn person,
            HttpSession browser,
            Model page) {
        invigilation.shown(session, browser);
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        return show(
                sittings.shown(sittings.watchedBy(session, person), person, Role.INVIGILATOR),
                "/surveillance/",
                behind,
                Typed.NOTHING,
                List.of(),
                "",
                page);
    }

    @PostMapping("/surveillance/{session}/incident")
    @Allowed(Role.INVIGILATOR)
    String reportInRoom(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "candidat", required = false) @Nullable String candidate,
            @RequestParam(name = "categorie", required = false) @Nullable String category,
            @RequestParam(name = "numero", required = false) @Nullable String number,
            @RequestParam(name = "description", required = false) @Nullable String description,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        invigilation.shown(session, browser);
        SessionView found = sittings.watchedBy(session, person);
        Typed typed = new Typed(candidate, category, number, description);
        return report(found, "/surveillance/", typed, key, person, Role.INVIGILATOR, response, page);
    }

    private String report(
            SessionView session,
            String place,
            Typed typed,
            CommandKey key,
            SignedIn person,
            Role as,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        ReportIssue command = Issues.command(
                fields,
                session,
                key.commandId(),
                typed.candidate(),
                typed.category(),
                typed.number(),
                typed.description(),
                person);
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(sittings.shown(session, person, as), place, false, typed, fields.violations(), "", page);
        }
        Outcome outcome = dispatch.outcome(command, key, person, as);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(sittings.shown(session, person, as), place, false, typed, List.of(), code.code(), page);
        }
        return "redirect:" + path(session, place) + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private static String path(SessionView session, String place) {
        return place + session.session() + (place.equals("/sessions/") ? "/signalements" : "/incident");
    }

    private String show(
            SessionView session,
            String place,
            boolean behind,
            Typed typed,
            List<Violation> violations,
            String refusal,
            Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("up", place + session.session());
        page.addAttribute("action", path(session, place));
        page.addAttribute("issues", Issues.shown(session, sessions.issues(session.session())));
        page.addAttribute("categories", IssueCategory.current());
        page.addAttribute("typed", typed.fields());
        page.addAttribute("violations", violations);
        page.addAttribute("refusal", refusal);
        page.addAttribute("behind", behind);
        page.addAttribute("reportable", session.status() != Status.PROCESSED);
        return PAGE;
    }
}

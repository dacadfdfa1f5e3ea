package fr.grandlivre.api.session;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Status;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finalised sessions before the jury. */
@Controller
@Allowed(Role.JURY)
class JurySessionPages {
    private static final String SESSION = "session/jury-session";

    private final Dispatch dispatch;
    private final Sittings sittings;

    JurySessionPages(Dispatch dispatch, Sittings sittings) {
        this.dispatch = dispatch;
        this.sittings = sittings;
    }

    @GetMapping("/jury")
    String list(@RequestParam(defaultValue = "0") long atLeast, SignedIn jury, Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(SessionQueries.VIEW, atLeast));
        page.addAttribute("sessions", sittings.of(jury));
        return "session/jury";
    }

    @GetMapping("/jury/sessions/{session}")
    String session(
            @PathVariable UUID session, @RequestParam(defaultValue = "0") long atLeast, SignedIn jury, Model page) {
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        show(sittings.shown(sittings.ofJury(session), jury, Role.JURY), page);
        page.addAttribute("behind", behind);
        return SESSION;
    }

    @PostMapping("/jury/sessions/{session}/publication")
    String publish(
            @PathVariable UUID session, CommandKey key, SignedIn jury, HttpServletResponse response, Model page) {
        SessionView found = sittings.ofJury(session);
        PublishSession command = new PublishSession(found.session());
        Outcome outcome = dispatch.outcome(command, key, jury, Role.JURY);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            show(sittings.shown(found, jury, Role.JURY), page);
            page.addAttribute("refusal", code.code());
            return SESSION;
        }
        return "redirect:/jury/sessions/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private static void show(SessionView session, Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("published", session.status() == Status.PROCESSED);
        page.addAttribute("seats", Seat.of(session));
        page.addAttribute(
                "scored",
                session.candidates().stream()
                        .noneMatch(candidate -> candidate.startedAt() != null && candidate.outcome() == null));
        page.addAttribute("refusal", "");
        page.addAttribute("behind", false);
    }
}

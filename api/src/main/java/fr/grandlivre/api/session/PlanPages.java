package fr.grandlivre.api.session;

import static java.util.Map.entry;

import fr.grandlivre.api.document.PdfRenderer;
import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.NameInvigilators;
import fr.grandlivre.command.session.SessionCommand.RescheduleSession;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The plan of a session: another day, time or room, who watches over it, and the sheet that candidates sign. */
@Controller
@Allowed(Role.HEAD)
class PlanPages {
    private static final String PLAN = "session/plan";
    private static final int LONGEST_CODE = 20;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Invigilators invigilators;
    private final Invigilation invigilation;
    private final Scheduling scheduling;
    private final PdfRenderer paper;
    private final Dates dates;
    private final ServerClock clock;

    PlanPages(
            Dispatch dispatch,
            Sittings sittings,
            Invigilators invigilators,
            Invigilation invigilation,
            Scheduling scheduling,
            PdfRenderer paper,
            Dates dates,
            ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.invigilators = invigilators;
        this.invigilation = invigilation;
        this.scheduling = scheduling;
        this.paper = paper;
        this.dates = dates;
        this.clock = clock;
    }

    /** A candidate on the sheet that is signed by hand. */
    record Signatory(String name, String birthDate, int extraTimePercent) {}

    /** What stands in the form. */
    record Typed(String date, String time, String room, String reason) {}

    @GetMapping("/sessions/{session}/date")
    String plan(@PathVariable UUID session, SignedIn head, Model page) {
        SessionView found = sittings.ofHead(session, head);
        return show(found, planned(found), List.of(), "", head, page);
    }

    @PostMapping("/sessions/{session}/date")
    String reschedule(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(required = false) @Nullable String date,
            @RequestParam(name = "heure", required = false) @Nullable String time,
            @RequestParam(name = "salle", required = false) @Nullable String room,
            @RequestParam(name = "motif", required = false) @Nullable String reason,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        RescheduleSession command = Scheduling.reschedule(fields, found.session(), date, time, room, reason);
        Typed typed = new Typed(text(date), text(time), text(room), text(reason));
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(found, typed, fields.violations(), "", head, page);
        }
        Outcome outcome = dispatch.outcome(command, key, head, Role.HEAD);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            return show(found, typed, List.of(), code.code(), head, page);
        }
        return "redirect:/sessions/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    /** Says anew who may watch over the session; who is not ticked may not any more. */
    @PostMapping("/sessions/{session}/surveillants")
    String name(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "surveillant", required = false) @Nullable List<@Nullable String> named,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        List<AccountId> chosen = invigilators.read(fields, "/surveillant", named, head, found.invigilators());
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(found, planned(found), fields.violations(), "", head, page);
        }
        NameInvigilators command = new NameInvigilators(found.session(), chosen);
        Outcome outcome = dispatch.outcome(command, key, head, Role.HEAD);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            return show(found, planned(found), List.of(), code.code(), head, page);
        }
        return "redirect:/sessions/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    /** Draws the invigilators' code anew: the former one may have been lost, or seen. */
    @PostMapping("/sessions/{session}/code-surveillants")
    String redraw(
            @PathVariable UUID session,
            CommandKey key,
            SignedIn head,
            HttpServletResponse response,
            RedirectAttributes shownOnce,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Scheduling.Redrawn redrawn = scheduling.redraw(found, key, head);
        if (redrawn.outcome() instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            return show(found, planned(found), List.of(), code.code(), head, page);
        }
        // Kept in the head's own browser session until the next page, and nowhere else.
        shownOnce.addFlashAttribute("accessCode", found.accessCode());
        shownOnce.addFlashAttribute("invigilatorCode", redrawn.code());
        return "redirect:/sessions/" + session + "?atLeast="
                + dispatch.done(session, redrawn.outcome()).position();
    }

    private static Typed planned(SessionView session) {
        return new Typed(session.plannedDate().toString(), session.plannedTime(), session.room(), "");
    }

    @GetMapping("/sessions/{session}/emargement")
    String sheet(@PathVariable UUID session, SignedIn head, Model page) {
        SessionView found = sittings.shown(sittings.ofHead(session, head), head, Role.HEAD);
        page.addAttribute("sitting", found);
        page.addAttribute("watchers", invigilators.named(found, head, Role.HEAD));
        return "session/sheet";
    }

    /** The same sheet on paper. */
    @GetMapping("/sessions/{session}/emargement.pdf")
    ResponseEntity<byte[]> paper(@PathVariable UUID session, SignedIn head, Locale language) {
        return paper(sittings.ofHead(session, head), "", head, language);
    }

    /** The same with the invigilators' code, for whoever holds it: it is kept nowhere from which it could be printed. */
    @PostMapping("/sessions/{session}/emargement.pdf")
    ResponseEntity<byte[]> paperWithCode(
            @PathVariable UUID session,
            @RequestParam(name = "code", required = false) @Nullable String typed,
            SignedIn head,
            HttpServletResponse response,
            Locale language) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        String code = Invigilation.plain(fields.text("/code", typed, LONGEST_CODE));
        fields.check();
        invigilation.require(found, code, head, response);
        return paper(found, code, head, language);
    }

    private ResponseEntity<byte[]> paper(SessionView found, String invigilatorCode, SignedIn head, Locale language) {
        sittings.shown(found, head, Role.HEAD);
        String number = Integer.toString(found.number());
        byte[] pdf = paper.render(
                "session/sheet-paper",
                language,
                Map.ofEntries(
                        entry("language", language.getLanguage()),
                        entry("number", number),
                        entry("centre", found.centreName()),
                        entry("date", dates.day(found.plannedDate())),
                        entry("time", found.plannedTime()),
                        entry("room", found.room()),
                        entry("accessCode", found.accessCode()),
                        entry("invigilatorCode", invigilatorCode),
                        entry("printed", dates.minute(clock.now())),
                        entry("watchers", invigilators.named(found, head, Role.HEAD)),
                        entry(
                                "signatories",
                                found.candidates().stream().map(this::signatory).toList())),
                clock.now(),
                List.of());
        return FileAnswer.shown(MediaType.APPLICATION_PDF, "session-" + number + ".pdf")
                .body(pdf);
    }

    private Signatory signatory(Candidate candidate) {
        return new Signatory(
                text(candidate.lastName()) + " " + text(candidate.firstName()),
                candidate.birthDate() == null ? "" : dates.day(candidate.birthDate()),
                candidate.extraTimePercent());
    }

    private String show(
            SessionView session, Typed typed, List<Violation> violations, String refusal, SignedIn head, Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("staff", invigilators.toName(head, session.invigilators()));
        page.addAttribute("chosen", session.invigilators());
        page.addAttribute("typed", typed);
        page.addAttribute("violations", violations);
        page.addAttribute("refusal", refusal);
        return PLAN;
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}

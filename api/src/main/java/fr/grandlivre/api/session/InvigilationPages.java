package fr.grandlivre.api.session;

import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
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
import fr.grandlivre.command.session.SessionCommand.ResolveAlert;
import fr.grandlivre.command.session.SessionCommand.RestoreTime;
import fr.grandlivre.command.session.SessionCommand.WithdrawAdmission;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** One room during a session. The code opens it once; the browser session remembers that it did. */
@Controller
@Allowed(Role.INVIGILATOR)
class InvigilationPages {
    /** Reasons that an invigilator ends a test for. */
    static final List<EndReason> END_REASONS = List.of(EndReason.INVIGILATOR, EndReason.TECHNICAL);

    static final int MOST_RESTORED_MINUTES = 30;

    private static final String DOOR = "session/invigilation-door";
    private static final String ROOM = "session/invigilation";
    private static final int LONGEST_CODE = 20;

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Invigilation invigilation;
    private final Invigilators invigilators;
    private final BoardStream boards;

    InvigilationPages(
            Dispatch dispatch,
            Sittings sittings,
            Invigilation invigilation,
            Invigilators invigilators,
            BoardStream boards) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.invigilation = invigilation;
        this.invigilators = invigilators;
        this.boards = boards;
    }

    /** Who does what to whom, and where the answer goes: what every act in the room needs. */
    record InRoom(
            UUID session,
            UUID candidate,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {}

    /** An act in the room, made of what is known of the session and the candidate, and of the code shown at the door. */
    @FunctionalInterface
    private interface Act {
        Command command(SessionView session, Candidate candidate, String mac);
    }

    @GetMapping("/surveillance")
    @Impersonal("the reader's own name")
    String door(@RequestParam(defaultValue = "0") long atLeast, SignedIn person, Model page) {
        dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        return door("", false, List.of(), person, page);
    }

    private String door(String number, boolean refused, List<Violation> violations, SignedIn person, Model page) {
        page.addAttribute("number", number);
        page.addAttribute("refused", refused);
        page.addAttribute("violations", violations);
        page.addAttribute("ownName", invigilators.ownName(person));
        page.addAttribute("school", person.school().isPresent());
        return DOOR;
    }

    /** Tells the establishment who has the role, so that a head can name the person for a session. */
    @PostMapping("/surveillance/identite")
    @Impersonal("the reader's own name")
    String introduce(
            @RequestParam(name = "prenom", required = false) @Nullable String firstName,
            @RequestParam(name = "nom", required = false) @Nullable String lastName,
            CommandKey key,
            SignedIn person,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        String first = fields.name("/prenom", firstName);
        String last = fields.name("/nom", lastName);
        Uai uai = person.school().orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return door("", false, fields.violations(), person, page);
        }
        return "redirect:/surveillance?atLeast=" + invigilators.introduce(person, uai, first, last, key);
    }

    @PostMapping("/surveillance")
    @Impersonal("the reader's own name")
    String open(
            @RequestParam(name = "session", required = false) @Nullable String number,
            @RequestParam(name = "code", required = false) @Nullable String code,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        int session = JoinRequest.number(fields, number);
        String typed = fields.text("/code", code, LONGEST_CODE);
        Optional<SessionView> found =
                fields.violations().isEmpty() ? sittings.watchedBy(session, person) : Optional.empty();
        Optional<String> mac = invigilation.open(found, session, typed, person, response);
        if (found.isEmpty() || mac.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return door(fields.violations().isEmpty() ? Integer.toString(session) : "", true, List.of(), person, page);
        }
        invigilation.remember(found.get().session(), mac.get(), browser);
        return "redirect:/surveillance/" + found.get().session();
    }

    @GetMapping("/surveillance/{session}")
    String room(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            @RequestParam(name = "etat", defaultValue = "") String status,
            SignedIn person,
            HttpSession browser,
            Model page) {
        invigilation.shown(session, browser);
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        show(sittings.shown(sittings.watchedBy(session, person), person, Role.INVIGILATOR), status, person, page);
        page.addAttribute("behind", behind);
        return ROOM;
    }

    /** Rows of the board as they change, until the browser leaves. */
    @GetMapping("/surveillance/{session}/flux")
    void follow(
            @PathVariable UUID session,
            @RequestParam(name = "depuis", defaultValue = "0") long since,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            SignedIn person,
            HttpSession browser,
            HttpServletRequest request,
            HttpServletResponse response) {
        invigilation.shown(session, browser);
        SessionView found = sittings.watchedBy(session, person);
        if (last == null) {
            // A browser that comes back goes on with a reading that was recorded.
            sittings.shown(found, person, Role.INVIGILATOR);
        }
        boards.follow(
                found.session(),
                shown -> Sittings.mayWatch(shown, person),
                Math.max(since, position(last)),
                browser,
                request,
                response);
    }

    private static long position(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
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
                new InRoom(session, candidate, key, person, browser, response, page),
                (found, _, mac) -> new ConfirmPresence(found.session(), new CandidateId(candidate), mac));
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
                new InRoom(session, candidate, key, person, browser, response, page),
                (found, _, mac) -> new GrantAdmission(found.session(), new CandidateId(candidate), mac));
    }

    @PostMapping("/surveillance/{session}/candidats/{candidate}/autorisation/retrait")
    String withdrawAdmission(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        return act(
                new InRoom(session, candidate, key, person, browser, response, page),
                (found, _, mac) -> new WithdrawAdmission(found.session(), new CandidateId(candidate), mac));
    }

    @PostMapping("/surveillance/{session}/candidats/{candidate}/signalement")
    String resolveAlert(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestParam(name = "signalement", required = false) @Nullable String alert,
            @RequestParam(name = "suite", required = false) @Nullable String resolution,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        invigilation.shown(session, browser);
        Fields fields = new Fields();
        UUID raised = fields.uuid("/signalement", alert);
        AlertResolution wanted =
                fields.parsed("/suite", resolution, InvigilationPages::resolution, AlertResolution.DISMISSED);
        fields.check();
        return act(
                new InRoom(session, candidate, key, person, browser, response, page),
                (_, seat, _) -> new ResolveAlert(seat.exam(), raised, wanted));
    }

    private static AlertResolution resolution(String text) {
        return switch (text) {
            case "remplacer" -> AlertResolution.REPLACED;
            case "ecarter" -> AlertResolution.DISMISSED;
            default -> throw new IllegalArgumentException("neither");
        };
    }

    @PostMapping("/surveillance/{session}/candidats/{candidate}/temps")
    String restoreTime(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestParam(name = "minutes", required = false) @Nullable String minutes,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        invigilation.shown(session, browser);
        Fields fields = new Fields();
        int added = fields.number("/minutes", minutes, 1, MOST_RESTORED_MINUTES);
        fields.check();
        return act(
                new InRoom(session, candidate, key, person, browser, response, page),
                (_, seat, _) -> new RestoreTime(seat.exam(), Duration.ofMinutes(added)));
    }

    /** Without it a candidate who leaves would keep the whole session open. */
    @PostMapping("/surveillance/{session}/candidats/{candidate}/fin")
    String end(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestParam(name = "motif", defaultValue = "INVIGILATOR") String reason,
            CommandKey key,
            SignedIn person,
            HttpSession browser,
            HttpServletResponse response,
            Model page) {
        invigilation.shown(session, browser);
        Fields fields = new Fields();
        EndReason wanted = fields.parsed("/motif", reason, InvigilationPages::endReason, EndReason.INVIGILATOR);
        fields.check();
        return act(
                new InRoom(session, candidate, key, person, browser, response, page),
                (_, seat, _) -> new EndExam(seat.exam(), wanted));
    }

    static EndReason endReason(String name) {
        return END_REASONS.stream()
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason of an invigilator"));
    }

    private String act(InRoom room, Act act) {
        String mac = invigilation.shown(room.session(), room.browser());
        SessionView found = sittings.watchedBy(room.session(), room.person());
        Candidate seat = Sittings.candidate(found, room.candidate());
        Command command = act.command(found, seat, mac);
        Outcome outcome = command instanceof InvigilatorAct coded
                ? invigilation.act(coded, room.key(), room.person(), room.response())
                : dispatch.outcome(command, room.key(), room.person(), Role.INVIGILATOR);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            room.response().setStatus(code.status());
            show(sittings.shown(found, room.person(), Role.INVIGILATOR), "", room.person(), room.page());
            room.page().addAttribute("refusal", code.code());
            room.page().addAttribute("refusedFor", seat);
            return ROOM;
        }
        return "redirect:/surveillance/" + room.session() + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private void show(SessionView session, String status, SignedIn person, Model page) {
        List<Seat> seats = Seat.of(session);
        page.addAttribute("watchers", invigilators.named(session, person, Role.INVIGILATOR));
        page.addAttribute("sitting", session);
        page.addAttribute("open", session.status() == Status.CREATED);
        page.addAttribute("statuses", SeatStatus.values());
        page.addAttribute("status", status);
        page.addAttribute("all", seats.size());
        page.addAttribute(
                "seats",
                seats.stream()
                        .filter(seat -> status.isEmpty() || seat.status().equals(status))
                        .toList());
        page.addAttribute(
                "alerts",
                session.candidates().stream()
                        .filter(candidate -> candidate.alert() != null)
                        .count());
        page.addAttribute(
                "position",
                session.candidates().stream()
                        .mapToLong(Candidate::position)
                        .max()
                        .orElse(0));
        page.addAttribute("refusal", "");
        page.addAttribute("behind", false);
    }
}

package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The sessions of a head's establishment. */
@Controller
@Allowed(Role.HEAD)
class SessionPages {
    private static final String NEW = "session/new";
    private static final String SESSION = "session/session";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Scheduling scheduling;
    private final Enrolments enrolments;
    private final Invigilators invigilators;
    private final DrawnCodes codes;
    private final JuryQueries juries;
    private final ServerClock clock;
    private final MessageSource messages;

    SessionPages(
            Dispatch dispatch,
            Sittings sittings,
            Scheduling scheduling,
            Enrolments enrolments,
            Invigilators invigilators,
            DrawnCodes codes,
            JuryQueries juries,
            ServerClock clock,
            MessageSource messages) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.scheduling = scheduling;
        this.enrolments = enrolments;
        this.invigilators = invigilators;
        this.codes = codes;
        this.juries = juries;
        this.clock = clock;
        this.messages = messages;
    }

    @GetMapping("/sessions")
    String list(@RequestParam(defaultValue = "0") long atLeast, SignedIn head, Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(SessionQueries.VIEW, atLeast));
        page.addAttribute("sessions", sittings.of(head));
        page.addAttribute("centre", scheduling.centre(head).isPresent());
        return "session/list";
    }

    @GetMapping("/sessions/nouvelle")
    String form(SignedIn head, Model page) {
        form(page, ParisDays.of(clock.now()).toString(), "08:30", "", List.of());
        page.addAttribute("staff", invigilators.toName(head, List.of()));
        page.addAttribute("chosen", List.of());
        page.addAttribute("centre", scheduling.centre(head).isPresent());
        return NEW;
    }

    @PostMapping("/sessions")
    String schedule(
            CommandKey key,
            @RequestParam(required = false) @Nullable String date,
            @RequestParam(name = "heure", required = false) @Nullable String time,
            @RequestParam(name = "salle", required = false) @Nullable String room,
            @RequestParam(name = "surveillant", required = false) @Nullable List<@Nullable String> named,
            SignedIn head,
            Model page,
            HttpServletResponse response,
            RedirectAttributes shownOnce) {
        Fields fields = new Fields();
        List<AccountId> chosen = invigilators.read(fields, "/surveillant", named, head, List.of());
        Scheduling.Plan plan = Scheduling.plan(fields, date, time, room, chosen);
        List<Violation> violations = new ArrayList<>(fields.violations());
        if (violations.isEmpty()) {
            Scheduling.Scheduled scheduled = scheduling.schedule(plan, key, head);
            if (!(scheduled.outcome() instanceof Outcome.Refused)) {
                DrawnCodes.Drawn drawn = scheduled.drawn();
                Done done = dispatch.done(drawn.session().value(), scheduled.outcome());
                // Kept in the head's own browser session until the next page, and nowhere else.
                shownOnce.addFlashAttribute("accessCode", drawn.accessCode());
                shownOnce.addFlashAttribute("invigilatorCode", drawn.invigilatorCode());
                return "redirect:/sessions/" + drawn.session() + "?atLeast=" + done.position();
            }
            boolean tooFar =
                    scheduled.outcome() instanceof Outcome.Refused(var code, var _) && code == Refusal.DATE_TOO_FAR;
            violations.add(new Violation("/date", tooFar ? "session.date-too-far" : "session.date-in-past"));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        form(page, text(date), text(time), text(room), violations);
        page.addAttribute("staff", invigilators.toName(head, List.of()));
        page.addAttribute("chosen", chosen);
        page.addAttribute("centre", true);
        return NEW;
    }

    @GetMapping("/sessions/{session}")
    String session(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            @RequestParam(name = "classe", required = false) @Nullable String division,
            @RequestParam(name = "tous", required = false) @Nullable String all,
            SignedIn head,
            Model page) {
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        show(sittings.ofHead(session, head), division, head, page);
        page.addAttribute("allTicked", all != null);
        page.addAttribute("behind", behind);
        return SESSION;
    }

    /** Enrols the pupils that were ticked, all of them or, when a line cannot be accepted, none. */
    @PostMapping("/sessions/{session}/candidats")
    String enrol(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "classe", required = false) @Nullable String division,
            @RequestParam(name = "eleve", required = false) @Nullable List<String> pupils,
            SignedIn head,
            HttpServletRequest form,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        Map<LearnerId, EnrolCandidate> wanted = new LinkedHashMap<>();
        Map<String, String> typed = new HashMap<>();
        for (String pupil : pupils == null ? List.<String>of() : pupils) {
            LearnerId learner = new LearnerId(fields.uuid("/eleve", pupil));
            String place = form.getParameter("lieu-" + pupil);
            String extra = form.getParameter("temps-" + pupil);
            typed.put("lieu-" + pupil, text(place));
            typed.put("temps-" + pupil, text(extra));
            typed.put("eleve-" + pupil, "on");
            int before = fields.violations().size();
            String birthPlace = fields.text("/lieu-" + pupil, place, SessionResource.LONGEST_BIRTH_PLACE);
            int extraTime = extra == null || extra.isBlank()
                    ? 0
                    : fields.number("/temps-" + pupil, extra, 0, SessionResource.MOST_EXTRA_TIME);
            if (fields.violations().size() == before) {
                wanted.put(
                        learner,
                        enrolments.command(
                                found, codes.candidate(key.commandId(), learner), learner, extraTime, birthPlace));
            }
        }
        if (pupils == null || pupils.isEmpty()) {
            fields.refuse("/classe", "session.nobody-ticked");
        }
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(found, division, head, page);
            page.addAttribute("violations", fields.violations());
            page.addAttribute("typed", typed);
            page.addAttribute("concerned", concerned(found, division, fields.violations()));
            return SESSION;
        }
        Done done =
                dispatch.send(new EnrolCandidates(found.session(), List.copyOf(wanted.values())), key, head, Role.HEAD);
        return "redirect:/sessions/" + session + "?atLeast=" + done.position();
    }

    /** The results of a published session as a table. */
    @GetMapping("/sessions/{session}/resultats.csv")
    ResponseEntity<byte[]> results(@PathVariable UUID session, SignedIn head, Locale language) {
        SessionView found = sittings.ofHead(session, head);
        if (found.status() != Status.PROCESSED) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        sittings.shown(found, head, Role.HEAD);
        return CsvFile.of(ResultFile.of(found, key -> messages.getMessage(key, null, language)))
                .download("resultats_session_" + found.number() + ".csv");
    }

    @PostMapping("/sessions/{session}/finalisation")
    String finalise(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "absent", required = false) @Nullable List<String> absent,
            @RequestParam(name = "incident", required = false) @Nullable String incident,
            @RequestParam(name = "commentaire", required = false) @Nullable String comment,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Fields fields = new Fields();
        Set<CandidateId> missing = new HashSet<>();
        for (String candidate : absent == null ? List.<String>of() : absent) {
            missing.add(new CandidateId(fields.uuid("/absent", candidate)));
        }
        fields.check();
        FinaliseSession command =
                new FinaliseSession(found.session(), incident != null, missing, comment(fields, comment, head));
        fields.check();
        Outcome outcome = dispatch.outcome(command, key, head, Role.HEAD);
        if (outcome instanceof Outcome.Refused(var code, var facts)) {
            response.setStatus(code.status());
            show(found, null, head, page);
            page.addAttribute("comment", text(comment));
            page.addAttribute("refusal", code.code());
            page.addAttribute("refusedFor", names(found, facts.get("candidates")));
            return SESSION;
        }
        return "redirect:/sessions/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    /** @return what the jury wrote for the centre, by candidate; empty until the results are published */
    private Map<CandidateId, List<String>> juryComments(SessionView session) {
        if (session.status() != Status.PROCESSED) {
            return Map.of();
        }
        Map<ExamId, List<String>> comments = juries.commentsForCentre(
                session.candidates().stream().map(Candidate::exam).toList());
        Map<CandidateId, List<String>> ofCandidates = new HashMap<>();
        session.candidates()
                .forEach(candidate ->
                        ofCandidates.put(candidate.candidate(), comments.getOrDefault(candidate.exam(), List.of())));
        ofCandidates.values().removeIf(List::isEmpty);
        return ofCandidates;
    }

    /** @return the comment, whose length is the rules' matter; absent when nothing was written */
    static FinaliseSession.@Nullable Comment comment(Fields fields, @Nullable String typed, SignedIn head) {
        return typed == null || typed.isBlank()
                ? null
                : new FinaliseSession.Comment(head.account(), fields.answer("/comment", typed));
    }

    private void show(SessionView session, @Nullable String wanted, SignedIn head, Model page) {
        boolean open = session.status() == Status.CREATED;
        Collection<Division> divisions = open ? enrolments.divisions(session) : List.of();
        Division division = divisions.stream()
                .filter(known -> known.value().equals(wanted))
                .findFirst()
                .orElse(null);
        List<RosterPupil> pupils = division == null ? List.of() : enrolments.eligible(session, division);
        sittings.shown(session, pupils.stream().map(RosterPupil::learner).toList(), head, Role.HEAD);
        page.addAttribute("sitting", session);
        page.addAttribute("watchers", invigilators.named(session, head, Role.HEAD));
        page.addAttribute("open", open);
        page.addAttribute("seats", Seat.of(session));
        boolean published = session.status() == Status.PROCESSED;
        page.addAttribute("published", published);
        page.addAttribute(
                "certifiedDivisions",
                published
                        ? enrolments.divisionsOfCandidates(session).stream()
                                .map(Division::value)
                                .toList()
                        : List.of());
        page.addAttribute("year", Enrolments.year(session).value());
        page.addAttribute("divisions", divisions);
        page.addAttribute("division", division == null ? "" : division.value());
        page.addAttribute("pupils", pupils);
        page.addAttribute("violations", List.of());
        page.addAttribute("typed", Map.of());
        page.addAttribute("allTicked", false);
        page.addAttribute("comment", "");
        page.addAttribute("juryComments", juryComments(session));
        page.addAttribute("refusal", "");
        page.addAttribute("refusedFor", List.of());
        page.addAttribute("behind", false);
        page.addAttribute("past", session.plannedDate().isBefore(ParisDays.of(clock.now())));
    }

    /** @return whom each refused field is about, by its pointer */
    private Map<String, String> concerned(SessionView session, @Nullable String division, List<Violation> violations) {
        Map<String, String> names = new HashMap<>();
        enrolments.divisions(session).stream()
                .filter(known -> known.value().equals(division))
                .flatMap(known -> enrolments.eligible(session, known).stream())
                .forEach(pupil -> violations.stream()
                        .map(Violation::pointer)
                        .filter(pointer -> pointer.endsWith("-" + pupil.learner()))
                        .forEach(pointer -> names.put(pointer, pupil.lastName() + " " + pupil.firstName())));
        return names;
    }

    private static void form(Model page, String date, String time, String room, List<Violation> violations) {
        page.addAttribute("date", date);
        page.addAttribute("time", time);
        page.addAttribute("room", room);
        page.addAttribute("violations", violations);
    }

    private static List<String> names(SessionView session, @Nullable Object candidates) {
        return candidates instanceof Collection<?> ids
                ? session.candidates().stream()
                        .filter(candidate -> ids.contains(candidate.candidate().toString()))
                        .map(SessionPages::name)
                        .toList()
                : List.of();
    }

    private static String name(Candidate candidate) {
        return text(candidate.lastName()) + " " + text(candidate.firstName());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}

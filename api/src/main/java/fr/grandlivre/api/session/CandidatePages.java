package fr.grandlivre.api.session;

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
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.SessionCommand.CorrectCandidate;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidates;
import fr.grandlivre.command.session.SessionCommand.WithdrawCandidate;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Candidates of a session before the exam: a file of them, the correction of one, the withdrawal of one. */
@Controller
@Allowed(Role.HEAD)
class CandidatePages {
    private static final String CANDIDATE = "session/candidate";
    private static final String FILE = "session/candidate-file";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Enrolments enrolments;
    private final DrawnCodes codes;
    private final ServerClock clock;

    CandidatePages(Dispatch dispatch, Sittings sittings, Enrolments enrolments, DrawnCodes codes, ServerClock clock) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.enrolments = enrolments;
        this.codes = codes;
        this.clock = clock;
    }

    @GetMapping("/sessions/{session}/candidats/{candidate}")
    String candidate(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        SessionView found = sittings.shown(sittings.ofHead(session, head), head, Role.HEAD);
        show(found, Sittings.candidate(found, candidate), List.of(), page);
        page.addAttribute("behind", behind);
        return CANDIDATE;
    }

    /** Names and birth date of a correction come from a form, because the roster itself may be what is wrong. */
    static CorrectCandidate correction(
            Fields fields,
            SessionView session,
            Candidate candidate,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String birthDate,
            @Nullable String birthPlace,
            @Nullable String extraTime,
            LocalDate today) {
        return new CorrectCandidate(
                session.session(),
                candidate.candidate(),
                fields.number("/temps", extraTime, 0, SessionResource.MOST_EXTRA_TIME),
                new CandidateIdentity(
                        fields.name("/firstName", firstName),
                        fields.name("/lastName", lastName),
                        fields.birthDate("/birthDate", birthDate, today),
                        fields.text("/lieu", birthPlace, SessionResource.LONGEST_BIRTH_PLACE)));
    }

    @PostMapping("/sessions/{session}/candidats/{candidate}")
    String correct(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            @RequestParam(name = "prenom", required = false) @Nullable String firstName,
            @RequestParam(name = "nom", required = false) @Nullable String lastName,
            @RequestParam(name = "naissance", required = false) @Nullable String birthDate,
            @RequestParam(name = "lieu", required = false) @Nullable String birthPlace,
            @RequestParam(name = "temps", required = false) @Nullable String extraTime,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Candidate known = Sittings.candidate(found, candidate);
        Fields fields = new Fields();
        CorrectCandidate command = correction(
                fields, found, known, firstName, lastName, birthDate, birthPlace, extraTime, ParisDays.of(clock.now()));
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(sittings.shown(found, head, Role.HEAD), known, fields.violations(), page);
            return CANDIDATE;
        }
        return send(command, found, known, key, head, response, page);
    }

    @PostMapping("/sessions/{session}/candidats/{candidate}/retrait")
    String withdraw(
            @PathVariable UUID session,
            @PathVariable UUID candidate,
            CommandKey key,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = sittings.ofHead(session, head);
        Candidate known = Sittings.candidate(found, candidate);
        return send(new WithdrawCandidate(found.session(), known.candidate()), found, known, key, head, response, page);
    }

    private String send(
            Command command,
            SessionView session,
            Candidate candidate,
            CommandKey key,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        Outcome outcome = dispatch.outcome(command, key, head, Role.HEAD);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            show(sittings.shown(session, head, Role.HEAD), candidate, List.of(), page);
            page.addAttribute("refusal", code.code());
            return CANDIDATE;
        }
        return "redirect:/sessions/" + session.session() + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private static void show(SessionView session, Candidate candidate, List<Violation> violations, Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("candidate", candidate);
        page.addAttribute("changeable", session.status() == Status.CREATED && candidate.startedAt() == null);
        page.addAttribute("violations", violations);
        page.addAttribute("refusal", "");
        page.addAttribute("behind", false);
    }

    @GetMapping("/sessions/{session}/candidats/fichier")
    String file(@PathVariable UUID session, SignedIn head, Model page) {
        return file(open(session, head), null, "", List.of(), page);
    }

    /** Says what the file would do, and does nothing. */
    @PostMapping("/sessions/{session}/candidats/fichier")
    String preview(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "fichier", required = false) @Nullable MultipartFile file,
            SignedIn head,
            HttpServletResponse response,
            Model page)
            throws IOException {
        SessionView found = open(session, head);
        try {
            String text = CandidateFile.text(file == null ? new byte[0] : file.getBytes());
            return preview(found, text, key, head, response, page);
        } catch (ProblemException refused) {
            return refused(found, refused, response, page);
        }
    }

    /** Enrols the candidates of a file that was shown, all of them or none. */
    @PostMapping("/sessions/{session}/candidats/inscription")
    String apply(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "texte", required = false) @Nullable String text,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SessionView found = open(session, head);
        String shown = text == null ? "" : text;
        CandidateFile file =
                CandidateFile.read(shown, found, enrolments, learner -> codes.candidate(key.commandId(), learner));
        if (!file.accepted()) {
            return preview(found, shown, key, head, response, page);
        }
        EnrolCandidates command = file.command(found.session());
        Outcome outcome = dispatch.outcome(command, key, head, Role.HEAD);
        if (outcome instanceof Outcome.Refused(var code, var _)) {
            response.setStatus(code.status());
            page.addAttribute("refusal", code.code());
            return file(found, shown(file, found, head), shown, List.of(), page);
        }
        return "redirect:/sessions/" + session + "?atLeast="
                + dispatch.done(command, outcome).position();
    }

    private String preview(
            SessionView session, String text, CommandKey key, SignedIn head, HttpServletResponse response, Model page) {
        try {
            CandidateFile read =
                    CandidateFile.read(text, session, enrolments, learner -> codes.candidate(key.commandId(), learner));
            if (!read.accepted()) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            }
            return file(session, shown(read, session, head), text, List.of(), page);
        } catch (ProblemException refused) {
            return refused(session, refused, response, page);
        }
    }

    private static String refused(
            SessionView session, ProblemException refused, HttpServletResponse response, Model page) {
        if (refused.problem().violations().isEmpty()) {
            throw refused;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return file(session, null, "", refused.problem().violations(), page);
    }

    /** Says who is read before the lines name them. */
    private CandidateFile shown(CandidateFile file, SessionView session, SignedIn head) {
        sittings.shown(session, file.learners(), head, Role.HEAD);
        return file;
    }

    private static String file(
            SessionView session, @Nullable CandidateFile file, String text, List<Violation> violations, Model page) {
        page.addAttribute("sitting", session);
        page.addAttribute("file", file);
        page.addAttribute("text", text);
        page.addAttribute("violations", violations);
        if (!page.containsAttribute("refusal")) {
            page.addAttribute("refusal", "");
        }
        return FILE;
    }

    private SessionView open(UUID session, SignedIn head) {
        SessionView found = sittings.ofHead(session, head);
        if (found.status() != Status.CREATED) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return found;
    }
}

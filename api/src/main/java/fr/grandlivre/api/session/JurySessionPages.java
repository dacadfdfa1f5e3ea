package fr.grandlivre.api.session;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.ResolveIssue;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.query.session.SessionView;
import fr.grandlivre.query.session.SessionView.Candidate;
import fr.grandlivre.query.session.SessionView.Status;
import fr.grandlivre.rules.session.IssueCategory;
import fr.grandlivre.rules.session.SessionDossier;
import fr.grandlivre.rules.session.SessionDossier.Issue;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finalised sessions before the jury: what asks for a look, and publication. */
@Controller
@Allowed(Role.JURY)
class JurySessionPages {
    private static final String LIST = "session/jury";
    private static final String SESSION = "session/jury-session";

    private final Dispatch dispatch;
    private final Sittings sittings;
    private final Juries juries;
    private final JuryQueries queries;

    JurySessionPages(Dispatch dispatch, Sittings sittings, Juries juries, JuryQueries queries) {
        this.dispatch = dispatch;
        this.sittings = sittings;
        this.juries = juries;
        this.queries = queries;
    }

    /**
     * A session that a publication in bulk left out.
     *
     * @param number  what people call it by
     * @param refusal code of the rule
     */
    record LeftOut(int number, String refusal) {}

    /**
     * A reported issue in words.
     *
     * @param issue     what was reported
     * @param category  label of the category
     * @param candidate whom it concerns; absent when it concerns the session
     */
    record IssueLine(Issue issue, String category, @Nullable Candidate candidate) {
        /** @return the report; empty when there are no words, or they were erased */
        public Optional<String> description() {
            return Optional.ofNullable(issue.reported().sealed())
                    .flatMap(personal -> personal.value())
                    .map(words -> words.description());
        }
    }

    @GetMapping("/jury")
    String list(@RequestParam(defaultValue = "0") long atLeast, SignedIn jury, Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(SessionQueries.VIEW, atLeast));
        show(List.of(), jury, page);
        return LIST;
    }

    private void show(List<LeftOut> leftOut, SignedIn jury, Model page) {
        page.addAttribute("sessions", juries.finalised());
        page.addAttribute("waiting", juries.waiting());
        page.addAttribute("reader", jury.account());
        page.addAttribute("leftOut", leftOut);
    }

    /** Publishes what was ticked; a session that asks for a look stays and is named. */
    @PostMapping("/jury/publications")
    String publishInBulk(
            CommandKey key,
            @RequestParam(name = "session", required = false) @Nullable List<String> ticked,
            SignedIn jury,
            HttpServletResponse response,
            Model page) {
        Fields fields = new Fields();
        List<SessionId> wanted = (ticked == null ? List.<String>of() : ticked)
                .stream().map(id -> new SessionId(fields.uuid("/session", id))).toList();
        fields.check();
        if (wanted.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("nothingTicked", true);
            show(List.of(), jury, page);
            return LIST;
        }
        List<LeftOut> leftOut = new ArrayList<>();
        long position = 0;
        for (var published : juries.publish(
                        wanted.stream()
                                .map(id -> sittings.ofJury(id.value()).session())
                                .toList(),
                        key,
                        jury)
                .entrySet()) {
            if (published.getValue() instanceof Outcome.Refused(var code, var _)) {
                leftOut.add(
                        new LeftOut(sittings.ofJury(published.getKey().value()).number(), code.code()));
            } else {
                PublishSession command = new PublishSession(published.getKey(), true);
                position = Math.max(
                        position, dispatch.done(command, published.getValue()).position());
            }
        }
        if (leftOut.isEmpty()) {
            return "redirect:/jury?atLeast=" + position;
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        page.addAttribute("behind", !dispatch.caughtUp(SessionQueries.VIEW, position));
        show(leftOut, jury, page);
        return LIST;
    }

    @GetMapping("/jury/sessions/{session}")
    String session(
            @PathVariable UUID session,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn jury,
            Model page,
            Locale language) {
        boolean behind = !dispatch.caughtUp(SessionQueries.VIEW, atLeast);
        show(sittings.ofJury(session), jury, page, language);
        page.addAttribute("behind", behind);
        return SESSION;
    }

    @PostMapping("/jury/sessions/{session}/publication")
    String publish(
            @PathVariable UUID session,
            CommandKey key,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        SessionView found = sittings.ofJury(session);
        return act(found, new PublishSession(found.session()), key, jury, response, page, language);
    }

    /** Whoever presses takes charge of the session. */
    @PostMapping("/jury/sessions/{session}/responsable")
    String takeCharge(
            @PathVariable UUID session,
            CommandKey key,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        SessionView found = sittings.ofJury(session);
        return act(found, new AssignOfficer(found.session(), jury.account()), key, jury, response, page, language);
    }

    @PostMapping("/jury/sessions/{session}/signalements")
    String resolve(
            @PathVariable UUID session,
            CommandKey key,
            @RequestParam(name = "signalement", required = false) @Nullable String issue,
            @RequestParam(name = "suite", required = false) @Nullable String resolution,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        SessionView found = sittings.ofJury(session);
        Fields fields = new Fields();
        UUID which = fields.uuid("/issue", issue);
        Resolution how = fields.parsed(
                "/resolution",
                resolution,
                text -> JuryActForm.constant(Resolution.values(), text),
                Resolution.NO_EFFECT);
        fields.check();
        return act(found, new ResolveIssue(found.session(), which, how), key, jury, response, page, language);
    }

    private String act(
            SessionView session,
            Command command,
            CommandKey key,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        String next = "/jury/sessions/" + session.session();
        return dispatch.submit(command, key, jury, Role.JURY, next, response, refusal -> {
            show(session, jury, page, language);
            page.addAttribute("refusal", refusal);
            return SESSION;
        });
    }

    private void show(SessionView session, SignedIn jury, Model page, Locale language) {
        SessionDossier dossier = juries.dossier(session.session());
        sittings.shown(session, jury, Role.JURY);
        page.addAttribute("sitting", session);
        page.addAttribute("published", session.status() == Status.PROCESSED);
        page.addAttribute("seats", Seat.of(session));
        page.addAttribute(
                "scored",
                session.candidates().stream()
                        .noneMatch(candidate -> candidate.startedAt() != null && candidate.outcome() == null));
        page.addAttribute("dossier", dossier);
        page.addAttribute("comment", queries.comment(session.session()).orElse(""));
        page.addAttribute("mine", dossier.officer().equals(Optional.of(jury.account())));
        page.addAttribute(
                "issues",
                dossier.issues().values().stream()
                        .map(issue -> line(issue, session, language))
                        .toList());
        page.addAttribute("refusal", "");
        page.addAttribute("behind", false);
    }

    private static IssueLine line(Issue issue, SessionView session, Locale language) {
        return new IssueLine(
                issue,
                IssueCategory.of(issue.reported().category())
                        .map(category -> category.label().in(language))
                        .orElse(issue.reported().category()),
                session.candidates().stream()
                        .filter(candidate ->
                                candidate.candidate().equals(issue.reported().candidate()))
                        .findFirst()
                        .orElse(null));
    }
}

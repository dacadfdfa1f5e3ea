package fr.grandlivre.api.session;

import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.session.Examination;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.CertificateStatus;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.IssueCategory;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One exam before the jury: how its result came about, what was done, and the acts, each with its preview. */
@Controller
@Allowed(Role.JURY)
class JuryExamPages {
    private static final String PAGE = "session/jury-exam";
    private static final String PREVIEW = "session/jury-preview";

    private final Dispatch dispatch;
    private final Juries juries;
    private final Frameworks frameworks;
    private final ServerClock clock;

    JuryExamPages(Dispatch dispatch, Juries juries, Frameworks frameworks, ServerClock clock) {
        this.dispatch = dispatch;
        this.juries = juries;
        this.frameworks = frameworks;
        this.clock = clock;
    }

    @GetMapping("/jury/certifications/{exam}")
    String exam(
            @PathVariable UUID exam,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn jury,
            Model page,
            Locale language) {
        Examination found = juries.exam(exam);
        show(found, jury, page, language);
        page.addAttribute("done", atLeast > 0);
        page.addAttribute("behind", !dispatch.caughtUp(SessionQueries.VIEW, atLeast));
        return PAGE;
    }

    /** Says what an act would change; changes nothing. */
    @PostMapping("/jury/certifications/{exam}/apercu")
    String preview(
            @PathVariable UUID exam,
            @ModelAttribute JuryActForm form,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Examination found = juries.exam(exam);
        Fields fields = new Fields();
        JuryAct act = form.read(fields, ParisDays.of(clock.now()));
        List<Violation> violations = new ArrayList<>(fields.violations());
        Integer number = act.number();
        if (number != null && number > found.answers().size()) {
            violations.add(new Violation("/number", "range"));
        }
        show(found, jury, page, language);
        page.addAttribute("form", form);
        if (!violations.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("violations", violations);
            return PAGE;
        }
        page.addAttribute("act", act);
        page.addAttribute("preview", found.preview(act.kind(), number, act.identity()));
        page.addAttribute("after", worth(found, act.kind()));
        return PREVIEW;
    }

    /** @return what the certificate would be worth after an act on it; absent for other acts */
    private @Nullable CertificateStatus worth(Examination exam, JuryActKind kind) {
        return kind.isOfCertificate()
                ? exam.standing()
                        .map(certified -> CertificateStatus.on(
                                ParisDays.of(clock.now()),
                                certified.standing().validUntil(),
                                kind == JuryActKind.REVOKE_CERTIFICATE,
                                kind == JuryActKind.SUSPEND_CERTIFICATE))
                        .orElse(null)
                : null;
    }

    @PostMapping("/jury/certifications/{exam}/actes")
    String act(
            @PathVariable UUID exam,
            CommandKey key,
            @ModelAttribute JuryActForm form,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Examination found = juries.exam(exam);
        Fields fields = new Fields();
        JuryAct act = form.read(fields, ParisDays.of(clock.now()));
        fields.check();
        return done(found, juries.command(found, act, key, jury), key, jury, response, page, language);
    }

    /** A second person confirms, or the proposer takes the proposal back. */
    @PostMapping("/jury/certifications/{exam}/propositions")
    String settle(
            @PathVariable UUID exam,
            CommandKey key,
            @ModelAttribute SettlementForm form,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Examination found = juries.exam(exam);
        SettlementForm.Read read = form.read();
        Command command = switch (read.how()) {
            case CONFIRM -> juries.confirm(found, read.proposal(), jury);
            case WITHDRAW -> juries.withdraw(found, read.proposal(), jury);
        };
        return done(found, command, key, jury, response, page, language);
    }

    @PostMapping("/jury/certifications/{exam}/commentaires")
    String comment(
            @PathVariable UUID exam,
            CommandKey key,
            @RequestParam(name = "texte", required = false) @Nullable String text,
            @RequestParam(name = "etablissement", required = false) @Nullable String forOrganisation,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        Examination found = juries.exam(exam);
        Fields fields = new Fields();
        String comment = fields.text("/text", text, JuryAct.LONGEST_REASON);
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(found, jury, page, language);
            page.addAttribute("violations", fields.violations());
            return PAGE;
        }
        Command command = new CommentExam(found.started().exam(), forOrganisation != null, comment);
        return done(found, command, key, jury, response, page, language);
    }

    private String done(
            Examination exam,
            Command command,
            CommandKey key,
            SignedIn jury,
            HttpServletResponse response,
            Model page,
            Locale language) {
        ExamId id = exam.started().exam();
        return dispatch.submit(command, key, jury, Role.JURY, "/jury/certifications/" + id, response, refusal -> {
            show(juries.exam(id.value()), jury, page, language);
            page.addAttribute("refusal", refusal);
            return PAGE;
        });
    }

    private void show(Examination exam, SignedIn jury, Model page, Locale language) {
        page.addAttribute("exam", juries.shown(exam, jury));
        page.addAttribute("id", exam.started().exam().value());
        page.addAttribute("scoring", exam.scoring());
        page.addAttribute("titles", titles(exam, language));
        page.addAttribute("labels", labels(exam, language));
        page.addAttribute("whatIf", exam.whatIf(clock.now()).orElse(null));
        page.addAttribute("pending", juries.pending(exam, jury));
        page.addAttribute("timeline", TimelineLine.of(exam, jury));
        page.addAttribute("ofQuestion", List.of(JuryActKind.NEUTRALISE_QUESTION, JuryActKind.REINSTATE_QUESTION));
        page.addAttribute("ofExam", ofExam(exam));
        page.addAttribute("ofCertificate", ofCertificate(exam));
        page.addAttribute("today", ParisDays.of(clock.now()));
        page.addAttribute("codes", ReasonCode.values());
        page.addAttribute("form", new JuryActForm(null, null, null, null, null, null, null, null, null));
        page.addAttribute("violations", List.of());
        page.addAttribute("refusal", "");
        page.addAttribute("done", false);
        page.addAttribute("behind", false);
    }

    private SortedMap<String, String> titles(Examination exam, Locale language) {
        Framework framework = frameworks.of(exam.started().framework());
        SortedMap<String, String> titles = new TreeMap<>();
        exam.answers()
                .forEach(answer -> framework
                        .competence(answer.competence())
                        .ifPresent(competence -> titles.put(
                                answer.competence().value(), competence.title().in(language))));
        return titles;
    }

    private static SortedMap<String, String> labels(Examination exam, Locale language) {
        SortedMap<String, String> labels = new TreeMap<>();
        exam.dossier().issues().values().forEach(issue -> {
            String category = issue.reported().category();
            labels.put(
                    category,
                    IssueCategory.of(category)
                            .map(known -> known.label().in(language))
                            .orElse(category));
        });
        return labels;
    }

    private static List<JuryActKind> ofExam(Examination exam) {
        return List.of(
                exam.record().cancelled() ? JuryActKind.REINSTATE_EXAM : JuryActKind.CANCEL_EXAM,
                exam.record().fraud() ? JuryActKind.LIFT_FRAUD : JuryActKind.REJECT_FOR_FRAUD);
    }

    private static List<JuryActKind> ofCertificate(Examination exam) {
        return exam.standing()
                .map(certified -> List.of(
                        certified.standing().suspension() == null
                                ? JuryActKind.SUSPEND_CERTIFICATE
                                : JuryActKind.REINSTATE_CERTIFICATE,
                        JuryActKind.REVOKE_CERTIFICATE))
                .orElse(List.of());
    }
}

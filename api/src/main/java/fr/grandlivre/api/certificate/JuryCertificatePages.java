package fr.grandlivre.api.certificate;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.session.SettlementForm;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.session.JuryQueries;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.rules.verification.VerificationCodeText.Parsed;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** A certificate before the jury: what it says, what was done to it, and the acts, each with its preview. */
@Controller
@Allowed(Role.JURY)
class JuryCertificatePages {
    private static final String PAGE = "certificate/jury";

    private final Dispatch dispatch;
    private final VerificationQueries verifications;
    private final CertificateQueries certificates;
    private final TwoPersons twoPersons;
    private final Frameworks frameworks;
    private final Accesses accesses;
    private final ServerClock clock;

    JuryCertificatePages(
            Dispatch dispatch,
            VerificationQueries verifications,
            CertificateQueries certificates,
            TwoPersons twoPersons,
            Frameworks frameworks,
            Accesses accesses,
            ServerClock clock) {
        this.dispatch = dispatch;
        this.verifications = verifications;
        this.certificates = certificates;
        this.twoPersons = twoPersons;
        this.frameworks = frameworks;
        this.accesses = accesses;
        this.clock = clock;
    }

    /**
     * An act as the form has it.
     *
     * @param acte   revoke, suspend or reinstate
     * @param motif  code of the reason
     * @param raison in words
     */
    record ActForm(
            @Nullable String acte,
            @Nullable String motif,
            @Nullable String raison) {
        JuryActs act(Fields fields) {
            return fields.parsed("/acte", acte, JuryActs::of, JuryActs.REVOKE);
        }

        JuryAct read(Fields fields, JuryActs act, LocalDate today) {
            return act.read(fields, motif, raison, today);
        }

        /** Never shows the reason. */
        @Override
        public String toString() {
            return "ActForm[…]";
        }
    }

    /** The code stands in the body: it is in no address. */
    @PostMapping("/jury/recherche")
    String find(@RequestParam(name = "code", defaultValue = "") String typed, HttpServletResponse response) {
        Optional<CertificateId> found = VerificationCodeText.parse(typed) instanceof Parsed(var code, var _)
                ? verifications.idOf(code)
                : Optional.empty();
        if (found.isPresent()) {
            return "redirect:/jury/certificats/" + found.get();
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return "certificate/not-found";
    }

    @GetMapping("/jury/certificats/{id}")
    String certificate(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn jury,
            Model page,
            Locale language) {
        form(statement(id), jury, page, language);
        page.addAttribute("behind", !dispatch.caughtUp(VerificationQueries.VIEW, atLeast));
        page.addAttribute("done", atLeast > 0);
        return PAGE;
    }

    /** Says what an act would change; changes nothing. */
    @PostMapping("/jury/certificats/{id}/apercu")
    String preview(
            @PathVariable UUID id,
            @ModelAttribute ActForm form,
            SignedIn jury,
            Model page,
            HttpServletResponse response,
            Locale language) {
        CertificateStatement statement = statement(id);
        Fields fields = new Fields();
        JuryActs wanted = form.act(fields);
        JuryAct read = form.read(fields, wanted, ParisDays.of(clock.now()));
        form(statement, jury, page, language);
        page.addAttribute("reason", form.raison() == null ? "" : form.raison());
        page.addAttribute("chosenAct", wanted.text());
        page.addAttribute("chosenCode", WireName.of(read.reasonCode()));
        page.addAttribute("violations", fields.violations());
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return PAGE;
        }
        page.addAttribute("after", wanted.preview(statement, ParisDays.of(clock.now())));
        return "certificate/jury-preview";
    }

    @PostMapping("/jury/certificats/{id}/actes")
    String propose(
            @PathVariable UUID id,
            CommandKey key,
            @ModelAttribute ActForm form,
            SignedIn jury,
            Model page,
            HttpServletResponse response,
            Locale language) {
        CertificateStatement statement = statement(id);
        Fields fields = new Fields();
        JuryAct read = form.read(fields, form.act(fields), ParisDays.of(clock.now()));
        fields.check();
        return done(
                statement,
                twoPersons.propose(statement.certificate(), read, key, jury),
                key,
                jury,
                page,
                response,
                language);
    }

    /** A second person confirms, or the proposer takes the proposal back. */
    @PostMapping("/jury/certificats/{id}/propositions")
    String settle(
            @PathVariable UUID id,
            CommandKey key,
            @ModelAttribute SettlementForm form,
            SignedIn jury,
            Model page,
            HttpServletResponse response,
            Locale language) {
        CertificateStatement statement = statement(id);
        SettlementForm.Read read = form.read();
        return done(
                statement,
                twoPersons.settle(statement.certificate(), read.proposal(), read.how(), jury),
                key,
                jury,
                page,
                response,
                language);
    }

    private String done(
            CertificateStatement statement,
            JuryCommand command,
            CommandKey key,
            SignedIn jury,
            Model page,
            HttpServletResponse response,
            Locale language) {
        String next = "/jury/certificats/" + statement.certificate();
        return dispatch.submit(command, key, jury, Role.JURY, next, response, refusal -> {
            form(statement, jury, page, language);
            page.addAttribute("refusal", refusal);
            return PAGE;
        });
    }

    private CertificateStatement statement(UUID id) {
        return certificates.byId(new CertificateId(id)).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private void form(CertificateStatement statement, SignedIn jury, Model page, Locale language) {
        accesses.record(jury, Role.JURY, Surface.JURY, FieldsClass.IDENTITY_AND_RESULTS, List.of(statement.learner()));
        CertificatePages.show(statement, page, frameworks, clock, language);
        JuryQueries.Sitting sitting = twoPersons.sitting(statement.certificate());
        page.addAttribute("exam", sitting.imported() ? null : sitting.exam().value());
        page.addAttribute("waiting", twoPersons.waiting(statement.certificate(), jury));
        page.addAttribute("refusal", "");
        page.addAttribute(
                "acts",
                JuryActs.possible(statement).stream().map(JuryActs::text).toList());
        page.addAttribute(
                "codes", Arrays.stream(ReasonCode.values()).map(WireName::of).toList());
        page.addAttribute("reason", "");
        page.addAttribute("chosenAct", "");
        page.addAttribute("chosenCode", "");
        page.addAttribute("violations", List.of());
        page.addAttribute("behind", false);
        page.addAttribute("done", false);
    }
}

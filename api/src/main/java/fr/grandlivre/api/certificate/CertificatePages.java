package fr.grandlivre.api.certificate;

import fr.grandlivre.api.frame.Dates;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.api.verification.CertifiedLevel;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.certificate.CertificateStatement;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.SecondFact;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The holder's own certificates. */
@Controller
@Allowed(Role.LEARNER)
class CertificatePages {
    private final Dispatch dispatch;
    private final VerificationQueries verifications;
    private final OwnCertificates own;
    private final Frameworks frameworks;
    private final ServerClock clock;
    private final Dates dates;
    private final Attestations attestations;
    private final PersonAccounts accounts;

    CertificatePages(
            Dispatch dispatch,
            VerificationQueries verifications,
            OwnCertificates own,
            Frameworks frameworks,
            ServerClock clock,
            Dates dates,
            Attestations attestations,
            PersonAccounts accounts) {
        this.dispatch = dispatch;
        this.verifications = verifications;
        this.own = own;
        this.frameworks = frameworks;
        this.clock = clock;
        this.dates = dates;
        this.attestations = attestations;
        this.accounts = accounts;
    }

    @GetMapping("/moi/certificats")
    String list(@RequestParam(defaultValue = "0") long atLeast, SignedIn person, Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(VerificationQueries.VIEW, atLeast));
        page.addAttribute(
                "certificates", verifications.ofLearner(accounts.learners(person), ParisDays.of(clock.now())));
        page.addAttribute("at", clock.now());
        return "certificate/list";
    }

    @GetMapping("/moi/certificats/{id}")
    String certificate(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn person,
            Model page,
            Locale language) {
        CertificateStatement statement = own.certificate(id, person);
        show(statement, page, frameworks, clock, language);
        page.addAttribute("day", dates.day(statement.examDate()));
        page.addAttribute("attestation", attestations.state(statement));
        page.addAttribute("chosen", atLeast > 0);
        page.addAttribute("visibilities", Visibilities.names());
        page.addAttribute("visibility", Visibilities.name(statement.standing().visibility()));
        page.addAttribute(
                "keyOnly",
                statement.holder() != null
                        && SecondFact.isKeyOnly(statement.holder().birthDate(), ParisDays.of(clock.now())));
        return "certificate/statement";
    }

    /** The page asks again by itself; as long as there is nothing new, nothing under the reader's keyboard changes. */
    @GetMapping(path = "/moi/certificats/{id}", headers = "HX-Request")
    Object certificateAgain(@PathVariable UUID id, SignedIn person, Model page, Locale language) {
        return attestations.state(own.certificate(id, person)) == Attestations.State.IN_PREPARATION
                ? ResponseEntity.noContent().build()
                : certificate(id, 0, person, page, language);
    }

    @PostMapping("/moi/certificats/{id}/visibilite")
    String choose(
            @PathVariable UUID id,
            CommandKey key,
            @RequestParam(name = "visibilite", required = false) @Nullable String visibility,
            SignedIn person) {
        CertificateStatement statement = own.certificate(id, person);
        Fields fields = new Fields();
        Visibility chosen = Visibilities.read(fields, "/visibilite", visibility);
        fields.check();
        Done done = dispatch.send(Visibilities.command(statement, chosen), key, person, Role.LEARNER);
        return "redirect:/moi/certificats/" + id + "?atLeast=" + done.position() + "#qui";
    }

    static void show(
            CertificateStatement statement, Model page, Frameworks frameworks, ServerClock clock, Locale language) {
        page.addAttribute("certificate", statement);
        page.addAttribute("status", statement.standing().on(ParisDays.of(clock.now())));
        page.addAttribute(
                "levels",
                CertifiedLevel.of(
                        statement.levels(),
                        frameworks.of(statement.framework()),
                        statement.maxReachableLevel(),
                        language));
        // Last day inclusive: valid from the day of delivery to the same day years later.
        page.addAttribute(
                "years",
                ChronoUnit.YEARS.between(
                        statement.deliveredDate(),
                        statement.standing().validUntil().plusDays(1)));
    }
}

package fr.grandlivre.api.verification;

import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.verification.LookUps.LookUp;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * «Vérifier un certificat»: one field, one answer, then a second fact for the identity. The answer has no address of its
 * own, because a code is in no URL.
 */
@Controller
@Allowed(everyone = true)
class VerificationPages {
    private static final String FORM = "verification/form";
    private static final ClaimedFact.Pointers FIELDS = new ClaimedFact.Pointers("/cle", "/cle", "/nom", "/naissance");

    private final LookUps lookUps;
    private final Frameworks frameworks;
    private final ServerClock clock;

    VerificationPages(LookUps lookUps, Frameworks frameworks, ServerClock clock) {
        this.lookUps = lookUps;
        this.frameworks = frameworks;
        this.clock = clock;
    }

    @GetMapping("/verifier")
    String form(Model page) {
        form("none", "", false, List.of(), page);
        return FORM;
    }

    /** Where the printed QR code leads: its code and key stand behind the #, which no browser sends to a server. */
    @GetMapping("/v")
    String printed() {
        return "verification/printed";
    }

    @PostMapping("/verifier")
    String verify(
            @RequestParam(name = "code", defaultValue = "") String typed,
            @RequestParam(name = "cle", required = false) @Nullable String key,
            @RequestParam(name = "nom", required = false) @Nullable String familyName,
            @RequestParam(name = "naissance", required = false) @Nullable String birthDate,
            @RequestParam(name = "motif", required = false) @Nullable String purpose,
            Model page,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale language) {
        response.setHeader("X-Robots-Tag", "noindex");
        Fields fields = new Fields();
        ClaimedFact claim = ClaimedFact.read(fields, FIELDS, key, familyName, birthDate, ParisDays.of(clock.now()));
        String declared = purpose == null || purpose.isBlank()
                ? null
                : fields.text("/motif", purpose.strip(), AccessCommand.LONGEST_PURPOSE);
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form("second", typed, false, fields.violations(), page);
            return FORM;
        }
        return switch (lookUps.lookUp(typed, claim, declared, request, response)) {
            case LookUp.Impossible _ -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                form("impossible", typed, false, List.of(), page);
                yield FORM;
            }
            case LookUp.NotFound(var hint) -> {
                response.setStatus(HttpStatus.NOT_FOUND.value());
                form("unknown", typed, hint, List.of(), page);
                yield FORM;
            }
            case LookUp.Answered answer -> result(answer, page, language);
        };
    }

    /** What is longer was no code; it is not sent back. */
    private static final int LONGEST_SHOWN = 64;

    private static void form(String kind, String typed, boolean hint, List<Violation> violations, Model page) {
        page.addAttribute("kind", kind);
        page.addAttribute("typed", typed.length() > LONGEST_SHOWN ? "" : typed);
        page.addAttribute("hint", hint);
        page.addAttribute("violations", violations);
    }

    private String result(LookUp.Answered answer, Model page, Locale language) {
        Verification found = answer.found();
        page.addAttribute("certificate", found);
        page.addAttribute(
                "levels",
                CertifiedLevel.of(
                        found.levels(), frameworks.of(found.framework()), found.maxReachableLevel(), language));
        page.addAttribute("secondFact", answer.secondFact().name());
        page.addAttribute("identity", answer.identity().orElse(null));
        page.addAttribute("hint", answer.hint());
        page.addAttribute("at", answer.at());
        return "verification/result";
    }
}

package fr.grandlivre.api.verification;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.verification.LookUps.LookUp;
import fr.grandlivre.query.verification.Verification;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** «Vérifier un certificat»: one field, one answer. The answer has no address of its own, because a code is in no URL. */
@Controller
@Allowed(everyone = true)
class VerificationPages {
    private static final String FORM = "verification/form";

    private final LookUps lookUps;
    private final Frameworks frameworks;

    VerificationPages(LookUps lookUps, Frameworks frameworks) {
        this.lookUps = lookUps;
        this.frameworks = frameworks;
    }

    @GetMapping("/verifier")
    String form(Model page) {
        page.addAttribute("typed", "");
        page.addAttribute("kind", "none");
        page.addAttribute("hint", false);
        return FORM;
    }

    @PostMapping("/verifier")
    String verify(
            @RequestParam(name = "code", defaultValue = "") String typed,
            Model page,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale language) {
        response.setHeader("X-Robots-Tag", "noindex");
        return switch (lookUps.lookUp(typed, request, response)) {
            case LookUp.Impossible _ ->
                refused("impossible", typed, false, HttpStatus.UNPROCESSABLE_CONTENT, page, response);
            case LookUp.Answered(var hint, var found, var at) ->
                found.map(verification -> result(verification, at, page, language))
                        .orElseGet(() -> refused("unknown", typed, hint, HttpStatus.NOT_FOUND, page, response));
        };
    }

    private static String refused(
            String kind, String typed, boolean hint, HttpStatus status, Model page, HttpServletResponse response) {
        response.setStatus(status.value());
        page.addAttribute("kind", kind);
        page.addAttribute("typed", typed.length() > LONGEST_SHOWN ? "" : typed);
        page.addAttribute("hint", hint);
        return FORM;
    }

    /** What is longer was no code; it is not sent back. */
    private static final int LONGEST_SHOWN = 64;

    private String result(Verification found, Instant at, Model page, Locale language) {
        page.addAttribute("certificate", found);
        page.addAttribute(
                "levels",
                CertifiedLevel.of(
                        found.levels(), frameworks.of(found.framework()), found.maxReachableLevel(), language));
        page.addAttribute("at", at);
        return "verification/result";
    }
}

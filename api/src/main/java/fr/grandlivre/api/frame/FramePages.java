package fr.grandlivre.api.frame;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Languages;
import fr.grandlivre.api.security.Allowed;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Home, sign-in, statements, problem catalogue. */
@Controller
@Allowed(everyone = true)
class FramePages {
    private static final Duration LANGUAGE_KEPT = Duration.ofDays(180);

    private final ObjectProvider<ClientRegistrationRepository> providers;

    FramePages(ObjectProvider<ClientRegistrationRepository> providers) {
        this.providers = providers;
    }

    @GetMapping("/")
    String home() {
        return "frame/home";
    }

    @GetMapping("/connexion")
    String signIn(@RequestParam(name = "echec", required = false) String failed, Model page) {
        page.addAttribute("failed", failed != null);
        page.addAttribute("providers", providers());
        return "frame/sign-in";
    }

    @GetMapping("/deconnecte")
    String signedOut() {
        return "frame/signed-out";
    }

    @GetMapping("/accessibilite")
    String accessibility() {
        return "frame/accessibility";
    }

    @GetMapping("/confidentialite")
    String privacy() {
        return "frame/privacy";
    }

    @GetMapping("/developpeurs")
    String developers(Model page) {
        page.addAttribute("slugs", Slug.values());
        // The commands are copied: they name the address under which this page was asked for.
        page.addAttribute(
                "here", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        page.addAttribute(
                "provider",
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .host("localhost")
                        .toUriString());
        return "frame/developers";
    }

    @GetMapping("/problemes/{slug}")
    String problem(@PathVariable String slug, Model page) {
        page.addAttribute("slug", Slug.of(slug).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)));
        return "frame/problem";
    }

    /** @param back where the reader was; only an address within this site is followed */
    @GetMapping("/langue/{code}")
    @ResponseStatus(HttpStatus.SEE_OTHER)
    void language(
            @PathVariable String code,
            @RequestParam(name = "retour", defaultValue = "/") String back,
            HttpServletResponse response) {
        var language = Languages.of(code).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(Languages.COOKIE, language.getLanguage())
                        .path("/")
                        .maxAge(LANGUAGE_KEPT)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.LOCATION, within(back) ? back : "/");
    }

    // «//host» and «/\host» are other hosts to a browser; a control character would start another header.
    private static boolean within(String back) {
        return back.startsWith("/")
                && !back.startsWith("//")
                && back.indexOf('\\') < 0
                && back.chars().noneMatch(Character::isISOControl);
    }

    private List<String> providers() {
        return providers.getIfAvailable() instanceof Iterable<?> known
                ? java.util.stream.StreamSupport.stream(known.spliterator(), false)
                        .filter(ClientRegistration.class::isInstance)
                        .map(ClientRegistration.class::cast)
                        .map(ClientRegistration::getRegistrationId)
                        .toList()
                : List.of();
    }
}

package fr.grandlivre.api.frame;

import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.SignIns;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** What the layout shows around every page; templates know it as {@code @frame}. Thread-safe. */
@Component("frame")
public class Frame {
    private static final Set<String> INDEXED =
            Set.of("/", "/verifier", "/referentiel", "/developpeurs", "/accessibilite");

    private final Clock clock;
    private final SignIns signIns;
    private final Dates dates;
    private final MessageSource messages;
    private final SingletonSupplier<Set<String>> paths;
    private final String version;
    private final String commit;
    private final boolean demo;

    Frame(
            Clock clock,
            SignIns signIns,
            Dates dates,
            MessageSource messages,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes,
            Optional<BuildProperties> build,
            Optional<GitProperties> git,
            Environment environment) {
        this.clock = clock;
        this.signIns = signIns;
        this.dates = dates;
        this.messages = messages;
        // Asked for several times a page, and the same from the first page on.
        this.paths = SingletonSupplier.of(() -> routes.getObject().getHandlerMethods().keySet().stream()
                .flatMap(route -> route.getPatternValues().stream())
                .collect(Collectors.toUnmodifiableSet()));
        this.version = build.map(BuildProperties::getVersion).orElse("0");
        this.commit = git.map(GitProperties::getShortCommitId).orElse("–");
        this.demo = environment.matchesProfiles("demo");
    }

    /**
     * A link of the navigation or of the path to a page.
     *
     * @param path    address within the site
     * @param text    in the reader's language
     * @param current whether the reader is there, or below
     */
    public record Link(String path, String text, boolean current) {}

    /** @return the reader's sections, then those of everybody; sections whose page does not exist are left out */
    public List<Link> navigation() {
        String here = request().getRequestURI();
        Stream<String> own = signedIn().stream()
                .flatMap(person -> Arrays.stream(Role.values()).filter(person::is))
                .flatMap(role -> sections(role).stream());
        return Stream.concat(own, sections(Role.PUBLIC).stream())
                .distinct()
                .filter(this::exists)
                .map(path -> new Link(path, say("nav." + path.substring(1).replace('/', '-')), within(path, here)))
                .toList();
    }

    private static List<String> sections(Role role) {
        return switch (role) {
            case LEARNER ->
                List.of("/moi", "/parcours", "/moi/certificats", "/examen", "/moi/confidentialite", "/moi/compte");
            case TEACHER -> List.of("/classes", "/campagnes");
            case HEAD -> List.of("/etablissement", "/classes", "/sessions", "/etablissement/livret");
            case INVIGILATOR -> List.of("/surveillance");
            case JURY -> List.of("/jury");
            case AUDITOR -> List.of("/audit", "/audit/lectures");
            case OPERATOR -> List.of("/exploitation", "/exploitation/effacements");
            case PUBLIC -> List.of("/verifier", "/referentiel", "/developpeurs");
            case PARTNER, SYSTEM -> List.of();
        };
    }

    // The longest section wins: on /moi/certificats the section /moi is not the current one.
    private boolean within(String path, String here) {
        return here.equals(path)
                || here.startsWith(path + "/")
                        && Arrays.stream(Role.values())
                                .flatMap(role -> sections(role).stream())
                                .noneMatch(longer -> longer.startsWith(path + "/")
                                        && (here.equals(longer) || here.startsWith(longer + "/")));
    }

    /** @return whether the reader may take a course, or may be somebody who may */
    public boolean mayTakeCourses() {
        return signedIn().map(person -> person.is(Role.LEARNER)).orElse(true);
    }

    /** @return whether a page answers at that address */
    public boolean exists(String path) {
        return paths.obtain().contains(path);
    }

    /**
     * @param above pages above this one, outermost first: links, or a text of addresses and message keys in turns; null
     *              for a page of depth 1
     * @return the path to the page, without the home page and itself
     */
    public List<Link> crumbs(@Nullable Object above) {
        return switch (above) {
            case List<?> links -> links.stream().map(Link.class::cast).toList();
            case String steps -> crumbs(steps.strip().split("\\s+"));
            case null, default -> List.of();
        };
    }

    private List<Link> crumbs(String[] steps) {
        return Stream.iterate(0, at -> at + 1 < steps.length, at -> at + 2)
                .map(at -> new Link(steps[at], say(steps[at + 1]), false))
                .toList();
    }

    /** @return the reader, when signed in */
    public Optional<SignedIn> signedIn() {
        return signIns.caller(SecurityContextHolder.getContext().getAuthentication());
    }

    /** @return whether the reader signed in and has no account yet */
    public boolean stranger() {
        return signedIn().isEmpty()
                && signIns.way(SecurityContextHolder.getContext().getAuthentication())
                        .isPresent();
    }

    /** @return the reader's roles in words; empty when there are none */
    public String roles() {
        return signedIn().stream()
                .flatMap(person -> person.roles().stream())
                .sorted()
                .map(role -> say("role." + role.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }

    public String version() {
        return version;
    }

    public String commit() {
        return commit;
    }

    /** @return whether this is the demonstration, whose clock is not the reader's */
    public boolean demo() {
        return demo;
    }

    /** @return today in the domain, for example «lundi 16 mai 2022» */
    public String today() {
        return dates.weekday(ParisDays.of(clock.instant()));
    }

    /** @return now in the domain, to the minute, Paris time */
    public String now() {
        return dates.minute(clock.instant());
    }

    /** @return the language of the page */
    public Locale language() {
        return LocaleContextHolder.getLocale();
    }

    /** @return code of the language the reader may change to */
    public String otherLanguage() {
        return language().getLanguage().equals("fr") ? "en" : "fr";
    }

    /** @return where the reader is, query included; the page asked for when this one reports an error */
    public String here() {
        HttpServletRequest request = request();
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed) {
            return failed;
        }
        return request.getQueryString() == null
                ? request.getRequestURI()
                : request.getRequestURI() + "?" + request.getQueryString();
    }

    /** @return the full address, for a printed page */
    public String address() {
        HttpServletRequest request = request();
        return UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
                .query(request.getQueryString())
                .toUriString();
    }

    /** @return whether search engines may list the page */
    public boolean indexed() {
        return INDEXED.contains(request().getRequestURI());
    }

    /** @return a fresh command id, for the hidden field of a form */
    public String commandId() {
        return CommandKey.draw().toString();
    }

    private String say(String key) {
        return messages.getMessage(key, null, language());
    }

    private static HttpServletRequest request() {
        if (RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes servlet) {
            return servlet.getRequest();
        }
        throw new IllegalStateException("pages are answers to servlet requests");
    }
}

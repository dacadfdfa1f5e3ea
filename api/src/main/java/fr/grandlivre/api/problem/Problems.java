package fr.grandlivre.api.problem;

import fr.grandlivre.api.wiring.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Puts problems into words: RFC 9457 documents for programs, one page for people. Thread-safe. */
@Component
public class Problems {
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final List<String> PROGRAM_PATHS = List.of("/api/", "/log1/", "/actuator", "/v3/");

    private final MessageSource messages;
    private final LocaleResolver locales;
    private final JsonMapper json;
    private final Settings settings;

    public Problems(MessageSource messages, LocaleResolver locales, JsonMapper json, Settings settings) {
        this.messages = messages;
        this.locales = locales;
        this.json = json;
        this.settings = settings;
    }

    /** @return whether the caller of this path is a program, which reads problem documents and not pages */
    public static boolean isForPrograms(String path) {
        return PROGRAM_PATHS.stream().anyMatch(path::startsWith);
    }

    /**
     * Answers with the problem: at once to a program, by a page to a person.
     *
     * @param path of the original request
     * @return the page; null when the document has been written
     */
    public @Nullable ModelAndView answer(
            Problem problem, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isForPrograms(path)) {
            write(problem, request, response);
            return null;
        }
        return page(problem, request, response);
    }

    /** Writes the document, with its status and headers. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale language = locales.resolveLocale(request);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", publicUrl(request) + "/problemes/" + problem.slug().text());
        document.put("title", title(problem, language));
        document.put("status", problem.status());
        document.put("detail", detail(problem, language));
        problem.rule().ifPresent(rule -> document.put("rule", rule));
        if (!problem.violations().isEmpty()) {
            document.put("violations", sentences(problem.violations(), language));
        }
        problem.facts().forEach(document::putIfAbsent);
        document.put("traceId", Trace.id(request));
        headers(problem, response);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Content-Language", language.getLanguage());
        response.setHeader("Vary", "Accept-Language");
        response.getOutputStream().write(json.writeValueAsBytes(document));
    }

    private ModelAndView page(Problem problem, HttpServletRequest request, HttpServletResponse response) {
        Locale language = locales.resolveLocale(request);
        headers(problem, response);
        // One page for both: the difference would tell what exists.
        String kind = switch (problem.status()) {
            case 401, 403, 404 -> "absent";
            case 410 -> "ended";
            case 429 -> "rate-limited";
            case 503 -> "unavailable";
            case 400, 405, 406, 409, 412, 413, 415, 422, 428 -> "refused";
            default -> "internal";
        };
        boolean told = kind.equals("refused")
                || (kind.equals("ended") && problem.rule().isPresent());
        ModelAndView page = new ModelAndView("problem/page", HttpStatus.valueOf(problem.status()));
        page.addObject("kind", kind);
        page.addObject("detail", told ? detail(problem, language) : null);
        page.addObject(
                "violations",
                problem.violations().stream()
                        .map(violation -> new Wrong(field(violation, language), sentence(violation, language)))
                        .toList());
        page.addObject(
                "waitMinutes",
                problem.retryAfter()
                        .map(wait -> Math.max(1, Math.ceilDiv(wait.toSeconds(), 60)))
                        .orElse(1L));
        page.addObject("reference", Trace.id(request));
        return page;
    }

    private static void headers(Problem problem, HttpServletResponse response) {
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        problem.retryAfter()
                .ifPresent(wait -> response.setHeader(
                        "Retry-After", Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1000)))));
    }

    private String title(Problem problem, Locale language) {
        return messages.getMessage("problem." + problem.slug().text() + ".title", null, language);
    }

    private String detail(Problem problem, Locale language) {
        String byKind = messages.getMessage("problem." + problem.slug().text() + ".detail", null, language);
        return problem.rule()
                .map(rule -> Optional.ofNullable(messages.getMessage("refusal." + rule, null, null, language))
                        .orElse(byKind))
                .orElse(byKind);
    }

    /**
     * A field that cannot be accepted, in the words of a person.
     *
     * @param field  its name on the page; empty when it has none there
     * @param detail what is wrong with it
     */
    record Wrong(String field, String detail) {}

    private String field(Violation violation, Locale language) {
        String[] steps = violation.pointer().split("/", -1);
        return Objects.requireNonNullElse(
                messages.getMessage("field." + steps[steps.length - 1], null, "", language), "");
    }

    private List<Map<String, String>> sentences(List<Violation> violations, Locale language) {
        return violations.stream()
                .map(violation -> {
                    Map<String, String> sentence = new LinkedHashMap<>();
                    sentence.put("pointer", violation.pointer());
                    sentence.put("code", violation.code());
                    sentence.put("detail", sentence(violation, language));
                    return sentence;
                })
                .toList();
    }

    private String sentence(Violation violation, Locale language) {
        String known = messages.getMessage("violation." + violation.code(), null, null, language);
        return known == null ? messages.getMessage("violation.invalid", null, language) : known;
    }

    private String publicUrl(HttpServletRequest request) {
        return settings.publicUrl() == null
                ? ServletUriComponentsBuilder.fromContextPath(request).toUriString()
                : settings.publicUrl().toString();
    }
}

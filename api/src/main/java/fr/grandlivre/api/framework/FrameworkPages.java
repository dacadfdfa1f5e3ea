package fr.grandlivre.api.framework;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Domain;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The reference framework as a page, each version with its own words. */
@Controller
@Allowed(everyone = true)
class FrameworkPages {
    private final Frameworks frameworks;
    private final ServerClock clock;

    FrameworkPages(Frameworks frameworks, ServerClock clock) {
        this.frameworks = frameworks;
        this.clock = clock;
    }

    /**
     * What one code was called.
     *
     * @param code  of a domain or competence
     * @param names one a version that changed it, earliest first, two or more
     */
    record Renamed(String code, List<Name> names) {}

    /** What a code is called from one version on. */
    record Name(String version, LocalDate from, String title) {}

    @GetMapping("/referentiel")
    String framework(@RequestParam(required = false) @Nullable String version, Model page) {
        Framework inForce = frameworks.inForce(clock.now());
        Framework shown = version == null || version.isEmpty() ? inForce : find(version);
        page.addAttribute("shown", shown);
        page.addAttribute("inForce", inForce.version().value());
        page.addAttribute("versions", frameworks.versions());
        page.addAttribute("counts", FrameworkResource.counts(shown));
        page.addAttribute("language", LocaleContextHolder.getLocale());
        page.addAttribute("renamed", renamed());
        return "framework/framework";
    }

    private Framework find(String version) {
        return frameworks.versions().stream()
                .filter(known -> known.version().value().equals(version))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    // French names alone are official, so a change is a change of the French name.
    private List<Renamed> renamed() {
        return Stream.concat(
                        renamed(framework -> titles(
                                        framework.domains(),
                                        Domain::code,
                                        domain -> domain.title().fr()))
                                .stream(),
                        renamed(framework -> titles(
                                        List.copyOf(framework.competences()),
                                        competence -> competence.code().value(),
                                        (Competence competence) ->
                                                competence.title().fr()))
                                .stream())
                .toList();
    }

    private static <T> Map<String, String> titles(List<T> things, Function<T, String> code, Function<T, String> title) {
        Map<String, String> titles = new LinkedHashMap<>();
        things.forEach(thing -> titles.put(code.apply(thing), title.apply(thing)));
        return titles;
    }

    private List<Renamed> renamed(Function<Framework, Map<String, String>> titles) {
        Map<String, List<Name>> names = new LinkedHashMap<>();
        for (Framework framework : frameworks.versions()) {
            titles.apply(framework).forEach((code, title) -> {
                List<Name> known = names.computeIfAbsent(code, _ -> new ArrayList<>());
                if (known.isEmpty() || !known.getLast().title().equals(title)) {
                    known.add(new Name(framework.version().value(), framework.validFrom(), title));
                }
            });
        }
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Renamed(entry.getKey(), entry.getValue()))
                .toList();
    }
}

package fr.grandlivre.api.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What went wrong with a request, before it is put into words. Immutable.
 *
 * @param slug       its kind
 * @param status     HTTP status; the slug's unless a domain refusal has one of its own
 * @param rule       code of the domain refusal, in kebab case; empty when no rule refused
 * @param violations fields at fault, in the order of the request; empty unless the status is 422
 * @param facts      further members of the problem document, and arguments of its sentence by name; never personal
 * @param retryAfter when to try again; present for every 429 and 503
 */
public record Problem(
        Slug slug,
        int status,
        Optional<String> rule,
        List<Violation> violations,
        Map<String, Object> facts,
        Optional<Duration> retryAfter) {
    private static final Duration SOON = Duration.ofSeconds(2);

    public Problem {
        violations = List.copyOf(violations);
        facts = Map.copyOf(facts);
        if (retryAfter.isEmpty() && (status == 429 || status == 503)) {
            retryAfter = Optional.of(SOON);
        }
    }

    /** @return a problem with nothing to add to its kind */
    public static Problem of(Slug slug) {
        return new Problem(slug, slug.status(), Optional.empty(), List.of(), Map.of(), Optional.empty());
    }

    /** @return a request of which these fields cannot be accepted */
    public static Problem invalid(List<Violation> violations) {
        return new Problem(
                Slug.VALIDATION, Slug.VALIDATION.status(), Optional.empty(), violations, Map.of(), Optional.empty());
    }

    /** @return a request that a rule of the service itself refuses; its sentence is {@code refusal.<rule>} */
    public static Problem refused(String rule) {
        return new Problem(
                Slug.REFUSED_BY_RULE,
                Slug.REFUSED_BY_RULE.status(),
                Optional.of(rule),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    /** @return the same, to be tried again after {@code wait}, rounded up to seconds */
    public Problem retryAfter(Duration wait) {
        return new Problem(slug, status, rule, violations, facts, Optional.of(wait));
    }

    /** @return the same with one more member */
    public Problem with(String name, Object value) {
        var more = new TreeMap<>(facts);
        more.put(name, value);
        return new Problem(slug, status, rule, violations, more, retryAfter);
    }
}

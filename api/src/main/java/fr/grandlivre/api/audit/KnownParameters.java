package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a reading of the auditor's interface whose parameters are not all known: who misspells the moment of a state would
 * be answered another state. Thread-safe.
 */
@Configuration(proxyBeanMethods = false)
class KnownParameters implements WebMvcConfigurer, HandlerInterceptor {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/audit/**");
    }

    /** @throws ProblemException {@code malformed-request} naming the parameters that no reading of this address has */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod reading && request.getMethod().equals("GET")) {
            Set<String> names = known.computeIfAbsent(reading.getMethod(), KnownParameters::names);
            List<Violation> unknown = request.getParameterMap().keySet().stream()
                    .filter(name -> !names.contains(name))
                    .map(_ -> new Violation("", "parameter.unknown"))
                    .distinct()
                    .toList();
            if (!unknown.isEmpty()) {
                Slug slug = Slug.MALFORMED_REQUEST;
                throw new ProblemException(
                        new Problem(slug, slug.status(), Optional.empty(), unknown, Map.of(), Optional.empty()));
            }
        }
        return true;
    }

    private static Set<String> names(Method reading) {
        return Arrays.stream(reading.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                .map(parameter -> {
                    RequestParam named = Objects.requireNonNull(
                            AnnotatedElementUtils.findMergedAnnotation(parameter, RequestParam.class));
                    return named.name().isEmpty() ? parameter.getName() : named.name();
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}

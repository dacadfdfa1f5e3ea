package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Spring MVC's routes, found faster. {@link RouteAccess} asks for a request's handler before the dispatcher does: both get
 * what one search has found. And among some three hundred patterns only those are tried that begin as the path does; when not
 * exactly one of them fits, Spring MVC searches as ever, and says what is wrong.
 */
class Routes extends RequestMappingHandlerMapping {
    private static final String FOUND = Routes.class.getName();

    /** Tells Spring MVC to use them. */
    @Component
    static final class Registration implements WebMvcRegistrations {
        @Override
        public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
            return new Routes();
        }
    }

    /**
     * What was found.
     *
     * @param method of the request; the path may change when it is forwarded
     * @param types  that the handler states to produce; null for all
     */
    private record Found(
            String method,
            String path,
            HandlerMethod handler,
            @Nullable Object types) {
        boolean answers(String otherMethod, String otherPath) {
            return method.equals(otherMethod) && path.equals(otherPath);
        }
    }

    /**
     * A route.
     *
     * @param beginnings what every path that it answers begins with, by pattern
     */
    private record Route(List<String> beginnings, RequestMappingInfo info, HandlerMethod handler) {
        static Route of(Map.Entry<RequestMappingInfo, HandlerMethod> entry) {
            PathPatternsRequestCondition patterns = entry.getKey().getPathPatternsCondition();
            return new Route(
                    patterns == null
                            ? List.of("")
                            : patterns.getPatternValues().stream()
                                    .map(Route::beginning)
                                    .toList(),
                    entry.getKey(),
                    entry.getValue());
        }

        /** Whole segments; {@code /things/{*rest}} also answers {@code /things}. */
        private static String beginning(String pattern) {
            int special = 0;
            while (special < pattern.length() && "{*?".indexOf(pattern.charAt(special)) < 0) {
                special++;
            }
            return special == pattern.length()
                    ? pattern
                    : pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', special)));
        }

        boolean mayAnswer(String path) {
            for (String beginning : beginnings) {
                if (path.startsWith(beginning)) {
                    return true;
                }
            }
            return false;
        }
    }

    private volatile List<Route> all = List.of();

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> handlers) {
        super.handlerMethodsInitialized(handlers);
        all = handlers.entrySet().stream().map(Route::of).toList();
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        if (request.getAttribute(FOUND) instanceof Found found && found.answers(request.getMethod(), path)) {
            // The other attributes of a match stay; this one is cleared before each search.
            request.setAttribute(PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, found.types());
            return found.handler();
        }
        HandlerMethod only = only(path, request);
        HandlerMethod handler = only == null ? super.lookupHandlerMethod(path, request) : only;
        if (handler != null) {
            Object types = request.getAttribute(PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
            request.setAttribute(FOUND, new Found(request.getMethod(), path, handler, types));
        }
        return handler;
    }

    private @Nullable HandlerMethod only(String path, HttpServletRequest request) {
        // Patterns are compared with decoded segments.
        if (path.indexOf('%') >= 0 || path.indexOf(';') >= 0 || CorsUtils.isPreFlightRequest(request)) {
            return null;
        }
        RequestMappingInfo match = null;
        HandlerMethod handler = null;
        for (Route route : all) {
            RequestMappingInfo fits = route.mayAnswer(path) ? route.info().getMatchingCondition(request) : null;
            if (fits != null) {
                if (match != null) {
                    return null;
                }
                match = fits;
                handler = route.handler();
            }
        }
        if (match != null && handler != null) {
            request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
            handleMatch(match, path, request);
        }
        return handler;
    }
}

package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Deny by default: a request passes when the route it would reach declares its caller in {@link Allowed}. A route that
 * does not exist and one that declares nobody are refused alike, as absent. Thread-safe.
 */
@Component
class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {
    private static final String ABSENT = RouteAccess.class.getName() + ".absent";
    private static final String ADMITTED = RouteAccess.class.getName() + ".admitted";
    private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

    private final RequestMappingHandlerMapping routes;
    private final SignIns signIns;
    private final ErasedAccounts erased;
    private final Map<HandlerMethod, Optional<Allowed>> rules = new ConcurrentHashMap<>();

    RouteAccess(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            SignIns signIns,
            ErasedAccounts erased) {
        this.routes = routes;
        this.signIns = signIns;
        this.erased = erased;
    }

    /** @return whether the caller's account was erased: such a caller is nobody */
    boolean isErased(@Nullable Authentication caller) {
        return signIns.caller(caller)
                .map(SignedIn::account)
                .filter(erased::contains)
                .isPresent();
    }

    /** @return whether the request was refused because there is nothing to reach */
    static boolean isAbsent(HttpServletRequest request) {
        return request.getAttribute(ABSENT) != null;
    }

    /** @return who was let in with this request; empty when that did not matter, or it is nobody with an account */
    static Optional<SignedIn> admitted(HttpServletRequest request) {
        return request.getAttribute(ADMITTED) instanceof SignedIn person ? Optional.of(person) : Optional.empty();
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        try {
            Optional<Allowed> allowed =
                    handler(request).flatMap(method -> rules.computeIfAbsent(method, RouteAccess::allowed));
            if (allowed.isEmpty()) {
                request.setAttribute(ABSENT, true);
            }
            return new AuthorizationDecision(
                    allowed.filter(rule -> admits(rule, caller, request)).isPresent());
        } catch (Exception unmatched) {
            // Wrong method or media type: the dispatcher fails in the same way, before any of our code runs.
            return new AuthorizationDecision(unmatched instanceof ErrorResponse);
        }
    }

    private Optional<HandlerMethod> handler(HttpServletRequest request) throws Exception {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        HandlerExecutionChain chain = routes.getHandler(request);
        return chain != null && chain.getHandler() instanceof HandlerMethod method
                ? Optional.of(method)
                : Optional.empty();
    }

    /** @return who may call the method; empty when nobody is declared */
    static Optional<Allowed> allowed(HandlerMethod method) {
        Allowed onMethod = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Allowed.class);
        return Optional.ofNullable(
                onMethod == null
                        ? AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allowed.class)
                        : onMethod);
    }

    private boolean admits(
            Allowed rule, Supplier<? extends @Nullable Authentication> supplier, HttpServletRequest request) {
        if (rule.everyone()) {
            return true;
        }
        Authentication caller = supplier.get();
        if (caller == null || TRUST.isAnonymous(caller) || !caller.isAuthenticated()) {
            return false;
        }
        Optional<SignedIn> person = signIns.caller(caller);
        if (person.map(SignedIn::account).filter(erased::contains).isPresent()) {
            return false;
        }
        request.setAttribute(ADMITTED, person.orElse(null));
        return rule.signedIn()
                || person.filter(known -> Arrays.stream(rule.value()).anyMatch(known::is))
                        .isPresent();
    }
}

package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller its {@link SignedIn} caller. */
@Component
public final class CallerArgument implements HandlerMethodArgumentResolver {
    private final SignIns signIns;

    CallerArgument(SignIns signIns) {
        this.signIns = signIns;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == SignedIn.class;
    }

    /** @throws AccessDeniedException when the caller is anonymous, or signed in without an account */
    @Override
    public SignedIn resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer page,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        return Optional.ofNullable(request)
                .flatMap(RouteAccess::admitted)
                .or(() -> signIns.caller(SecurityContextHolder.getContext().getAuthentication()))
                .orElseThrow(() -> new AccessDeniedException("no account"));
    }
}

package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.problem.Slug;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller the {@link CommandKey} of its request. */
@Component
public class CommandKeyArgument implements HandlerMethodArgumentResolver {
    private final Fingerprints fingerprints;

    CommandKeyArgument(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == CommandKey.class;
    }

    /** @throws ProblemException {@code idempotency-key-missing} when there is no key or it is no UUID */
    @Override
    public CommandKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer page,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("not a servlet request");
        }
        boolean program = Problems.isForPrograms(request.getRequestURI());
        String text = program ? request.getHeader(CommandKey.HEADER) : request.getParameter(CommandKey.FIELD);
        UUID commandId = uuid(text).orElseThrow(() -> new ProblemException(Problem.of(Slug.IDEMPOTENCY_KEY_MISSING)));
        Principal caller = request.getUserPrincipal();
        return new CommandKey(commandId, fingerprints.of(request, caller == null ? "" : caller.getName()));
    }

    // Java also reads shorter forms, under which one key could come back as another text.
    private static Optional<UUID> uuid(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(UUID::fromString)
                    .filter(uuid -> uuid.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

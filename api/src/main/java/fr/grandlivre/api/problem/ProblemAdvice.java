package fr.grandlivre.api.problem;

import fr.grandlivre.store.LedgerOverloadedException;
import fr.grandlivre.store.LedgerUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Turns whatever a request ended with into a problem. */
@ControllerAdvice
@Order(0)
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    @Nullable
    ModelAndView answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        return switch (failure) {
            // Spring Security answers these; nobody reads the answer to the last one.
            case AccessDeniedException denied -> throw denied;
            case AuthenticationException unknown -> throw unknown;
            case AsyncRequestNotUsableException _ -> null;
            default -> {
                if (failure instanceof ErrorResponse described) {
                    described.getHeaders().forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
                }
                yield answer(problem(failure, request), request, response);
            }
        };
    }

    private @Nullable ModelAndView answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return problems.answer(problem, request.getRequestURI(), request, response);
    }

    static Problem problem(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable.getCause());
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                Problem.invalid(List.of(new Violation("/" + missing.getParameterName(), "missing")));
            case DataAccessResourceFailureException down -> unavailable(down, request);
            case CannotCreateTransactionException down -> unavailable(down, request);
            case LedgerUnavailableException down -> unavailable(down, request).retryAfter(down.retryAfter());
            case LedgerOverloadedException full -> Problem.of(Slug.OVERLOADED).retryAfter(full.retryAfter());
            case HttpRequestMethodNotSupportedException _ -> Problem.of(Slug.METHOD_NOT_ALLOWED);
            case HttpMediaTypeNotSupportedException _ -> Problem.of(Slug.UNSUPPORTED_MEDIA_TYPE);
            case ErrorResponse described ->
                Problem.of(Slug.forStatus(described.getStatusCode().value()));
            default -> {
                LOG.error("Request failed, reference {}", Trace.id(request), failure);
                yield Problem.of(Slug.INTERNAL);
            }
        };
    }

    private static Problem unavailable(Exception down, HttpServletRequest request) {
        LOG.error("Database unavailable, reference {}: {}", Trace.id(request), down.getMessage());
        return Problem.of(Slug.OVERLOADED);
    }

    // A part of the path that is no identifier names nothing; anything else is a field with a wrong value.
    private static Problem mismatch(MethodArgumentTypeMismatchException mismatch) {
        return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                ? Problem.of(Slug.NOT_FOUND)
                : Problem.invalid(List.of(new Violation("/" + mismatch.getName(), "invalid")));
    }

    // Broken text, unknown and duplicate names: the program is wrong. A wrong value in a right place: the data are.
    private static Problem unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case PropertyBindingException _ -> Problem.of(Slug.MALFORMED_REQUEST);
            // No path: the body as a whole is something else, or goes on after its end.
            case MismatchedInputException whole when whole.getPath().isEmpty() -> Problem.of(Slug.MALFORMED_REQUEST);
            case MismatchedInputException mismatch -> invalidAt(mismatch);
            case ValueInstantiationException refused -> invalidAt(refused);
            // A number that is well written and too large for its place.
            case InputCoercionException outside -> invalidAt(outside);
            case null, default -> Problem.of(Slug.MALFORMED_REQUEST);
        };
    }

    private static Problem invalidAt(JacksonException failure) {
        String pointer = failure.getPath().stream()
                .map(step -> Optional.ofNullable(step.getPropertyName()).orElseGet(() -> "" + step.getIndex()))
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        return Problem.invalid(List.of(new Violation(pointer, "invalid")));
    }
}

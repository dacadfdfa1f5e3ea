package fr.grandlivre.api.verification;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.request.ReplayedBody;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A short way for look-ups by programs, of which there are as many as all other requests together: the plain ones reach
 * {@link VerificationResource#verify} without Spring Security, which has nothing to decide about a route that is open to
 * everybody, and without Spring MVC, whose search for a handler, its arguments and converters costs more than the look-up.
 * What is not plain, or cannot be read, takes the common way, which says what is wrong with it. Stands behind everything
 * that counts, times and admits requests. Thread-safe.
 *
 * @see <a href="ADR 31">ops/docs/adr/0031-look-ups-take-a-short-way.md</a>
 */
@Component
@Order(LookUpDoor.BEFORE_SIGN_IN)
class LookUpDoor implements Filter {
    /** The last one before Spring Security (-100): behind the limits of requests at work and the door of a restoration. */
    static final int BEFORE_SIGN_IN = -101;

    /** A look-up with all its fields takes half of it. */
    static final int LONGEST = 2_048;

    private final VerificationResource look;
    private final Problems problems;
    private final ObjectProvider<HandlerExceptionResolver> failures;
    private final LocaleResolver languages;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    LookUpDoor(
            VerificationResource look,
            Problems problems,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> failures,
            LocaleResolver languages,
            JsonMapper json) {
        this.look = look;
        this.problems = problems;
        this.failures = failures;
        this.languages = languages;
        this.reader = json.readerFor(VerificationResource.Request.class);
        this.writer = json.writerFor(VerificationResource.Answer.class);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain common)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && isPlain(asked)) {
            look(asked, answer, common);
        } else {
            common.doFilter(request, response);
        }
    }

    private void look(HttpServletRequest request, HttpServletResponse response, FilterChain common)
            throws IOException, ServletException {
        byte[] body = request.getInputStream().readNBytes(request.getContentLength());
        VerificationResource.Request asked = read(body);
        if (asked == null) {
            common.doFilter(new ReplayedBody(request, body), response);
            return;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(timed -> timed.setPathPattern(VerificationResource.PATH));
        try {
            answer(look.verify(asked, request, response, languages.resolveLocale(request)), response);
        } catch (ProblemException known) {
            problems.write(known.problem(), request, response);
        } catch (RuntimeException failure) {
            if (failures.getObject().resolveException(request, response, null, failure) == null) {
                throw failure;
            }
        }
    }

    private VerificationResource.@Nullable Request read(byte[] body) {
        try {
            return reader.readValue(body);
        } catch (JacksonException _) {
            return null;
        }
    }

    private void answer(VerificationResource.Answer answer, HttpServletResponse response) throws IOException {
        byte[] json = writer.writeValueAsBytes(answer);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private static boolean isPlain(HttpServletRequest request) {
        return request.getRequestURI().equals(VerificationResource.PATH)
                && request.getMethod().equals("POST")
                && request.getQueryString() == null
                && request.getContentLength() >= 0
                && request.getContentLength() <= LONGEST
                && isJson(request.getContentType())
                && isAccepted(request.getHeader("Accept"));
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && (type.equalsIgnoreCase("application/json")
                        || type.equalsIgnoreCase("application/json;charset=utf-8"));
    }

    private static boolean isAccepted(@Nullable String types) {
        return types == null || types.equals("*/*") || types.equals(MediaType.APPLICATION_JSON_VALUE);
    }
}

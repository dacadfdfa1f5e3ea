package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.problem.Slug;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds the body of a program's request in memory, within a limit, because its fingerprint and its reader both need it.
 * Stands behind Spring Security: nobody fills our memory without a token.
 */
@Component
@Order(0)
class BoundedBody extends OncePerRequestFilter {
    /** Largest JSON body, in bytes. */
    static final int MAX_JSON_BYTES = 256 * 1024;

    /** Largest other body (a roster of 10,000 lines, a PDF), in bytes. */
    static final int MAX_OTHER_BYTES = 5 * 1024 * 1024;

    private static final List<String> LARGE =
            List.of("text/", "application/pdf", "application/vnd.oasis.opendocument.spreadsheet");

    private static final String ATTRIBUTE = BoundedBody.class.getName();

    private final Problems problems;

    BoundedBody(Problems problems) {
        this.problems = problems;
    }

    /** @return the body of a program's request; null when it came as form fields */
    static byte @Nullable [] of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = type(request);
        // The container bounds and keeps form fields itself.
        return !request.getRequestURI().startsWith("/api/")
                || type.startsWith("application/x-www-form-urlencoded")
                || type.startsWith("multipart/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = LARGE.stream().anyMatch(type(request)::startsWith) ? MAX_OTHER_BYTES : MAX_JSON_BYTES;
        long stated = request.getContentLengthLong();
        // A length that is stated is what the container gives at most: no more memory is taken than that.
        byte[] body =
                stated > limit ? null : request.getInputStream().readNBytes(stated < 0 ? limit + 1 : (int) stated);
        if (body == null || body.length > limit) {
            problems.write(Problem.of(Slug.PAYLOAD_TOO_LARGE), request, response);
            return;
        }
        request.setAttribute(ATTRIBUTE, body);
        chain.doFilter(new ReplayedBody(request, body), response);
    }

    private static String type(HttpServletRequest request) {
        return request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
    }
}

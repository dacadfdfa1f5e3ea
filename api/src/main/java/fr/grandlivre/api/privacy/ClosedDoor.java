package fr.grandlivre.api.privacy;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.problem.Slug;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody in while what was erased may still be read; probes may ask for the health. */
@Component
@Order(ClosedDoor.BEFORE_SIGN_IN)
class ClosedDoor extends OncePerRequestFilter {
    /** After the filter that lets problems know their request (-105), before those that answer (-101) and know people (-100). */
    static final int BEFORE_SIGN_IN = -102;

    private static final Duration SOON = Duration.ofSeconds(5);

    private final RestoredErasures restored;
    private final Problems problems;

    ClosedDoor(RestoredErasures restored, Problems problems) {
        this.restored = restored;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (restored.isOpen() || request.getRequestURI().startsWith("/actuator/health")) {
            rest.doFilter(request, response);
            return;
        }
        if (Problems.isForPrograms(request.getRequestURI())) {
            response.setStatus(Slug.CLOSED_FOR_RESTORE.status());
            problems.write(Problem.of(Slug.CLOSED_FOR_RESTORE).retryAfter(SOON), request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(SOON.toSeconds()));
            response.sendError(Slug.CLOSED_FOR_RESTORE.status());
        }
    }
}

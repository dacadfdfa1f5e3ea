package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.PlainPage;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.problem.Slug;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in as many requests as can be answered soon, and sends the others away at once: who waits in a queue that is
 * longer than a caller's patience is answered for nobody. Stands before everything that costs something; health and metrics
 * always pass. Programs are told 429 and not 503, upon which the container would end their connection: opening the next one
 * costs both sides more than the refusal.
 *
 * @see <a href="ADR 35">ops/docs/adr/0035-refusals-keep-the-connection.md</a>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Admission extends OncePerRequestFilter {
    /**
     * At some 500 requests a second, what two cores manage, a full house is emptied in a quarter of a second. With twice as
     * many, connections of the pool were waited for in vain.
     */
    static final String AT_ONCE = "128";

    /** People look at the page for longer; a full house is emptied in a quarter of it. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final byte[] PAGE = PlainPage.of(
                    "Service saturé",
                    "Trop de personnes demandent une page au même moment. Réessayer dans un instant : rien ne sera"
                            + " compté deux fois.",
                    "Too many people are asking for a page at the same time. Try again in a moment: nothing will be"
                            + " counted twice.")
            .getBytes(StandardCharsets.UTF_8);

    private final Semaphore places;
    private final Problems problems;
    private final Counter refused;

    Admission(
            @Value("${grandlivre.requests-at-once:" + AT_ONCE + "}") int atOnce,
            Problems problems,
            MeterRegistry meters) {
        this.places = new Semaphore(atOnce);
        this.problems = problems;
        this.refused = Counter.builder("ledger.requests.refused")
                .description("requests sent away because too many were under way")
                .register(meters);
        Gauge.builder("ledger.requests.under.way", places, free -> atOnce - free.availablePermits())
                .description("requests under way, of " + atOnce + " that are let in")
                .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            refused.increment();
            refuse(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Problems.isForPrograms(request.getRequestURI())) {
            problems.write(Problem.of(Slug.RATE_LIMITED), request, response);
        } else {
            response.setStatus(Slug.OVERLOADED.status());
            response.setHeader("Retry-After", Long.toString(SOON.toSeconds()));
            response.setContentType("text/html;charset=utf-8");
            response.setContentLength(PAGE.length);
            response.getOutputStream().write(PAGE);
        }
    }
}

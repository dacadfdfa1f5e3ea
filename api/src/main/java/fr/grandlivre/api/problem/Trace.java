package fr.grandlivre.api.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request a reference that its log lines and its problem share. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Trace extends OncePerRequestFilter {
    private static final String ATTRIBUTE = Trace.class.getName();
    private static final String LOG_FIELD = "trace.id";

    /** @return 32 hexadecimal digits, the same during one request */
    public static String id(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        // Nobody gains by guessing it: no need for the one strong source that all requests would wait for.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String drawn =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        request.setAttribute(ATTRIBUTE, drawn);
        return drawn;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var _ = MDC.putCloseable(LOG_FIELD, id(request))) {
            chain.doFilter(request, response);
        }
    }
}

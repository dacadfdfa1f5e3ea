package fr.grandlivre.api.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sends a browser that opened the demonstration at {@code localhost}, its identity provider, to the application. */
@Component
@Profile("demo")
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class DemoAddress extends OncePerRequestFilter {
    private static final List<String> AT_LOCALHOST = List.of(
            "/oauth2/authorize",
            "/oauth2/token",
            "/oauth2/jwks",
            "/oauth2/revoke",
            "/oauth2/introspect",
            "/.well-known/",
            "/userinfo",
            "/connect/",
            "/demo/",
            "/assets/",
            "/webjars/",
            "/favicon.ico",
            "/langue/",
            "/api/",
            "/log1/",
            "/status/",
            "/credentials/",
            "/v3/",
            "/actuator");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !request.getServerName().equals("localhost")
                || !request.getMethod().equals("GET")
                || AT_LOCALHOST.stream().anyMatch(path::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        response.sendRedirect("http://127.0.0.1:" + request.getServerPort() + request.getRequestURI() + query);
    }
}

package fr.grandlivre.api.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Puts the protecting headers on every response, those of the container itself included: it stands before the first
 * filter. Nothing is stored by a browser unless a handler says otherwise.
 */
public final class ResponseHeaders extends ValveBase {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                    + "connect-src 'self'; form-action %s; base-uri 'none'; frame-ancestors 'none'";
    private static final String POLICY_HEADER = "Content-Security-Policy";

    /** Put together once: nearly all responses carry it. */
    private static final String OWN_FORMS = POLICY.formatted("'self'");

    private static final Map<String, String> EVERYWHERE = Map.of(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
            "Cache-Control", "no-store");

    ResponseHeaders() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        EVERYWHERE.forEach(response::setHeader);
        response.setHeader(POLICY_HEADER, OWN_FORMS);
        getNext().invoke(request, response);
    }

    /**
     * @param targets where forms of this response may lead, redirects included, as sources of a content security policy
     */
    public static void allowFormsTo(String targets, HttpServletResponse response) {
        response.setHeader(POLICY_HEADER, POLICY.formatted(targets));
    }
}

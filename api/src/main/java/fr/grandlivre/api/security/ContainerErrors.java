package fr.grandlivre.api.security;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What the container says about a request that it could not even parse: a sentence, and nothing about itself. */
public final class ContainerErrors extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("utf-8");
            Writer out = response.getReporter();
            if (out != null) {
                out.write(String.format(
                        Locale.ROOT,
                        "{\"type\":\"about:blank\",\"title\":\"Requête illisible / Unreadable request\",\"status\":%d}",
                        status));
                response.finishResponse();
            }
        } catch (IOException _) {
            // The caller has gone: nobody to tell.
        }
    }
}

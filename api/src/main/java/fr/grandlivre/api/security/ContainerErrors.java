package fr.grandlivre.api.security;

import fr.grandlivre.api.problem.Problems;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * What the container says about a request that it could not even parse: a sentence, and nothing about itself. A program is
 * told by a document; people, and whoever asked for an address that could not be read, by a page.
 */
public final class ContainerErrors extends ErrorReportValve {
    private static final String DOCUMENT =
            "{\"type\":\"about:blank\",\"title\":\"Requête illisible / Unreadable request\",\"status\":%d}";

    private static final String PAGE = """
        <!DOCTYPE html>
        <html lang="fr">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Demande illisible · Grand Livre</title>
          <link rel="stylesheet" href="/assets/app.css">
        </head>
        <body>
        <main class="container">
          <h1>Demande illisible</h1>
          <p>L’adresse ou la demande est trop longue, ou abîmée. Rien n’a changé.</p>
          <p lang="en">The address or the request is too long, or damaged. Nothing was changed.</p>
          <p><a href="/">Revenir à l’accueil</a> · <a href="/" lang="en">Back to the home page</a></p>
        </main>
        </body>
        </html>
        """;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            String path = request.getRequestURI();
            boolean program = path != null && Problems.isForPrograms(path);
            response.setContentType(program ? "application/problem+json" : "text/html");
            response.setCharacterEncoding("utf-8");
            Writer out = response.getReporter();
            if (out != null) {
                out.write(program ? String.format(Locale.ROOT, DOCUMENT, status) : PAGE);
                response.finishResponse();
            }
        } catch (IOException _) {
            // The caller has gone: nobody to tell.
        }
    }
}

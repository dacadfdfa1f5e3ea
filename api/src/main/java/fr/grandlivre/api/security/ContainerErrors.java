package fr.grandlivre.api.security;

import fr.grandlivre.api.problem.PlainPage;
import fr.grandlivre.api.problem.Problems;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the container says about a request that it could not even parse: a sentence, and nothing about itself. A program is
 * told by a document; people, and whoever asked for an address that could not be read, by a page.
 */
public final class ContainerErrors extends ErrorReportValve {
    /** Empty lines, a method, and the part of an address that tells programs from people. */
    private static final int ENOUGH_TO_TELL = 64;

    private static final String DOCUMENT =
            "{\"type\":\"about:blank\",\"title\":\"Requête illisible / Unreadable request\",\"status\":%d}";

    private static final String PAGE = PlainPage.of(
            "Demande illisible",
            "L’adresse ou la demande est trop longue, ou abîmée. Rien n’a changé.",
            "The address or the request is too long, or damaged. Nothing was changed.");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            boolean program = Problems.isForPrograms(address(request));
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

    /** @return what was asked for, at least its beginning; empty when not even that was said */
    private static String address(Request request) {
        String understood = request.getRequestURI();
        if (understood != null) {
            return understood;
        }
        // A line without an end, too long for instance, has been read and not understood.
        if (!(request.getCoyoteRequest().getInputBuffer() instanceof Http11InputBuffer read)) {
            return "";
        }
        ByteBuffer head = read.getByteBuffer();
        byte[] begin = new byte[Math.min(ENOUGH_TO_TELL, head.limit())];
        head.get(0, begin);
        String[] words = new String(begin, StandardCharsets.US_ASCII).strip().split(" ", 3);
        return words.length < 2 ? "" : words[1];
    }
}

package fr.grandlivre.api.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Errors in the words of JSON:API. */
public final class JsonApiErrors {
    private JsonApiErrors() {}

    /** Writes one error, with its status and headers. */
    static void write(HttpServletResponse response, HttpStatus status) throws IOException {
        response.setStatus(status.value());
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpStatus.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(body(status).getBytes(StandardCharsets.UTF_8));
    }

    /** @return the same as an answer of a controller */
    public static ResponseEntity<String> answer(HttpStatus status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store");
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.body(body(status));
    }

    private static String body(HttpStatus status) {
        return "{\"errors\":[{\"status\":\"%d\",\"title\":\"%s\"}]}"
                .formatted(status.value(), status.getReasonPhrase());
    }
}

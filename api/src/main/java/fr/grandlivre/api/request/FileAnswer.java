package fr.grandlivre.api.request;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Begins an answer that is a file. */
public final class FileAnswer {
    private FileAnswer() {}

    /** @return an answer that the browser keeps under the name */
    public static ResponseEntity.BodyBuilder kept(MediaType type, String name) {
        return answer(type, ContentDisposition.attachment(), name);
    }

    /** @return an answer that the browser shows, and keeps under the name when it is told to */
    public static ResponseEntity.BodyBuilder shown(MediaType type, String name) {
        return answer(type, ContentDisposition.inline(), name);
    }

    private static ResponseEntity.BodyBuilder answer(
            MediaType type, ContentDisposition.Builder disposition, String name) {
        // A name of plain letters needs no second, encoded form beside it.
        ContentDisposition named = StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                ? disposition.filename(name).build()
                : disposition.filename(name, StandardCharsets.UTF_8).build();
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, named.toString());
    }
}

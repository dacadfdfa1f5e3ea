package fr.grandlivre.api.log;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.store.log.NoteVerifier;
import fr.grandlivre.store.log.SealedCheckpoint;
import fr.grandlivre.store.log.TransparencyLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log as programs of others read it: everybody may hold a checkpoint against us. Entries are for auditors: their
 * addresses answer as if they did not exist.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
@RestController
@Allowed(everyone = true)
class LogResource {
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private static final CacheControl MOMENT = CacheControl.maxAge(Duration.ofSeconds(2));
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final String LEVEL = "[0-7]";

    private final TransparencyLog log;

    LogResource(TransparencyLog log) {
        this.log = log;
    }

    @GetMapping("/log1/checkpoint")
    ResponseEntity<byte[]> checkpoint() {
        String note = log.latest().map(SealedCheckpoint::note).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return text(note, MOMENT);
    }

    /** The key in use first, then those that signed before it. */
    @GetMapping("/log1/vkey")
    ResponseEntity<byte[]> key() {
        return text(
                log.keys().stream().map(NoteVerifier::vkey).collect(Collectors.joining("\n", "", "\n")),
                CacheControl.maxAge(Duration.ofHours(1)));
    }

    @GetMapping("/log1/tile/{level}/{*index}")
    ResponseEntity<byte[]> tile(@PathVariable String level, @PathVariable String index) {
        TilePath path = TilePath.parse(index);
        if (!level.matches(LEVEL)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return log.tile(Integer.parseInt(level), path.index(), path.width())
                .map(hashes -> ResponseEntity.ok()
                        .cacheControl(FOR_EVER)
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .body(hashes))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private static ResponseEntity<byte[]> text(String text, CacheControl cache) {
        return ResponseEntity.ok().cacheControl(cache).contentType(TEXT).body(text.getBytes(StandardCharsets.UTF_8));
    }
}

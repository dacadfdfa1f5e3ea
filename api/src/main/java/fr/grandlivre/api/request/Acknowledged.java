package fr.grandlivre.api.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What a program reads after a command was accepted.
 *
 * @param position ledger position of its last event, or the head when there was nothing to record
 * @param stream   of its last event
 * @param seq      of its last event in that stream; absent when there was nothing to record
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Acknowledged(
        long position, UUID stream, @Nullable Integer seq) {
    /** Header that marks the answer to a repeated command. */
    public static final String REPLAYED = "Idempotent-Replayed";

    /** @return 201 for something new */
    public static ResponseEntity<Acknowledged> created(Done done) {
        return answer(HttpStatus.CREATED, done, of(done));
    }

    /** @return 200 for an act on something that exists */
    public static ResponseEntity<Acknowledged> done(Done done) {
        return answer(HttpStatus.OK, done, of(done));
    }

    /** @return 201 when the command recorded something, 200 when the act was already done */
    public static ResponseEntity<Acknowledged> recorded(Done done) {
        return done.seq() == null ? done(done) : created(done);
    }

    /** @return an answer with a body of its own, marked when the command was a repeated one */
    public static <T> ResponseEntity<T> answer(HttpStatus status, Done done, T body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (done.replayed()) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(body);
    }

    private static Acknowledged of(Done done) {
        return new Acknowledged(done.position(), done.stream(), done.seq());
    }
}

package fr.grandlivre.api.request;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What a program learns about its command.
 *
 * @param position ledger position of the last event, or the head when there was nothing to record
 * @param stream   of the last event
 * @param seq      of the last event in its stream; absent when there was nothing to record
 */
public record Receipt(long position, UUID stream, @Nullable Integer seq) {
    private static final String REPLAYED = "Idempotent-Replayed";

    /** @return the answer: 201 when the command recorded something, 200 when there was nothing to record */
    public static ResponseEntity<Receipt> of(Done done) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(done.seq() == null ? HttpStatus.OK : HttpStatus.CREATED);
        if (done.replayed()) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(new Receipt(done.position(), done.stream(), done.seq()));
    }
}

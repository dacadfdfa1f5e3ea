package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Done;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What a program reads after it proposed an act.
 *
 * @param position ledger position of the proposal, or the head when there was nothing to record
 * @param stream   that holds it
 * @param seq      in that stream; absent when there was nothing to record
 * @param proposal id of the new proposal; absent when the same act waits already or would change nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Proposed(
        long position,
        UUID stream,
        @Nullable Integer seq,
        @Nullable UUID proposal) {
    /** @return 201 for a new proposal, whose id is that of its command; 200 when there was nothing to propose */
    public static ResponseEntity<Proposed> answer(Done done, CommandKey key) {
        boolean recorded = done.seq() != null;
        return Acknowledged.answer(
                recorded ? HttpStatus.CREATED : HttpStatus.OK,
                done,
                new Proposed(done.position(), done.stream(), done.seq(), recorded ? key.commandId() : null));
    }
}

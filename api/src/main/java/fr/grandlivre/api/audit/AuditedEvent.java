package fr.grandlivre.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import fr.grandlivre.query.audit.EventEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on the wire.
 *
 * @param payload as stored; personal fields are ciphertext
 */
record AuditedEvent(
        long position,
        UUID eventId,
        UUID stream,
        int seq,
        String type,
        int version,
        Instant recordedAt,
        Metadata metadata,
        @JsonRawValue @Schema(types = "object") String payload) {

    /** Who acted, in what capacity, caused by what; as stored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metadata(
            UUID actor, @Nullable UUID causationId, UUID commandId, UUID correlationId, String role, String salt) {}

    static AuditedEvent of(EventEntry event) {
        return new AuditedEvent(
                event.position(),
                event.eventId(),
                event.stream(),
                event.seq(),
                event.type(),
                event.version(),
                event.recordedAt(),
                new Metadata(
                        event.metadata().actor(),
                        event.metadata().causationId(),
                        event.metadata().commandId(),
                        event.metadata().correlationId(),
                        event.metadata().role().name().toLowerCase(Locale.ROOT),
                        event.metadata().salt()),
                event.payload());
    }
}

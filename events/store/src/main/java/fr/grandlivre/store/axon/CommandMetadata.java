package fr.grandlivre.store.axon;

import fr.grandlivre.events.vocabulary.Role;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * What a command message says about its caller. The message's identifier is the command id.
 *
 * @param commandId     idempotency key
 * @param actor         pseudonym of who acts
 * @param role          in what capacity
 * @param correlationId first command of the chain
 * @param causationId   event that caused the command; null when a person did
 * @param fingerprint   HMAC of the request; empty when there is none; never stored in an event
 */
public record CommandMetadata(
        UUID commandId,
        UUID actor,
        Role role,
        UUID correlationId,
        @Nullable UUID causationId,
        byte[] fingerprint) {
    /** UUID, or its text. */
    public static final String ACTOR = "actor";
    /** A {@link Role}, or its wire name. */
    public static final String ROLE = "role";
    /** UUID, or its text; without it the command begins a chain. */
    public static final String CORRELATION_ID = "correlationId";
    /** UUID, or its text; absent when a person acted. */
    public static final String CAUSATION_ID = "causationId";
    /** HMAC of the request as base64url; absent when there is none. */
    public static final String FINGERPRINT = "fingerprint";

    /** @throws IllegalStateException when the message is no command, or does not say who acts */
    static CommandMetadata of(Message<?> message) {
        if (!(message instanceof CommandMessage<?> command)) {
            throw new IllegalStateException("events are recorded by a command in a unit of work of its own, not under "
                    + message.getClass().getSimpleName());
        }
        UUID commandId = UUID.fromString(command.getIdentifier());
        MetaData metadata = command.getMetaData();
        UUID correlationId = uuid(metadata, CORRELATION_ID);
        return new CommandMetadata(
                commandId,
                required(uuid(metadata, ACTOR), ACTOR),
                Role.valueOf(required(metadata.get(ROLE), ROLE).toString().toUpperCase(Locale.ROOT)),
                correlationId == null ? commandId : correlationId,
                uuid(metadata, CAUSATION_ID),
                fingerprint(metadata.get(FINGERPRINT)));
    }

    private static byte[] fingerprint(@Nullable Object base64) {
        return base64 == null ? new byte[0] : Base64.getUrlDecoder().decode(base64.toString());
    }

    private static @Nullable UUID uuid(MetaData metadata, String key) {
        Object value = metadata.get(key);
        return value == null ? null : value instanceof UUID uuid ? uuid : UUID.fromString(value.toString());
    }

    private static <T> T required(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalStateException("a command without metadata '" + key + "'");
        }
        return value;
    }
}

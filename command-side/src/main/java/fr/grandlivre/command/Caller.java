package fr.grandlivre.command;

import fr.grandlivre.events.vocabulary.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a command, and which one it is.
 *
 * @param commandId     the idempotency key of the request; the same id has one effect, however often it is sent
 * @param actor         random pseudonym of the account that acts
 * @param role          in what capacity
 * @param correlationId first command of the chain; equals {@code commandId} when it begins one
 * @param causationId   the event that this command answers to; absent when a person acts
 * @param fingerprint   HMAC of the request as base64url, by which another request under the same id is told apart; absent
 *                      for policies. Never stored in an event
 */
public record Caller(
        UUID commandId,
        UUID actor,
        Role role,
        UUID correlationId,
        @Nullable UUID causationId,
        @Nullable String fingerprint) {
    public static final String ACTOR = "actor";
    public static final String ROLE = "role";
    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";
    public static final String FINGERPRINT = "fingerprint";

    /** The actor of everything that a policy does: no account has this id. */
    public static final UUID POLICIES = new UUID(0, 0);

    /** @return a caller that begins a chain of commands */
    public static Caller first(UUID commandId, UUID actor, Role role, @Nullable String fingerprint) {
        return new Caller(commandId, actor, role, commandId, null, fingerprint);
    }

    /**
     * @param act         what the policy does, the same whenever it sees the same event
     * @param causationId the event it answers to
     * @return a caller whose command id is derived, so that the same event has one effect
     */
    public static Caller policy(String act, UUID causationId, UUID correlationId) {
        UUID commandId = UUID.nameUUIDFromBytes((causationId + "/" + act).getBytes(StandardCharsets.UTF_8));
        return new Caller(commandId, POLICIES, Role.SYSTEM, correlationId, causationId, null);
    }

    /** @return the metadata of the command message; all values are text */
    Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(ACTOR, actor.toString());
        metadata.put(ROLE, role.name());
        metadata.put(CORRELATION_ID, correlationId.toString());
        if (causationId != null) {
            metadata.put(CAUSATION_ID, causationId.toString());
        }
        if (fingerprint != null) {
            metadata.put(FINGERPRINT, fingerprint);
        }
        return metadata;
    }
}

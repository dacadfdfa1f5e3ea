package fr.grandlivre.events;

import fr.grandlivre.events.vocabulary.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acted, in what capacity, caused by what. Never an address, a name, a code or a user agent.
 *
 * @param actor         random pseudonym of the account that acted
 * @param causationId   event that caused this one; absent on the first event of a chain
 * @param commandId     the command that decided it; the idempotency key of its caller
 * @param correlationId first command of the chain
 * @param role          in what capacity
 * @param salt          16 random bytes as base64url: without them a public leaf hash would confirm a guess
 */
public record EventMetadata(
        UUID actor, @Nullable UUID causationId, UUID commandId, UUID correlationId, Role role, String salt) {}

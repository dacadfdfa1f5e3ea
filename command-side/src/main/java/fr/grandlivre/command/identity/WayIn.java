package fr.grandlivre.command.identity;

import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.util.Optional;
import java.util.UUID;

/**
 * A way to sign in, as it presents itself.
 *
 * @param provider registration name of the identity provider
 * @param subject  the provider's name for the person
 * @param mac      HMAC of both under the pepper, base64url
 * @param named    the account that the provider itself names; empty when it names none
 */
public record WayIn(String provider, SignInSubject subject, String mac, Optional<AccountId> named) {
    /** @return the stream that says where the way leads; an opaque name of it in addresses */
    public UUID stream() {
        return StreamIds.signIn(mac);
    }

    /** Never shows the person: records end up in logs. */
    @Override
    public String toString() {
        return "WayIn[" + provider + ", …]";
    }
}

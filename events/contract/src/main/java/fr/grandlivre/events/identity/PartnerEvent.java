package fr.grandlivre.events.identity;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.List;

/** What happens to the programs of partners. Stream: one a program. */
public sealed interface PartnerEvent extends LedgerEvent {
    /**
     * A program may call, or may call in another way from now on; its secret was shown once and is not kept.
     *
     * @param client    name that the program gives
     * @param secretMac HMAC of its secret under the pepper, base64url
     * @param scopes    what it may ask for
     * @param uais      establishments it may ask about; empty for all
     */
    @EventType(name = "identity.partner-registered", version = 1)
    record PartnerRegistered(String client, String secretMac, List<String> scopes, List<Uai> uais)
            implements PartnerEvent {}

    /**
     * A program may no longer call.
     *
     * @param client name of the program
     * @param reason 10..500 characters
     */
    @EventType(name = "identity.partner-revoked", version = 1)
    record PartnerRevoked(String client, String reason) implements PartnerEvent {}
}

package fr.grandlivre.query.identity;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRevoked;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.store.LedgerReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Reads partners' programs straight from the ledger: one that was revoked is refused at once. Thread-safe. */
public final class PartnerQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    public PartnerQueries(LedgerReader ledger, EventCodec codec) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(codec, null, Set.of(PartnerRegistered.class, PartnerRevoked.class));
    }

    /**
     * @param client name that the program gives
     * @return as what it may call now; empty when it is unknown or revoked
     */
    public Optional<PartnerRegistered> registered(String client) {
        return events.read(ledger.stream(StreamIds.partner(client), 0)).stream()
                .map(Recorded::event)
                .reduce((_, later) -> later)
                .filter(PartnerRegistered.class::isInstance)
                .map(PartnerRegistered.class::cast);
    }

    /** @return whether a program of that name was ever registered */
    public boolean isKnown(String client) {
        return ledger.lastSeq(StreamIds.partner(client)).isPresent();
    }

    /**
     * @param mac HMAC of the secret as sent
     * @return as what the program may call; empty when it is unknown, revoked, or the secret another one, compared in
     *         constant time
     */
    public Optional<PartnerRegistered> proven(String client, String mac) {
        return registered(client)
                .filter(partner -> MessageDigest.isEqual(
                        partner.secretMac().getBytes(StandardCharsets.UTF_8), mac.getBytes(StandardCharsets.UTF_8)));
    }
}

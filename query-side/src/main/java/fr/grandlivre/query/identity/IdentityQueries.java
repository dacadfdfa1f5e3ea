package fr.grandlivre.query.identity;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.store.LedgerReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads who is behind accounts, straight from the ledger: no view holds these names. Thread-safe. */
public final class IdentityQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    /** @param vault opens the names */
    public IdentityQueries(LedgerReader ledger, EventCodec codec, PersonalVault vault) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(codec, vault, Set.of(AccountOpened.class, IdentityCorrected.class));
    }

    /** @return who is behind those accounts whose identity the ledger was told, and has not erased */
    public Map<AccountId, AccountIdentity> of(Collection<AccountId> accounts) {
        Map<AccountId, AccountIdentity> identities = new HashMap<>();
        if (!accounts.isEmpty()) {
            for (Recorded recorded : events.read(
                    ledger.streams(accounts.stream().map(AccountId::value).toList(), ledger.head()))) {
                switch (recorded.event()) {
                    case AccountOpened(var person, var sealed) ->
                        sealed.value().ifPresent(who -> identities.put(person, who));
                    case IdentityCorrected(var person, var sealed) ->
                        sealed.value().ifPresent(who -> identities.put(person, who));
                    default -> throw new AssertionError("not asked for");
                }
            }
        }
        return identities;
    }
}

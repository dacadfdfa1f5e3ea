package fr.grandlivre.query.identity;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.store.LedgerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads which accounts are one person's straight from the ledger. A merge is never a circle. Thread-safe. */
public final class MergeQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    public MergeQueries(LedgerReader ledger, EventCodec codec) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(codec, null, Set.of(AccountsMerged.class, AccountAbsorbed.class));
    }

    /** @return the account that goes on for the person behind this one; itself unless it was absorbed */
    public AccountId survivor(AccountId account) {
        return events.read(ledger.stream(account.value(), 0)).stream()
                .flatMap(recorded -> recorded.event() instanceof AccountAbsorbed absorbed
                        ? Stream.of(absorbed.survivor())
                        : Stream.empty())
                .findFirst()
                .map(this::survivor)
                .orElse(account);
    }

    /** @return the account, those that it absorbed, and those that they had absorbed */
    public List<AccountId> accounts(AccountId survivor) {
        List<AccountId> accounts = new ArrayList<>(List.of(survivor));
        events.read(ledger.stream(survivor.value(), 0)).forEach(recorded -> {
            if (recorded.event() instanceof AccountsMerged merged) {
                accounts.addAll(accounts(merged.absorbed()));
            }
        });
        return List.copyOf(accounts);
    }
}

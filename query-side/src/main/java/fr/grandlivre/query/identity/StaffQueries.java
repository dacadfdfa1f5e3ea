package fr.grandlivre.query.identity;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.store.LedgerReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is behind the accounts of members of staff, straight from the ledger: no view holds their names. Thread-safe. */
public final class StaffQueries {
    private final LedgerReader ledger;
    private final RecordedEvents events;

    /** @param vault opens the names */
    public StaffQueries(LedgerReader ledger, EventCodec codec, PersonalVault vault) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(codec, vault, Set.of(AccountOpened.class));
    }

    /**
     * A member of staff.
     *
     * @param name last name, first name; absent when erased, or never told
     */
    @ShowsPeople
    public record Member(AccountId account, @Nullable String name) {}

    /** @return the members behind the accounts, one an account, by name; those without a name last */
    public List<Member> members(Collection<AccountId> accounts) {
        if (accounts.isEmpty()) {
            return List.of();
        }
        Map<AccountId, String> names = new HashMap<>();
        for (Recorded recorded : events.read(
                ledger.streams(accounts.stream().map(AccountId::value).toList(), ledger.head()))) {
            if (recorded.event() instanceof AccountOpened(var person, var sealed)) {
                sealed.value().ifPresent(who -> names.put(person, who.lastName() + " " + who.firstName()));
            }
        }
        return accounts.stream()
                .distinct()
                .map(account -> new Member(account, names.get(account)))
                .sorted(Comparator.comparing(Member::name, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(member -> member.account().toString()))
                .toList();
    }
}

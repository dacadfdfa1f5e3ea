package fr.grandlivre.query.identity;

import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.query.ShowsPeople;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who is behind the accounts of members of staff, straight from the ledger: no view holds their names. Thread-safe. */
public final class StaffQueries {
    private final IdentityQueries identities;

    public StaffQueries(IdentityQueries identities) {
        this.identities = identities;
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
        Map<AccountId, AccountIdentity> known = identities.of(accounts);
        return accounts.stream()
                .distinct()
                .map(account -> new Member(account, name(known.get(account))))
                .sorted(Comparator.comparing(Member::name, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(member -> member.account().toString()))
                .toList();
    }

    private static @Nullable String name(@Nullable AccountIdentity who) {
        return who == null ? null : who.lastName() + " " + who.firstName();
    }
}

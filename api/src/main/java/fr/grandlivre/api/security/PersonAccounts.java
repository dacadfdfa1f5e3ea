package fr.grandlivre.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.identity.MergeQueries;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** The accounts of one person, of which one goes on: what any of them holds is that person's. Thread-safe. */
@Component
public class PersonAccounts {
    /** What was merged on another node is known here at the latest after that. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final long MOST_REMEMBERED = 100_000;

    private final MergeQueries merges;
    private final Cache<AccountId, AccountId> survivors = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    PersonAccounts(MergeQueries merges) {
        this.merges = merges;
    }

    /** @return the account that goes on; the same one when it was not absorbed, or while the ledger cannot be asked */
    public AccountId survivor(AccountId account) {
        try {
            return survivors.get(account, merges::survivor);
        } catch (LedgerUnavailableException _) {
            return account;
        }
    }

    /** @return the account that goes on, then those that it absorbed */
    public List<AccountId> of(AccountId account) {
        return merges.accounts(survivor(account));
    }

    /** @return the accounts that this one absorbed, and those that they had absorbed; empty when it absorbed none */
    public List<AccountId> absorbedBy(AccountId account) {
        List<AccountId> accounts = merges.accounts(account);
        return accounts.subList(1, accounts.size());
    }

    /** @return the same as learners: the caller's account first */
    public List<LearnerId> learners(SignedIn person) {
        return learners(new LearnerId(person.account().value()));
    }

    /** @return the accounts of a learner, the one that goes on first */
    public List<LearnerId> learners(LearnerId learner) {
        return of(new AccountId(learner.value())).stream()
                .map(account -> new LearnerId(account.value()))
                .toList();
    }

    /** @return whether the learner is this person, in whichever account */
    public boolean isOwn(LearnerId learner, SignedIn person) {
        return learner.value().equals(person.account().value())
                || learners(person).contains(learner);
    }

    /** Asks the ledger again the next time: the account was absorbed. */
    public void forget(AccountId account) {
        survivors.invalidate(account);
    }
}

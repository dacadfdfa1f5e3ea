package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.AccountId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Accounts whose identity was erased: nobody is behind them any more, whatever their identity provider says. Thread-safe.
 */
@Component
public class ErasedAccounts {
    private final Set<AccountId> erased = ConcurrentHashMap.newKeySet();

    /** From now on nobody acts by this account on this node. */
    public void add(AccountId account) {
        erased.add(account);
    }

    /** @return whether the account is closed for ever */
    public boolean contains(AccountId account) {
        return erased.contains(account);
    }
}

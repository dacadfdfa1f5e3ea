package fr.grandlivre.command;

import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which accounts are one person's, as the ledger says. A merge is never a circle, so that both walks end. */
public final class MergedAccounts {
    private MergedAccounts() {}

    /** @return the account that goes on for the person behind this one; itself unless it was absorbed */
    public static UUID survivor(UUID account, LedgerHistory history) {
        return history.of(account).stream()
                .filter(AccountAbsorbed.class::isInstance)
                .map(absorbed -> ((AccountAbsorbed) absorbed).survivor().value())
                .findFirst()
                .map(next -> survivor(next, history))
                .orElse(account);
    }

    /** @return the accounts that were absorbed by this one, and by those in turn; empty when none were */
    public static List<UUID> absorbed(UUID account, LedgerHistory history) {
        List<UUID> absorbed = new ArrayList<>();
        history.of(account).stream()
                .filter(AccountsMerged.class::isInstance)
                .map(merged -> ((AccountsMerged) merged).absorbed().value())
                .forEach(one -> {
                    absorbed.add(one);
                    absorbed.addAll(absorbed(one, history));
                });
        return List.copyOf(absorbed);
    }
}

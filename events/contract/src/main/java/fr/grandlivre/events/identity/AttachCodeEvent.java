package fr.grandlivre.events.identity;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.AccountId;

/** What happens to one code on paper. Stream: one a code, so that it names one account and is used once. */
public sealed interface AttachCodeEvent extends LedgerEvent {
    /**
     * The code names an account.
     *
     * @param person whose account
     */
    @EventType(name = "identity.attach-code-reserved", version = 1)
    record AttachCodeReserved(AccountId person) implements AttachCodeEvent {}

    /**
     * A way to sign in was attached by the code.
     *
     * @param person whose account
     */
    @EventType(name = "identity.attach-code-used", version = 1)
    record AttachCodeUsed(AccountId person) implements AttachCodeEvent {}
}

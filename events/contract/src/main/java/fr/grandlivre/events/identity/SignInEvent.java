package fr.grandlivre.events.identity;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.vocabulary.AccountId;

/** Where one way to sign in leads. Stream: one a way, so that it cannot lead to two accounts. */
public sealed interface SignInEvent extends LedgerEvent {
    /**
     * The way leads to an account.
     *
     * @param person whose account
     */
    @EventType(name = "identity.sign-in-taken", version = 1)
    record SignInTaken(AccountId person) implements SignInEvent {}

    /**
     * The way leads nowhere any more, whatever the identity provider says.
     *
     * @param person whose account it led to
     */
    @EventType(name = "identity.sign-in-freed", version = 1)
    record SignInFreed(AccountId person) implements SignInEvent {}
}

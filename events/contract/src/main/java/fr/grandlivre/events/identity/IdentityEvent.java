package fr.grandlivre.events.identity;

import fr.grandlivre.events.EventType;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.Uai;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What happens to accounts, ways to sign in and roles. Stream: one an account. */
public sealed interface IdentityEvent extends LedgerEvent {
    /**
     * An account is opened for a person.
     *
     * @param person random id, for life
     * @param sealed who it is
     */
    @EventType(name = "identity.account-opened", version = 1)
    record AccountOpened(AccountId person, Personal<AccountIdentity> sealed) implements IdentityEvent {}

    /**
     * Who the person is had been recorded wrongly, or has changed. What was recorded before stays where it is.
     *
     * @param person whose account
     * @param sealed who it is from now on
     */
    @EventType(name = "identity.corrected", version = 1)
    record IdentityCorrected(AccountId person, Personal<AccountIdentity> sealed) implements IdentityEvent {}

    /**
     * A way to sign in now leads to this account.
     *
     * @param person   whose account
     * @param provider registration name of the identity provider
     * @param sealed   the provider's name for the person
     */
    @EventType(name = "identity.sign-in-attached", version = 1)
    record SignInAttached(AccountId person, String provider, Personal<SignInSubject> sealed) implements IdentityEvent {}

    /**
     * A way to sign in no longer leads to this account.
     *
     * @param person   whose account
     * @param provider registration name of the identity provider
     * @param sealed   the provider's name for the person
     */
    @EventType(name = "identity.sign-in-detached", version = 1)
    record SignInDetached(AccountId person, String provider, Personal<SignInSubject> sealed) implements IdentityEvent {}

    /**
     * A code on paper was drawn, by which one more way to sign in can be attached; codes issued before are worth nothing.
     *
     * @param person  whose account
     * @param codeMac HMAC of the code under the pepper, base64url; the code itself is not kept
     * @param until   last instant at which it is accepted
     */
    @EventType(name = "identity.attach-code-issued", version = 1)
    record AttachCodeIssued(AccountId person, String codeMac, Instant until) implements IdentityEvent {}

    /**
     * A role is given, within a scope and between two days.
     *
     * @param person whose account
     * @param role   which role
     * @param scope  where it holds
     * @param from   first day
     * @param to     last day, inclusive; absent when open
     */
    @EventType(name = "identity.role-granted", version = 1)
    record RoleGranted(
            AccountId person,
            Role role,
            Scope scope,
            LocalDate from,
            @Nullable LocalDate to) implements IdentityEvent {}

    /**
     * A role is taken back; its acts are refused from now on.
     *
     * @param person whose account
     * @param role   which role
     * @param scope  where it held
     */
    @EventType(name = "identity.role-withdrawn", version = 1)
    record RoleWithdrawn(AccountId person, Role role, Scope scope) implements IdentityEvent {}

    /**
     * Another account of the same person was joined to this one: what it holds counts here from now on. Its streams stay.
     *
     * @param survivor the account that goes on
     * @param absorbed the account that is closed
     * @param basis    by what both were proved to be one person's
     */
    @EventType(name = "identity.accounts-merged", version = 1)
    record AccountsMerged(AccountId survivor, AccountId absorbed, MergeBasis basis) implements IdentityEvent {}

    /**
     * The account was joined to another one of the same person: nothing more happens to it, and whatever led to it leads to
     * the other one.
     *
     * @param person   whose account ends
     * @param survivor the account that goes on
     */
    @EventType(name = "identity.account-absorbed", version = 1)
    record AccountAbsorbed(AccountId person, AccountId survivor) implements IdentityEvent {}

    /** By what two accounts were proved to be one person's. */
    enum MergeBasis {
        /** Signed in to the one, and held a code that is drawn by whoever signed in to the other or by its school. */
        ATTACH_CODE
    }

    /**
     * Where a role holds; both absent = everywhere.
     *
     * @param uai     one establishment
     * @param session one certification session
     */
    record Scope(@Nullable Uai uai, @Nullable SessionId session) {
        public static final Scope EVERYWHERE = new Scope(null, null);
    }
}

package fr.grandlivre.command.identity;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. */
public sealed interface IdentityCommand extends Command {
    /** @return whose account */
    AccountId person();

    @Override
    default UUID stream() {
        return person().value();
    }

    /**
     * Opens an account; opening it again changes nothing.
     *
     * @param person   random id, for life
     * @param identity who it is
     */
    record OpenAccount(AccountId person, AccountIdentity identity) implements IdentityCommand {}

    /**
     * Says anew who the person is; saying the same again changes nothing. For accounts whose identity the ledger holds: a
     * pupil's stands on the lists of the school.
     *
     * @param person   whose account
     * @param identity who it is from now on
     */
    record CorrectIdentity(AccountId person, AccountIdentity identity) implements IdentityCommand {}

    /**
     * Opens an account for somebody who signed in and has none, and lets this way to sign in lead to it.
     *
     * @param person   random id, for life
     * @param identity who it is
     * @param way      how the person signed in
     */
    record SignUp(AccountId person, AccountIdentity identity, WayIn way) implements IdentityCommand {}

    /**
     * Lets a way to sign in lead to the account. Whether the account is the caller's is the caller's matter: a pupil's
     * begins when a school gives the id.
     *
     * @param person whose account
     * @param way    the way
     */
    record AttachSignIn(AccountId person, WayIn way) implements IdentityCommand {}

    /** Lets a way lead to the account no more; detaching it again changes nothing. */
    record DetachSignIn(AccountId person, WayIn way) implements IdentityCommand {}

    /**
     * Draws a code on paper for somebody who will need another way to sign in. The code drawn before is worth nothing from
     * now on.
     *
     * @param person  whose account
     * @param codeMac HMAC of the code
     */
    record IssueAttachCode(AccountId person, String codeMac) implements IdentityCommand {
        /** How long a code is accepted. */
        public static final Duration LIFETIME = Duration.ofDays(30);
    }

    /**
     * Lets a way lead to the account that a code names, once.
     *
     * @param person  whose account, as the code says
     * @param codeMac HMAC of the code
     * @param way     how whoever holds the code signed in
     */
    record UseAttachCode(AccountId person, String codeMac, WayIn way) implements IdentityCommand {}

    /**
     * Joins another account of the same person to this one, which goes on alone; joining it again changes nothing.
     *
     * @param person   the account that goes on
     * @param absorbed the account that ends
     * @param codeMac  HMAC of a code on paper that names the account that ends: only who it belongs to, or its school, draws
     *                 one
     * @param ways     the ways that lead to the account that ends
     */
    record MergeAccounts(AccountId person, AccountId absorbed, String codeMac, List<WayIn> ways)
            implements IdentityCommand {
        public MergeAccounts {
            ways = List.copyOf(ways);
        }
    }

    /**
     * Gives a role, or changes the days of one that was given for the same scope.
     *
     * @param person whose account
     * @param role   one of {@link #GRANTED}
     * @param scope  where it holds
     * @param from   first day
     * @param to     last day, inclusive; absent when open
     */
    record GrantRole(
            AccountId person,
            Role role,
            Scope scope,
            LocalDate from,
            @Nullable LocalDate to) implements IdentityCommand {
        /** Roles that come by an act; the others come with an account, a partnership or a policy. */
        public static final Set<Role> GRANTED = Set.copyOf(
                EnumSet.of(Role.TEACHER, Role.HEAD, Role.INVIGILATOR, Role.JURY, Role.AUDITOR, Role.OPERATOR));

        /** @throws IllegalArgumentException when the role is not one that is granted */
        public GrantRole {
            if (!GRANTED.contains(role)) {
                throw new IllegalArgumentException("not a role that is granted");
            }
        }
    }

    /** Takes a role back; taking it back again changes nothing. */
    record WithdrawRole(AccountId person, Role role, Scope scope) implements IdentityCommand {}
}

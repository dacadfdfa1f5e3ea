package fr.grandlivre.command.identity;

import fr.grandlivre.command.Command;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
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
     * Lets a way to sign in lead to the account.
     *
     * @param person   whose account
     * @param provider registration name of the identity provider
     * @param subject  the provider's name for the person
     * @param owner    the account to which this way leads today, as the caller looked it up; empty when to none
     */
    record AttachSignIn(AccountId person, String provider, SignInSubject subject, Optional<AccountId> owner)
            implements IdentityCommand {}

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

package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.CorrectIdentity;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.MergeAccounts;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.WithdrawRole;
import fr.grandlivre.command.identity.IdentityState.Absent;
import fr.grandlivre.command.identity.IdentityState.Absorbed;
import fr.grandlivre.command.identity.IdentityState.Days;
import fr.grandlivre.command.identity.IdentityState.Held;
import fr.grandlivre.command.identity.IdentityState.Open;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import java.time.Instant;

/** Decides what happens to accounts. Pure. */
final class IdentityDecider {
    private IdentityDecider() {}

    /**
     * @param now not used by today's rules of accounts
     * @return {@code scope-missing}, {@code dates-inverted}, {@code unknown-account} or {@code already-merged} when refused
     */
    static Decision decide(IdentityState state, IdentityCommand command, Instant now) {
        return switch (state) {
            case Absent _
            when command instanceof OpenAccount(var person, var identity) ->
                new Accepted(new AccountOpened(person, Personal.of(person.value(), identity)));
            case Absent _ -> new Refused(Refusal.UNKNOWN_ACCOUNT);
            case Absorbed _ -> new Refused(Refusal.ALREADY_MERGED);
            case Open open -> decide(open, command);
        };
    }

    private static Decision decide(Open account, IdentityCommand command) {
        return switch (command) {
            case OpenAccount(var person, var identity) ->
                account.named()
                        ? Accepted.nothing()
                        : new Accepted(new AccountOpened(person, Personal.of(person.value(), identity)));
            case CorrectIdentity(var person, var identity) -> {
                if (!account.named()) {
                    yield new Refused(Refusal.UNKNOWN_ACCOUNT);
                }
                yield identity.equals(account.identity())
                        ? Accepted.nothing()
                        : new Accepted(new IdentityCorrected(person, Personal.of(person.value(), identity)));
            }
            case SignUp _, AttachSignIn _, DetachSignIn _, IssueAttachCode _, UseAttachCode _, MergeAccounts _ ->
                throw new AssertionError("decided with the streams of sign-ins and codes");
            case GrantRole grant -> grant(account, grant);
            case WithdrawRole(var person, var role, var scope) ->
                account.roles().containsKey(new Held(role, scope))
                        ? new Accepted(new RoleWithdrawn(person, role, scope))
                        : Accepted.nothing();
        };
    }

    private static Decision grant(Open account, GrantRole grant) {
        if (scopeMissing(grant)) {
            return new Refused(Refusal.SCOPE_MISSING, "role", grant.role().name());
        }
        if (grant.to() != null && grant.to().isBefore(grant.from())) {
            return new Refused(Refusal.DATES_INVERTED);
        }
        Days days = new Days(grant.from(), grant.to());
        if (days.equals(account.roles().get(new Held(grant.role(), grant.scope())))) {
            return Accepted.nothing();
        }
        return new Accepted(new RoleGranted(grant.person(), grant.role(), grant.scope(), grant.from(), grant.to()));
    }

    private static boolean scopeMissing(GrantRole grant) {
        return switch (grant.role()) {
            case TEACHER, HEAD -> grant.scope().uai() == null;
            case INVIGILATOR -> grant.scope().uai() == null && grant.scope().session() == null;
            case JURY, AUDITOR, OPERATOR -> false;
            case LEARNER, PARTNER, PUBLIC, SYSTEM -> throw new AssertionError("the command refuses these roles");
        };
    }
}

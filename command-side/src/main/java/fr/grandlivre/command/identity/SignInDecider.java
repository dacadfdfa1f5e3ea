package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.AttachCodeStream.Drawn;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.command.identity.IdentityState.Open;
import fr.grandlivre.command.identity.IdentityState.PaperCode;
import fr.grandlivre.command.identity.IdentityState.SignIn;
import fr.grandlivre.command.identity.SignInStream.Leads;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which ways to sign in lead to an account. Pure. */
final class SignInDecider {
    private SignInDecider() {}

    /** @return {@code sign-in-taken} when the person has an account already, whichever */
    static Decision decide(IdentityState account, Leads leads, SignUp command) {
        if (leads.owner(command.way()).isPresent() || account instanceof Open) {
            return new Refused(Refusal.SIGN_IN_TAKEN);
        }
        AccountId person = command.person();
        return new Accepted(List.of(
                new AccountOpened(person, Personal.of(person.value(), command.identity())),
                attached(person, command.way()),
                new SignInTaken(person)));
    }

    /** @return {@code sign-in-taken} when the way leads to another account */
    static Decision decide(IdentityState account, Leads leads, AttachSignIn command) {
        if (isTaken(leads, command.way(), command.person())) {
            return new Refused(Refusal.SIGN_IN_TAKEN);
        }
        return isAttached(account, command.way())
                ? Accepted.nothing()
                : new Accepted(List.of(attached(command.person(), command.way()), new SignInTaken(command.person())));
    }

    /** @return {@code last-sign-in} when no other way leads to the account */
    static Decision decide(IdentityState account, DetachSignIn command) {
        if (!(account instanceof Open open) || !isAttached(account, command.way())) {
            return Accepted.nothing();
        }
        if (open.signIns().size() == 1) {
            return new Refused(Refusal.LAST_SIGN_IN);
        }
        AccountId person = command.person();
        return new Accepted(List.of(
                new SignInDetached(
                        person,
                        command.way().provider(),
                        Personal.of(person.value(), command.way().subject())),
                new SignInFreed(person)));
    }

    /** @return {@code code-taken} when the code was drawn before: draw again */
    static Decision decide(Drawn drawn, IssueAttachCode command, Instant now) {
        if (drawn.person().isPresent()) {
            return new Refused(Refusal.CODE_TAKEN);
        }
        return new Accepted(List.of(
                new AttachCodeReserved(command.person()),
                new AttachCodeIssued(command.person(), command.codeMac(), now.plus(IssueAttachCode.LIFETIME))));
    }

    /**
     * @return {@code sign-in-taken} when the way leads to an account already, first of all, so that nobody learns which codes
     *         exist; else {@code attach-code-refused} for a code that is unknown, used, too old or replaced
     */
    static Decision decide(IdentityState account, Leads leads, Drawn drawn, UseAttachCode command, Instant now) {
        if (leads.owner(command.way()).isPresent()) {
            return new Refused(Refusal.SIGN_IN_TAKEN);
        }
        AccountId person = command.person();
        boolean names = drawn.person().filter(person::equals).isPresent() && !drawn.used();
        if (!names || !(account instanceof Open open) || !isAccepted(open.paperCode(), command.codeMac(), now)) {
            return new Refused(Refusal.ATTACH_CODE_REFUSED);
        }
        List<LedgerEvent> events =
                List.of(attached(person, command.way()), new SignInTaken(person), new AttachCodeUsed(person));
        return new Accepted(events);
    }

    private static boolean isAccepted(@Nullable PaperCode latest, String mac, Instant now) {
        return latest != null && latest.mac().equals(mac) && !now.isAfter(latest.until());
    }

    private static boolean isTaken(Leads leads, WayIn way, AccountId person) {
        return leads.owner(way).filter(owner -> !owner.equals(person)).isPresent();
    }

    private static boolean isAttached(IdentityState account, WayIn way) {
        return account instanceof Open open && open.signIns().contains(new SignIn(way.provider(), way.subject()));
    }

    private static SignInAttached attached(AccountId person, WayIn way) {
        return new SignInAttached(person, way.provider(), Personal.of(person.value(), way.subject()));
    }
}

package fr.grandlivre.command.identity;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Decision.Accepted;
import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.AttachCodeStream.Drawn;
import fr.grandlivre.command.identity.IdentityCommand.AttachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.DetachSignIn;
import fr.grandlivre.command.identity.IdentityCommand.IssueAttachCode;
import fr.grandlivre.command.identity.IdentityCommand.MergeAccounts;
import fr.grandlivre.command.identity.IdentityCommand.SignUp;
import fr.grandlivre.command.identity.IdentityCommand.UseAttachCode;
import fr.grandlivre.command.identity.IdentityState.Absorbed;
import fr.grandlivre.command.identity.IdentityState.Open;
import fr.grandlivre.command.identity.IdentityState.PaperCode;
import fr.grandlivre.command.identity.IdentityState.SignIn;
import fr.grandlivre.command.identity.SignInStream.Leads;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.MergeBasis;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which ways to sign in lead to an account. Pure. */
final class SignInDecider {
    private SignInDecider() {}

    /** @return {@code sign-in-taken} when the person has an account already, whichever */
    static Decision decide(IdentityState account, Leads leads, SignUp command) {
        if (leads.owner(command.way()).isPresent() || account instanceof Open || account instanceof Absorbed) {
            return new Refused(Refusal.SIGN_IN_TAKEN);
        }
        AccountId person = command.person();
        return new Accepted(List.of(
                new AccountOpened(person, Personal.of(person.value(), command.identity())),
                attached(person, command.way()),
                new SignInTaken(person)));
    }

    /** @return {@code sign-in-taken} when the way leads to another account, {@code already-merged} */
    static Decision decide(IdentityState account, Leads leads, AttachSignIn command) {
        if (account instanceof Absorbed) {
            return new Refused(Refusal.ALREADY_MERGED);
        }
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

    /** @return {@code code-taken} when the code was drawn before: draw again; {@code already-merged} */
    static Decision decide(IdentityState account, Drawn drawn, IssueAttachCode command, Instant now) {
        if (account instanceof Absorbed) {
            return new Refused(Refusal.ALREADY_MERGED);
        }
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
        if (!isProof(account, drawn, person, command.codeMac(), now)) {
            return new Refused(Refusal.ATTACH_CODE_REFUSED);
        }
        List<LedgerEvent> events =
                List.of(attached(person, command.way()), new SignInTaken(person), new AttachCodeUsed(person));
        return new Accepted(events);
    }

    /**
     * What the ledger says about two accounts besides their own streams.
     *
     * @param examRunning whether an exam of either is running
     * @param erased      whether either person was erased
     */
    record Standing(boolean examRunning, boolean erased) {}

    /**
     * @param leads where each of the command's ways leads, in their order
     * @return {@code same-account}, {@code exam-running}, {@code erased-account}, {@code already-merged},
     *     {@code attach-code-refused}, or {@code state-changed-since-preview} when another way leads to the absorbed account
     */
    static Decision decide(
            IdentityState survivor,
            IdentityState absorbed,
            Drawn drawn,
            List<Leads> leads,
            MergeAccounts command,
            Standing standing,
            Instant now) {
        if (command.person().equals(command.absorbed())) {
            return new Refused(Refusal.SAME_ACCOUNT);
        }
        if (absorbed instanceof Absorbed(var into) && into.equals(command.person())) {
            return Accepted.nothing();
        }
        if (standing.examRunning()) {
            return new Refused(Refusal.EXAM_RUNNING);
        }
        if (standing.erased()) {
            return new Refused(Refusal.ERASED_ACCOUNT);
        }
        if (survivor instanceof Absorbed || absorbed instanceof Absorbed) {
            return new Refused(Refusal.ALREADY_MERGED);
        }
        if (!isProof(absorbed, drawn, command.absorbed(), command.codeMac(), now)) {
            return new Refused(Refusal.ATTACH_CODE_REFUSED);
        }
        return absorbed instanceof Open open && areAllWays(open, leads, command)
                ? merged(open, command)
                : new Refused(Refusal.STATE_CHANGED_SINCE_PREVIEW);
    }

    private static boolean areAllWays(Open absorbed, List<Leads> leads, MergeAccounts command) {
        Set<SignIn> named = command.ways().stream()
                .map(way -> new SignIn(way.provider(), way.subject()))
                .collect(Collectors.toSet());
        return named.equals(absorbed.signIns())
                && leads.stream()
                        .allMatch(way ->
                                way.to().filter(command.absorbed()::equals).isPresent());
    }

    /** Ways to sign in and roles follow the person. */
    private static Decision merged(Open absorbed, MergeAccounts command) {
        AccountId person = command.person();
        List<LedgerEvent> events = new ArrayList<>();
        events.add(new AccountsMerged(person, command.absorbed(), MergeBasis.ATTACH_CODE));
        for (WayIn way : command.ways()) {
            events.add(attached(person, way));
            events.add(new SignInTaken(person));
        }
        absorbed.roles()
                .forEach((held, days) ->
                        events.add(new RoleGranted(person, held.role(), held.scope(), days.from(), days.to())));
        events.add(new AttachCodeUsed(command.absorbed()));
        events.add(new AccountAbsorbed(command.absorbed(), person));
        return new Accepted(events);
    }

    private static boolean isProof(IdentityState account, Drawn drawn, AccountId person, String mac, Instant now) {
        return drawn.person().filter(person::equals).isPresent()
                && !drawn.used()
                && account instanceof Open open
                && isAccepted(open.paperCode(), mac, now);
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

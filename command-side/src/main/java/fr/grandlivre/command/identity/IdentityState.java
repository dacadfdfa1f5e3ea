package fr.grandlivre.command.identity;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the events of one account amount to. */
sealed interface IdentityState {
    /** @return the state after the event */
    IdentityState evolve(IdentityEvent event);

    /** Nothing happened to this account: nobody has the id, or somebody has it from a school or an identity provider. */
    record Absent() implements IdentityState {
        @Override
        public IdentityState evolve(IdentityEvent event) {
            return switch (event) {
                case AccountOpened(var _, var sealed) -> Open.NEW.withName(sealed);
                case SignInAttached _, AttachCodeIssued _, AccountsMerged _, AccountAbsorbed _ ->
                    Open.NEW.evolve(event);
                case IdentityCorrected _, SignInDetached _, RoleGranted _, RoleWithdrawn _ ->
                    throw new AssertionError("an account begins before it loses a way, gets a role or is corrected");
            };
        }
    }

    /**
     * A living account.
     *
     * @param named     whether the ledger was told who it is
     * @param identity  who it is; absent when it was not told, or erased
     * @param signIns   ways that lead here; erased ones are not among them
     * @param roles     roles held, with the days of the latest grant
     * @param paperCode the latest that was issued; absent when none was
     */
    record Open(
            boolean named,
            @Nullable AccountIdentity identity,
            Set<SignIn> signIns,
            Map<Held, Days> roles,
            @Nullable PaperCode paperCode)
            implements IdentityState {
        static final Open NEW = new Open(false, null, Set.of(), Map.of(), null);

        public Open {
            signIns = Set.copyOf(signIns);
            roles = Map.copyOf(roles);
        }

        @Override
        public IdentityState evolve(IdentityEvent event) {
            return switch (event) {
                case AccountOpened _ when named -> throw new AssertionError("an account opens once");
                case AccountOpened(var _, var sealed) -> withName(sealed);
                case IdentityCorrected(var _, var sealed) -> withName(sealed);
                case SignInAttached(var _, var provider, var sealed) ->
                    sealed.value()
                            .map(subject -> with(new SignIn(provider, subject)))
                            .orElse(this);
                case SignInDetached(var _, var provider, var sealed) ->
                    sealed.value()
                            .map(subject -> without(new SignIn(provider, subject)))
                            .orElse(this);
                case AttachCodeIssued(var _, var mac, var until) ->
                    new Open(named, identity, signIns, roles, new PaperCode(mac, until));
                case RoleGranted(var _, var role, var scope, var from, var to) ->
                    with(new Held(role, scope), new Days(from, to));
                case RoleWithdrawn(var _, var role, var scope) -> without(new Held(role, scope));
                case AccountsMerged _ -> this;
                case AccountAbsorbed(var _, var survivor) -> new Absorbed(survivor);
            };
        }

        private Open withName(Personal<AccountIdentity> sealed) {
            return new Open(true, sealed.value().orElse(null), signIns, roles, paperCode);
        }

        private Open with(SignIn signIn) {
            Set<SignIn> after = new HashSet<>(signIns);
            after.add(signIn);
            return new Open(named, identity, after, roles, paperCode);
        }

        private Open without(SignIn signIn) {
            Set<SignIn> after = new HashSet<>(signIns);
            after.remove(signIn);
            return new Open(named, identity, after, roles, paperCode);
        }

        private Open with(Held held, Days days) {
            Map<Held, Days> after = new HashMap<>(roles);
            after.put(held, days);
            return new Open(named, identity, signIns, after, paperCode);
        }

        private Open without(Held held) {
            Map<Held, Days> after = new HashMap<>(roles);
            after.remove(held);
            return new Open(named, identity, signIns, after, paperCode);
        }
    }

    /** Joined to another account of the same person, which goes on alone. */
    record Absorbed(AccountId survivor) implements IdentityState {
        @Override
        public IdentityState evolve(IdentityEvent event) {
            throw new AssertionError("nothing happens to an account that was absorbed");
        }
    }

    /** A way to sign in. */
    record SignIn(String provider, SignInSubject subject) {}

    /** A code on paper, and the last instant at which it is accepted. */
    record PaperCode(String mac, Instant until) {}

    /** A role and where it holds. */
    record Held(Role role, Scope scope) {}

    /** First and last day, inclusive; open when the last is absent. */
    record Days(LocalDate from, @Nullable LocalDate to) {}
}

package fr.grandlivre.command.identity;

import fr.grandlivre.events.identity.IdentityEvent;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.Role;
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

    /** Nobody has this id. */
    record Absent() implements IdentityState {
        @Override
        public IdentityState evolve(IdentityEvent event) {
            return switch (event) {
                case AccountOpened _ -> new Open(Set.of(), Map.of());
                case SignInAttached _, RoleGranted _, RoleWithdrawn _ ->
                    throw new AssertionError("an account opens before anything else happens to it");
            };
        }
    }

    /**
     * A living account.
     *
     * @param signIns ways that lead here; erased ones are not among them
     * @param roles   roles held, with the days of the latest grant
     */
    record Open(Set<SignIn> signIns, Map<Held, Days> roles) implements IdentityState {
        public Open {
            signIns = Set.copyOf(signIns);
            roles = Map.copyOf(roles);
        }

        @Override
        public IdentityState evolve(IdentityEvent event) {
            return switch (event) {
                case AccountOpened _ -> throw new AssertionError("an account opens once");
                case SignInAttached(var _, var provider, var sealed) ->
                    sealed.value()
                            .map(subject -> with(new SignIn(provider, subject)))
                            .orElse(this);
                case RoleGranted(var _, var role, var scope, var from, var to) ->
                    with(new Held(role, scope), new Days(from, to));
                case RoleWithdrawn(var _, var role, var scope) -> without(new Held(role, scope));
            };
        }

        private Open with(SignIn signIn) {
            Set<SignIn> after = new HashSet<>(signIns);
            after.add(signIn);
            return new Open(after, roles);
        }

        private Open with(Held held, Days days) {
            Map<Held, Days> after = new HashMap<>(roles);
            after.put(held, days);
            return new Open(signIns, after);
        }

        private Open without(Held held) {
            Map<Held, Days> after = new HashMap<>(roles);
            after.remove(held);
            return new Open(signIns, after);
        }
    }

    /** A way to sign in. */
    record SignIn(String provider, SignInSubject subject) {}

    /** A role and where it holds. */
    record Held(Role role, Scope scope) {}

    /** First and last day, inclusive; open when the last is absent. */
    record Days(LocalDate from, @Nullable LocalDate to) {}
}

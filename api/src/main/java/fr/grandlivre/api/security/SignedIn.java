package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import java.util.Optional;
import java.util.Set;

/**
 * The caller of a request, as its identity provider describes it. A controller takes it as a parameter.
 *
 * @param account who; random, says nothing about the person
 * @param roles   in what capacities; never {@code PUBLIC} or {@code SYSTEM}, may be empty
 * @param school  establishment of a staff member; empty for others
 */
public record SignedIn(AccountId account, Set<Role> roles, Optional<Uai> school) {
    public SignedIn {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}

package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The only place that knows how identity providers write down who somebody is: {@code account} (a UUID), {@code roles}
 * (names of {@link Role} in any case), {@code uai} (of the establishment), and the scope of partner programs.
 */
public final class Claims {
    /** Scope of a program that fetches certification results for school reports. */
    public static final String PARTNER_SCOPE = "organizations-certifications-result";

    // Nobody signs in as the public or as the system.
    private static final Set<Role> GRANTABLE = EnumSet.complementOf(EnumSet.of(Role.PUBLIC, Role.SYSTEM));

    private Claims() {}

    /** @return the caller; empty when the claims name no account and no partner program */
    public static Optional<SignedIn> read(Map<String, Object> claims) {
        Set<Role> roles = roles(claims);
        return account(claims, roles).map(account -> new SignedIn(account, roles, school(claims)));
    }

    /** @return Spring Security's spelling of the roles in the claims */
    public static Collection<SimpleGrantedAuthority> authorities(Map<String, Object> claims) {
        return read(claims).map(SignedIn::roles).orElse(Set.of()).stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    static Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = texts(claims.get("roles"))
                .map(text -> text.toUpperCase(Locale.ROOT))
                .flatMap(name -> GRANTABLE.stream().filter(role -> role.name().equals(name)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        if (texts(claims.get("scope")).anyMatch(PARTNER_SCOPE::equals)) {
            roles.add(Role.PARTNER);
        }
        return roles;
    }

    private static Optional<AccountId> account(Map<String, Object> claims, Set<Role> roles) {
        if (claims.get("account") instanceof String text) {
            try {
                return Optional.of(AccountId.of(text));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        // A program is no person: its account may be derived from its client id.
        return roles.equals(EnumSet.of(Role.PARTNER)) && claims.get("sub") instanceof String client
                ? Optional.of(new AccountId(UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8))))
                : Optional.empty();
    }

    static Optional<Uai> school(Map<String, Object> claims) {
        try {
            return claims.get("uai") instanceof String text
                    ? Optional.of(new Uai(text.toUpperCase(Locale.ROOT)))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    // Providers write lists as arrays or as words in one string.
    private static Stream<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> list -> list.stream().filter(Objects::nonNull).map(Object::toString);
            case String words -> Arrays.stream(words.strip().split("[ ,]+"));
            case null, default -> List.<String>of().stream();
        };
    }
}

package fr.grandlivre.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.grandlivre.command.identity.WayIn;
import fr.grandlivre.events.identity.SignInEvent;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.identity.SignInQueries;
import fr.grandlivre.store.LedgerUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;

/**
 * Whose account a way to sign in leads to: the one that the ledger says, or else the one that the identity provider names.
 * Programs of partners are no persons and keep what their token says. Thread-safe.
 */
@Component
public class SignIns {
    /** What another node attached or detached is known here at the latest after that. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private static final long MOST_REMEMBERED = 100_000;

    private final SignInQueries ledger;
    private final CodeMacs macs;
    private final ObjectProvider<ClientRegistrationRepository> providers;
    private final PersonAccounts accounts;
    private final Cache<UUID, Optional<SignInEvent>> known = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    SignIns(
            SignInQueries ledger,
            CodeMacs macs,
            ObjectProvider<ClientRegistrationRepository> providers,
            PersonAccounts accounts) {
        this.ledger = ledger;
        this.macs = macs;
        this.providers = providers;
        this.accounts = accounts;
    }

    /** @return the caller of an authenticated request; empty for an anonymous one and for somebody without an account */
    public Optional<SignedIn> caller(@Nullable Authentication authentication) {
        return claims(authentication).flatMap(this::caller);
    }

    /** @return who the claims stand for; empty when for nobody with an account */
    public Optional<SignedIn> caller(Map<String, Object> claims) {
        Optional<SignedIn> stated = Claims.read(claims);
        Optional<WayIn> way = way(claims);
        if (way.isEmpty()) {
            return stated;
        }
        return switch (last(way.get()).orElse(null)) {
            case null -> stated.map(this::going);
            case SignInFreed _ -> Optional.empty();
            case SignInTaken(AccountId person) -> {
                Set<Role> roles = Claims.roles(claims);
                yield Optional.of(going(
                        new SignedIn(person, roles.isEmpty() ? Set.of(Role.LEARNER) : roles, Claims.school(claims))));
            }
        };
    }

    /** Whatever led to an account that was absorbed leads to the one that goes on. */
    private SignedIn going(SignedIn stated) {
        AccountId survivor = accounts.survivor(stated.account());
        return survivor.equals(stated.account()) ? stated : new SignedIn(survivor, stated.roles(), stated.school());
    }

    /** @return how the caller signed in; empty for an anonymous one and for a partner's program */
    public Optional<WayIn> way(@Nullable Authentication authentication) {
        return claims(authentication).flatMap(this::way);
    }

    /** @return the stored way as the provider would present it, without what the provider says about it */
    public WayIn stored(SignInQueries.Way way) {
        return new WayIn(
                way.provider(),
                way.subject(),
                macs.ofSignIn(way.provider(), way.subject().subject()),
                Optional.empty());
    }

    /** Asks the ledger again the next time: the way was attached or detached. */
    public void forget(WayIn way) {
        known.invalidate(way.stream());
    }

    // While the ledger cannot be asked, it cannot show or take anything either: the provider's word is enough to say
    // so.
    private Optional<SignInEvent> last(WayIn way) {
        try {
            return known.get(way.stream(), ledger::last);
        } catch (LedgerUnavailableException _) {
            return Optional.empty();
        }
    }

    private Optional<WayIn> way(Map<String, Object> claims) {
        if (Claims.roles(claims).equals(Set.of(Role.PARTNER)) || !(claims.get("sub") instanceof String subject)) {
            return Optional.empty();
        }
        String provider = provider(String.valueOf(claims.get("iss")));
        return Optional.of(new WayIn(
                provider,
                new SignInSubject(subject),
                macs.ofSignIn(provider, subject),
                Claims.read(claims).map(SignedIn::account).map(accounts::survivor)));
    }

    // Its registration name, so that a provider may move to another address.
    private String provider(String issuer) {
        return providers.getIfAvailable() instanceof Iterable<?> registered
                ? StreamSupport.stream(registered.spliterator(), false)
                        .filter(ClientRegistration.class::isInstance)
                        .map(ClientRegistration.class::cast)
                        .filter(one -> issuer.equals(one.getProviderDetails().getIssuerUri()))
                        .map(ClientRegistration::getRegistrationId)
                        .findFirst()
                        .orElse(issuer)
                : issuer;
    }

    private static Optional<Map<String, Object>> claims(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof ClaimAccessor principal
                ? Optional.of(principal.getClaims())
                : Optional.empty();
    }
}

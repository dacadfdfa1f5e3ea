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

    /** What claims say by themselves; those of a token or a session are one object as long as that is remembered. */
    private final Cache<Map<String, Object>, Said> said =
            Caffeine.newBuilder().weakKeys().build();

    /**
     * Claims, understood.
     *
     * @param stated what they say about the person; empty when they name no account
     * @param way    how the person signed in; empty for a partner's program
     * @param stream that says where the way leads; empty together with it
     */
    private record Said(Optional<SignedIn> stated, Optional<WayIn> way, Optional<UUID> stream) {}

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
        Said understood = said.get(claims, this::understood);
        if (understood.stream().isEmpty()) {
            return understood.stated();
        }
        return switch (last(understood.stream().get()).orElse(null)) {
            case null -> understood.stated().map(this::going);
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
        return claims(authentication)
                .flatMap(claims -> said.get(claims, this::understood).way())
                .map(way -> new WayIn(
                        way.provider(), way.subject(), way.mac(), way.named().map(accounts::survivor)));
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
    private Optional<SignInEvent> last(UUID way) {
        try {
            return known.get(way, ledger::last);
        } catch (LedgerUnavailableException _) {
            return Optional.empty();
        }
    }

    private Said understood(Map<String, Object> claims) {
        Optional<SignedIn> stated = Claims.read(claims);
        if (Claims.roles(claims).equals(Set.of(Role.PARTNER)) || !(claims.get("sub") instanceof String subject)) {
            return new Said(stated, Optional.empty(), Optional.empty());
        }
        String provider = provider(String.valueOf(claims.get("iss")));
        WayIn way = new WayIn(
                provider, new SignInSubject(subject), macs.ofSignIn(provider, subject), stated.map(SignedIn::account));
        return new Said(stated, Optional.of(way), Optional.of(way.stream()));
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

package fr.grandlivre.api.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import fr.grandlivre.api.wiring.StartRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The identity provider of the demonstration, in the same process: at {@code localhost}, while the application is at
 * {@code 127.0.0.1}, so that their session cookies do not overwrite each other. Keys, secrets and passwords live as long
 * as the process.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoIdentityProvider {
    static final String SIGN_IN = "/demo/connexion";
    private static final String REGISTRATION = "demo";
    private static final String PAGES_CLIENT = "grand-livre-pages";
    private static final String AUDIENCE = "grand-livre";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final int port;

    DemoIdentityProvider(@Value("${server.port}") int port) {
        if (port == 0) {
            throw new StartRefused(
                    "The demonstration cannot run on a random port: its identity provider announces its address.",
                    "Set server.port to a free port.");
        }
        this.port = port;
    }

    /**
     * What was drawn at this start.
     *
     * @param all         the accounts, with their passwords
     * @param pagesSecret by which the application itself is known to the provider
     */
    record Accounts(List<DemoAccount> all, String pagesSecret) {
        DemoAccount named(String login) {
            return all.stream()
                    .filter(account -> account.login().equals(login))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Bean
    Accounts demoAccounts() {
        return new Accounts(DemoAccount.draw(), UUID.randomUUID().toString());
    }

    @Bean
    UserDetailsService demoUsers(Accounts accounts) {
        var users = accounts.all().stream()
                .filter(account -> !account.isProgram())
                .map(account -> User.withUsername(account.login())
                        .password("{noop}" + account.password())
                        .build())
                .toList();
        return new InMemoryUserDetailsManager(users);
    }

    @Bean
    @Order(1)
    SecurityFilterChain identityProvider(HttpSecurity http) throws Exception {
        http.headers(AbstractHttpConfigurer::disable)
                .oauth2AuthorizationServer(server -> {
                    http.securityMatcher(new OrRequestMatcher(
                            server.getEndpointsMatcher(),
                            PathPatternRequestMatcher.withDefaults().matcher(SIGN_IN)));
                    server.oidc(oidc -> {})
                            .authorizationEndpoint(endpoint ->
                                    endpoint.authorizationResponseHandler(DemoIdentityProvider::answerAndForget));
                })
                .authorizeHttpRequests(rules ->
                        rules.requestMatchers(SIGN_IN).permitAll().anyRequest().authenticated())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint(SIGN_IN)))
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .usernameParameter("compte")
                        .passwordParameter("mot-de-passe")
                        .failureUrl(SIGN_IN + "?echec"));
        return http.build();
    }

    // The provider forgets the person at once: the next sign-in of a demonstration is in another role.
    private static void answerAndForget(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        var code = granted.getAuthorizationCode();
        if (granted.getRedirectUri() == null || code == null) {
            throw new IllegalStateException("an authorization without a code or a place to return to");
        }
        UriComponentsBuilder target =
                UriComponentsBuilder.fromUriString(granted.getRedirectUri()).queryParam("code", code.getTokenValue());
        if (granted.getState() != null) {
            target.queryParam("state", "{state}");
        }
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.sendRedirect(
                granted.getState() == null
                        ? target.toUriString()
                        : target.encode().buildAndExpand(granted.getState()).toUriString());
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().issuer(issuer()).build();
    }

    @Bean
    RegisteredClientRepository registeredClients(Accounts accounts) {
        RegisteredClient browser = RegisteredClient.withId(PAGES_CLIENT)
                .clientId(PAGES_CLIENT)
                .clientSecret("{noop}" + accounts.pagesSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(application() + "/login/oauth2/code/" + REGISTRATION)
                .scope(OidcScopes.OPENID)
                .build();
        Stream<RegisteredClient> programs = accounts.all().stream().map(DemoIdentityProvider::program);
        return new InMemoryRegisteredClientRepository(
                Stream.concat(Stream.of(browser), programs).toList());
    }

    // Each account is also a program's: one line of curl is then enough to try the interface in any role.
    private static RegisteredClient program(DemoAccount account) {
        return RegisteredClient.withId(account.login())
                .clientId(account.login())
                .clientSecret("{noop}" + account.password())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> {
                    if (account.isProgram()) {
                        scopes.add(Claims.PARTNER_SCOPE);
                    }
                })
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFETIME)
                        .build())
                .build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> accountClaims(Accounts accounts) {
        return token -> {
            Authentication principal = token.getPrincipal();
            if (principal == null) {
                throw new IllegalStateException("a token for nobody");
            }
            DemoAccount account = accounts.named(principal.getName());
            if (!account.isStranger()) {
                token.getClaims().claim("account", account.account().toString());
            }
            if (!account.isProgram() && !account.isStranger()) {
                token.getClaims().claim("roles", List.of(account.role().name().toLowerCase(Locale.ROOT)));
            }
            account.school().ifPresent(uai -> token.getClaims().claim("uai", uai.value()));
            if (OAuth2TokenType.ACCESS_TOKEN.equals(token.getTokenType())) {
                token.getClaims().audience(List.of(AUDIENCE));
            }
        };
    }

    // Explicit addresses: discovery by issuer would call the application before it listens.
    @Bean
    ClientRegistrationRepository demoProvider(Accounts accounts) {
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                .clientName("demo")
                .clientId(PAGES_CLIENT)
                .clientSecret(accounts.pagesSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(application() + "/login/oauth2/code/" + REGISTRATION)
                .scope(OidcScopes.OPENID)
                .authorizationUri(issuer() + "/oauth2/authorize")
                .tokenUri(issuer() + "/oauth2/token")
                .jwkSetUri(issuer() + "/oauth2/jwks")
                .issuerUri(issuer())
                .userNameAttributeName(JwtClaimNames.SUB)
                .build());
    }

    @Bean
    JWKSource<SecurityContext> signingKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(UUID.randomUUID().toString())
                .build()));
    }

    @Bean
    JwtDecoder tokens(JWKSource<SecurityContext> keys) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE))));
        return decoder;
    }

    /** The console is where the passwords are: this profile listens on its own machine only. */
    @EventListener
    void printAccounts(ApplicationReadyEvent ready) {
        List<DemoAccount> accounts =
                ready.getApplicationContext().getBean(Accounts.class).all();
        StringBuilder text = new StringBuilder("\nGrand Livre, démonstration : " + application() + "\n\n");
        accounts.forEach(account -> text.append(String.format(
                Locale.ROOT,
                "  %-12s %-22s %s%n",
                account.role().name().toLowerCase(Locale.ROOT),
                account.login(),
                account.password())));
        text.append("\n  Jeton : curl -u compte:mot-de-passe -d grant_type=client_credentials ")
                .append(issuer())
                .append("/oauth2/token\n");
        System.out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private String issuer() {
        return "http://localhost:" + port;
    }

    private String application() {
        return "http://127.0.0.1:" + port;
    }
}

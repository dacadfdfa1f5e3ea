package fr.grandlivre.api.security;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.Problems;
import fr.grandlivre.api.problem.Slug;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The doors: tokens for programs, a session for people, nothing open that no route declares. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {
    static final String SESSION_COOKIE = "gl";

    private static final String LOOK_UPS = "/api/v1/verifications";

    private final RouteAccess routes;
    private final Problems problems;
    private final SignIns signIns;
    private final ErasedAccounts erased;
    private final OidcUserService providersUsers = new OidcUserService();

    SecurityWiring(RouteAccess routes, Problems problems, SignIns signIns, ErasedAccounts erased) {
        this.routes = routes;
        this.signIns = signIns;
        this.problems = problems;
        this.erased = erased;
    }

    /** The server times every request; timing each filter on its way besides would cost more than the filters do. */
    @Bean
    static SecurityObservationSettings filtersAreNotTimed() {
        return SecurityObservationSettings.noObservations();
    }

    /** Look-ups of codes, of which there are many: no token, no session, hence nothing to read but the request. */
    @Bean
    @Order(5)
    SecurityFilterChain publicLookUps(HttpSecurity http) throws Exception {
        return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, LOOK_UPS))
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Programs: a token with every request, no session, no form, hence no forged request from another site. */
    @Bean
    @Order(10)
    SecurityFilterChain programs(HttpSecurity http, ObjectProvider<JwtDecoder> tokens) throws Exception {
        http.securityMatcher("/api/**", "/log1/**", "/v3/**", "/actuator/**")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .requestMatchers(EndpointRequest.toAnyEndpoint())
                        .hasRole("OPERATOR")
                        .requestMatchers(HttpMethod.GET, "/v3/api-docs", "/v3/api-docs.yaml")
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .exceptionHandling(this::answerPrograms);
        JwtDecoder reader = tokens.getIfAvailable();
        if (reader != null) {
            JwtDecoder remembering = new RememberedTokens(reader);
            http.oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerTokens())
                    .jwt(jwt -> jwt.decoder(remembering).jwtAuthenticationConverter(SecurityWiring::caller))
                    .authenticationEntryPoint(this::askForToken)
                    .accessDeniedHandler(this::refuse));
        }
        return http.build();
    }

    /** People: signed in by the identity provider, remembered by a session, forms protected against other sites. */
    @Bean
    @Order(20)
    SecurityFilterChain people(HttpSecurity http, ObjectProvider<ClientRegistrationRepository> providers)
            throws Exception {
        http.headers(AbstractHttpConfigurer::disable)
                // A look-up changes nothing and needs no session: whoever comes back after a break is not refused.
                .csrf(csrf -> csrf.ignoringRequestMatchers(
                        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/verifier"),
                        PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/verifier/document")))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/assets/**", "/webjars/**", "/favicon.ico", "/robots.txt")
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .logout(logout -> logout.logoutUrl("/deconnexion")
                        .logoutSuccessUrl("/deconnecte")
                        .deleteCookies(SESSION_COOKIE)
                        // Shared school computers: the next pupil finds nothing.
                        .addLogoutHandler(new HeaderWriterLogoutHandler(
                                new ClearSiteDataHeaderWriter(Directive.CACHE, Directive.STORAGE))))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(this::askToSignIn).accessDeniedHandler(this::refuseWithPage));
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/connexion")
                    .failureUrl("/connexion?echec")
                    .userInfoEndpoint(
                            info -> info.oidcUserService(this::living).userAuthoritiesMapper(rolesFromClaims())));
        }
        return http.build();
    }

    // Static: the server is configured before anything that needs a servlet context exists.
    @Bean
    static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> headersOnEveryResponse(
            TrustedProxies trusted) {
        return factory -> {
            factory.addEngineValves(new ResponseHeaders(), new ForwardedAddress(trusted.proxies()));
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ContainerErrors.class.getName());
                }
            });
        };
    }

    private void answerPrograms(ExceptionHandlingConfigurer<HttpSecurity> handling) {
        handling.authenticationEntryPoint(this::askForToken).accessDeniedHandler(this::refuse);
    }

    static AbstractAuthenticationToken caller(Jwt token) {
        return new JwtAuthenticationToken(token, Claims.authorities(token.getClaims()));
    }

    /** An identity provider may still know somebody whom the ledger does not know any more. */
    private OidcUser living(OidcUserRequest signIn) {
        if (signIns.caller(signIn.getIdToken().getClaims())
                .map(SignedIn::account)
                .filter(erased::contains)
                .isPresent()) {
            throw new OAuth2AuthenticationException("erased_account");
        }
        return providersUsers.loadUser(signIn);
    }

    private static GrantedAuthoritiesMapper rolesFromClaims() {
        return authorities -> {
            Set<GrantedAuthority> granted = new HashSet<>();
            for (GrantedAuthority authority : authorities) {
                if (authority instanceof OidcUserAuthority user) {
                    granted.addAll(Claims.authorities(user.getIdToken().getClaims()));
                }
            }
            return granted;
        };
    }

    private void askForToken(HttpServletRequest request, HttpServletResponse response, AuthenticationException missing)
            throws IOException {
        if (RouteAccess.isAbsent(request)) {
            problems.write(Problem.of(Slug.NOT_FOUND), request, response);
        } else {
            response.setHeader("WWW-Authenticate", "Bearer");
            problems.write(Problem.of(Slug.UNAUTHENTICATED), request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        boolean absent = RouteAccess.isAbsent(request);
        if (!absent && routes.isErased(SecurityContextHolder.getContext().getAuthentication())) {
            problems.write(Problem.of(Slug.UNAUTHENTICATED), request, response);
            return;
        }
        problems.write(Problem.of(absent ? Slug.NOT_FOUND : Slug.FORBIDDEN), request, response);
    }

    private void askToSignIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException missing)
            throws IOException, ServletException {
        if (RouteAccess.isAbsent(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getHeader("HX-Request") != null) {
            // A fragment would land inside the old page: the whole page goes to sign-in instead.
            response.setHeader("HX-Redirect", "/connexion");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            new LoginUrlAuthenticationEntryPoint("/connexion").commence(request, response, missing);
        }
    }

    private void refuseWithPage(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        boolean absent = RouteAccess.isAbsent(request);
        if (!absent && routes.isErased(SecurityContextHolder.getContext().getAuthentication())) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            response.sendRedirect("/connexion?echec");
            return;
        }
        response.sendError(absent ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_FORBIDDEN);
    }
}

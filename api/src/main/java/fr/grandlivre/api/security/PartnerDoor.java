package fr.grandlivre.api.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** The door of the software that fetches results for school reports: its errors are JSON:API, as that software knows them. */
@Configuration(proxyBeanMethods = false)
class PartnerDoor {
    private final RouteAccess routes;

    PartnerDoor(RouteAccess routes) {
        this.routes = routes;
    }

    @Bean
    @Order(5)
    SecurityFilterChain partners(HttpSecurity http, PartnerTokens tokens) throws Exception {
        return http.securityMatcher("/api/application/**", "/api/organizations/**")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .oauth2ResourceServer(server -> server.jwt(
                                jwt -> jwt.decoder(tokens::read).jwtAuthenticationConverter(SecurityWiring::caller))
                        .authenticationEntryPoint((request, response, missing) -> refuse(request, response, 401))
                        .accessDeniedHandler((request, response, denied) -> refuse(request, response, 403)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, missing) -> refuse(request, response, 401))
                        .accessDeniedHandler((request, response, denied) -> refuse(request, response, 403)))
                .build();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException {
        JsonApiErrors.write(
                response, RouteAccess.isAbsent(request) ? HttpStatus.NOT_FOUND : HttpStatus.valueOf(status));
    }
}

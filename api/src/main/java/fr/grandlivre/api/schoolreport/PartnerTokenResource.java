package fr.grandlivre.api.schoolreport;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.JsonApiErrors;
import fr.grandlivre.api.security.PartnerTokens;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.query.identity.PartnerQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a partner's program gets its token: client id and secret against an hour's access. */
@RestController
@Tag(name = "schoolreport")
class PartnerTokenResource {
    private static final String GRANT = "client_credentials";

    private final PartnerQueries partners;
    private final PartnerTokens tokens;
    private final CodeMacs macs;

    PartnerTokenResource(PartnerQueries partners, PartnerTokens tokens, CodeMacs macs) {
        this.partners = partners;
        this.tokens = tokens;
        this.macs = macs;
    }

    /** As RFC 6749 names them. */
    record Token(
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn,
            String scope,
            @JsonProperty("client_id") String clientId) {}

    @PostMapping(path = "/api/application/token", produces = MediaType.APPLICATION_JSON_VALUE)
    @Allowed(everyone = true)
    @Operation(
            operationId = "partnerToken",
            summary = "A token for the software that fetches results for school reports",
            description = "Form body: grant_type=client_credentials, client_id, client_secret, scope. 401 for a wrong"
                    + " client or secret, 403 for a scope that was not granted; errors are JSON:API. Takes no"
                    + " Idempotency-Key.")
    ResponseEntity<?> token(
            @RequestParam(name = "grant_type", required = false) @Nullable String grant,
            @RequestParam(name = "client_id", required = false) @Nullable String client,
            @RequestParam(name = "client_secret", required = false) @Nullable String secret,
            @RequestParam(name = "scope", required = false) @Nullable String scope) {
        if (client == null || secret == null || !GRANT.equals(grant)) {
            return JsonApiErrors.answer(HttpStatus.UNAUTHORIZED);
        }
        Optional<PartnerRegistered> proven = partners.proven(client, macs.ofPartner(client, secret));
        if (proven.isEmpty()) {
            return JsonApiErrors.answer(HttpStatus.UNAUTHORIZED);
        }
        if (scope == null || !proven.get().scopes().contains(scope)) {
            return JsonApiErrors.answer(HttpStatus.FORBIDDEN);
        }
        // Tokens live in the time of machines, also where the domain has a clock of its own.
        String token = tokens.issue(client, scope, Instant.ofEpochMilli(System.currentTimeMillis()));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Token("Bearer", token, PartnerTokens.LIFETIME.toSeconds(), scope, client));
    }
}

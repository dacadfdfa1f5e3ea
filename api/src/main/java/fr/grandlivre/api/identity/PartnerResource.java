package fr.grandlivre.api.identity;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.Claims;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.command.identity.PartnerCommand.RevokePartner;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.identity.PartnerQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Programs of partners: let in and kept out by an operator. */
@RestController
@Tag(name = "identity")
class PartnerResource {
    /** As in addresses, forms and logs of the partner. */
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final int LONGEST_REASON = 500;

    private final PartnerQueries partners;
    private final CodeMacs macs;
    private final Dispatch dispatch;

    PartnerResource(PartnerQueries partners, CodeMacs macs, Dispatch dispatch) {
        this.partners = partners;
        this.macs = macs;
        this.dispatch = dispatch;
    }

    /**
     * @param client name that the program will give
     * @param uais   establishments it may ask about; absent or empty for all
     */
    record Registration(@Nullable String client, @Nullable List<String> uais) {}

    /** @param secret shown this once; asking again with the same Idempotency-Key shows it again */
    record Registered(String client, String secret, List<String> scopes, List<Uai> uais, long position) {}

    /** @param reason why, 10 to 500 characters */
    record Revocation(@Nullable String reason) {}

    @PostMapping("/api/v1/partners")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "registerPartner",
            summary = "Let a program fetch certification results for school reports",
            description = "Roles: operator. The secret is in this answer and nowhere else. Registering a client again"
                    + " gives it another secret. Problems: unauthenticated, forbidden, malformed-request, validation,"
                    + " overloaded, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Registered> register(
            @RequestBody Registration wish, CommandKey key, @Parameter(hidden = true) SignedIn operator) {
        Fields fields = new Fields();
        String client = fields.parsed("/client", wish.client(), PartnerResource::client, "");
        List<Uai> uais = new ArrayList<>();
        List<String> asked = wish.uais() == null ? List.of() : wish.uais();
        for (int i = 0; i < asked.size(); i++) {
            uais.add(fields.parsed("/uais/" + i, asked.get(i), Uai::new, new Uai("0000000A")));
        }
        fields.check();
        String secret = macs.partnerSecret(key.commandId());
        RegisterPartner command = new RegisterPartner(
                client, macs.ofPartner(client, secret), List.of(Claims.PARTNER_SCOPE), List.copyOf(uais));
        Done done = dispatch.send(command, key, operator, Role.OPERATOR);
        return Acknowledged.answer(
                HttpStatus.CREATED,
                done,
                new Registered(client, secret, command.scopes(), command.uais(), done.position()));
    }

    @PostMapping("/api/v1/partners/{client}/revocation")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "revokePartner",
            summary = "Keep a program out from now on",
            description = "Roles: operator. Problems: unauthenticated, forbidden, not-found, malformed-request,"
                    + " validation, refused-by-rule (reason-too-short), overloaded, idempotency-key-missing.")
    ResponseEntity<Acknowledged> revoke(
            @PathVariable String client,
            @RequestBody Revocation wish,
            CommandKey key,
            @Parameter(hidden = true) SignedIn operator) {
        if (!partners.isKnown(client)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        Fields fields = new Fields();
        String reason = fields.text("/reason", wish.reason(), LONGEST_REASON);
        fields.check();
        return Acknowledged.done(dispatch.send(new RevokePartner(client, reason), key, operator, Role.OPERATOR));
    }

    private static String client(String typed) {
        if (!CLIENT.matcher(typed).matches()) {
            throw new IllegalArgumentException("not the name of a program");
        }
        return typed;
    }
}

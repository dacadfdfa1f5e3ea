package fr.grandlivre.api.identity;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.identity.SignInQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Codes on paper for people whom no school can give one. */
@RestController
@Tag(name = "identity")
class AttachCodeResource {
    private final SignInQueries signIns;
    private final AttachCodes codes;

    AttachCodeResource(SignInQueries signIns, AttachCodes codes) {
        this.signIns = signIns;
        this.codes = codes;
    }

    /**
     * @param code  shown this once; asking again with the same Idempotency-Key shows it again
     * @param until last instant at which it is accepted
     */
    record Drawn(String code, Instant until, long position) {}

    @PostMapping("/api/v1/accounts/{account}/attach-codes")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "issueAttachCode",
            summary = "Draw a code by which a person attaches another way to sign in",
            description = "Roles: operator, after checking who asks. The code is in this answer and nowhere else; it"
                    + " is used once, within 30 days, and replaces the one drawn before. Problems: unauthenticated,"
                    + " forbidden, not-found, refused-by-rule (code-taken), overloaded, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Drawn> issue(
            @PathVariable UUID account, CommandKey key, @Parameter(hidden = true) SignedIn operator) {
        AccountId person = new AccountId(account);
        if (!signIns.isKnown(person)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        AttachCodes.Issued issued = codes.issue(person, key, operator, Role.OPERATOR);
        return Acknowledged.answer(
                HttpStatus.CREATED,
                issued.done(),
                new Drawn(issued.code(), issued.until(), issued.done().position()));
    }
}

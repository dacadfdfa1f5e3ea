package fr.grandlivre.api.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.live.Retries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the operations page shows and does, for an operator's programs. */
@RestController
@Tag(name = "operations")
@Allowed(Role.OPERATOR)
class OperationsResource {
    private static final String PROBLEMS =
            " Changes no event, so it takes no Idempotency-Key. Problems: unauthenticated, forbidden,"
                    + " malformed-request, validation";

    private final Operations operations;

    OperationsResource(Operations operations) {
        this.operations = operations;
    }

    /** @param processor name of a view or policy */
    record Restart(@Nullable String processor) {}

    /** @param stream whose events were put aside */
    record Retry(@Nullable String processor, @Nullable String stream) {}

    /** @param reason {@code not-needed}, {@code done-otherwise} or {@code mistake} */
    record Skip(
            @Nullable String processor,
            @Nullable Long position,
            @Nullable String reason) {}

    /**
     * @param dealt   events that were dealt with
     * @param stuckAt position of the event that failed again; absent when nothing waits any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Retried(int dealt, @Nullable Long stuckAt) {}

    @GetMapping("/api/v1/operations")
    @Operation(
            operationId = "operations",
            summary = "How processors, writer, sealer, database and backups fare",
            description = "Roles: operator. Problems: unauthenticated, forbidden.")
    Operations.Snapshot operations() {
        return operations.now();
    }

    @PostMapping("/api/v1/operations/restarts")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "restartProcessor",
            summary = "Stop a processor on this node and start it at once",
            description = "Roles: operator." + PROBLEMS + ".",
            responses = @ApiResponse(responseCode = "204", description = "It is started"))
    void restart(@RequestBody Restart wish) {
        operations.restart(wish.processor());
    }

    @PostMapping("/api/v1/operations/retries")
    @Operation(
            operationId = "retryDeadLetters",
            summary = "Try the events of a stream again that a processor put aside, in their order",
            description = "Roles: operator." + PROBLEMS + ".")
    Retried retry(@RequestBody Retry wish) {
        Retries.Outcome outcome = operations.retry(wish.processor(), wish.stream());
        return new Retried(outcome.dealt(), outcome.position().orElse(null));
    }

    @PostMapping("/api/v1/operations/skips")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "skipDeadLetter",
            summary = "Let one event go that a processor put aside, without its effect",
            description = "Roles: operator." + PROBLEMS + ", not-found.",
            responses = @ApiResponse(responseCode = "204", description = "It is let go"))
    void skip(@RequestBody Skip wish) {
        operations.skip(wish.processor(), wish.position(), wish.reason());
    }
}

package fr.grandlivre.api.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.ReplayResource;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.Recount.Report;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Recounts for an auditor's programs. */
@RestController
@Tag(name = "audit")
@Allowed(Role.AUDITOR)
class RecountResource {
    private static final String RECOUNTS = "/api/v1/audit/recounts";

    private final Recounts recounts;

    RecountResource(Recounts recounts) {
        this.recounts = recounts;
    }

    /** Whose results: at most one of the three; without one, or as the word {@code all}, everybody's. */
    record RecountScope(
            @Nullable UUID learner,
            @Nullable UUID school,
            @Nullable UUID session) {
        private static final RecountScope ALL = new RecountScope(null, null, null);

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        RecountScope {}

        /** @throws IllegalArgumentException for another word than {@code all} */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static RecountScope named(String word) {
            if (!word.equals("all")) {
                throw new IllegalArgumentException("a scope is all, or an object");
            }
            return ALL;
        }
    }

    /**
     * What is wanted.
     *
     * @param scope whose results; absent for all
     * @param to    last position that counts; absent for the head
     * @param rules {@code as-recorded}, or the name of a version to try; absent for those in force
     */
    record RecountWish(
            @Nullable RecountScope scope,
            @Nullable Long to,
            @Nullable String rules) {}

    @PostMapping(RECOUNTS)
    @Operation(
            operationId = "recount",
            summary = "Compute levels, results, certificates and mentions again from the raw answers",
            description =
                    "Roles: auditor. Under the rules in force then, each difference is told with the position of the"
                        + " first event that diverges; under other rules, what they would change. Records nothing, so"
                        + " it takes no Idempotency-Key. Problems: unauthenticated, forbidden, malformed-request,"
                        + " validation, overloaded.",
            responses = @ApiResponse(responseCode = "202", description = "The job; its address is in Location"))
    ResponseEntity<ReplayResource.JobState> recount(@RequestBody RecountWish wish) {
        RecountScope scope = Objects.requireNonNullElse(wish.scope(), RecountScope.ALL);
        List<UUID> named = Stream.of(scope.learner(), scope.school(), scope.session())
                .flatMap(Stream::ofNullable)
                .toList();
        if (named.size() > 1) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/scope", "invalid"))));
        }
        Recounts.Scope kind = scope.learner() != null
                ? Recounts.Scope.LEARNER
                : scope.school() != null
                        ? Recounts.Scope.SCHOOL
                        : scope.session() != null ? Recounts.Scope.SESSION : Recounts.Scope.ALL;
        Job job = recounts.start(
                kind,
                named.isEmpty() ? "" : named.getFirst().toString(),
                wish.to() == null ? "" : wish.to().toString(),
                Objects.requireNonNullElse(wish.rules(), "as-recorded"));
        return ReplayResource.accepted(job);
    }

    @GetMapping(RECOUNTS + "/{id}")
    @Operation(
            operationId = "recountReport",
            summary = "What a recount found",
            description = "Roles: auditor. Absent until the job has succeeded; the reading is recorded."
                    + " Problems: unauthenticated, forbidden, not-found, overloaded.")
    Report report(@PathVariable UUID id, @Parameter(hidden = true) SignedIn reader) {
        return recounts.report(id, reader);
    }
}

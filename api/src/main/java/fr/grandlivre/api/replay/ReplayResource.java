package fr.grandlivre.api.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.query.replay.RowDifference;
import fr.grandlivre.store.log.Reread;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Replays for an auditor's programs, and the jobs that make them. */
@RestController
@Tag(name = "audit")
public class ReplayResource {
    private final Jobs jobs;

    ReplayResource(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @param view {@code document}, {@code evaluation}, {@code profile}, {@code schoolreport}, {@code session} or {@code verification} */
    record Replay(@Nullable String view) {}

    /**
     * A job as it is now.
     *
     * @param kind            {@code replay}, {@code rebuild}, {@code rollback}, {@code reread}, {@code recount} or
     *                        {@code export}
     * @param view            name of a view; {@code ledger} for a re-reading; whose results for a recount; which part for
     *                        an export
     * @param state           {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, or
     *                        {@code interrupted} by a stop of its node
     * @param done            last position dealt with
     * @param total           position at which the work ends
     * @param eventsPerSecond speed so far
     * @param etaSeconds      time left at that speed
     * @param result          how views differed; absent until a replay or rebuild succeeded
     * @param reread          what a re-reading found; absent until it succeeded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobState(
            UUID id,
            String kind,
            String view,
            String state,
            long done,
            long total,
            long eventsPerSecond,
            long etaSeconds,
            Instant startedAt,
            @Nullable Result result,
            @Nullable Reread reread) {}

    /**
     * What a replay found.
     *
     * @param equal         whether the live rows are those that the ledger gives
     * @param position      at which both were compared
     * @param liveDigest    SHA-256 of the live rows
     * @param rebuiltDigest SHA-256 of the rebuilt rows
     * @param rows          rows that the ledger gives
     * @param rowsDifferent rows that differ
     * @param differences   of the first of those rows, field by field; personal fields without their values
     * @param lettersLive   events put aside that the live rows lack
     * @param lettersRebuilt events put aside that the rebuilt rows lack
     */
    public record Result(
            boolean equal,
            long position,
            String liveDigest,
            String rebuiltDigest,
            long rows,
            long rowsDifferent,
            List<RowDifference> differences,
            long lettersLive,
            long lettersRebuilt) {}

    @PostMapping("/api/v1/audit/replays")
    @Allowed(Role.AUDITOR)
    @Operation(
            operationId = "replay",
            summary = "Build a view again beside the live one and compare both",
            description = "Roles: auditor. Asked again while it runs, it is the same job. Changes nothing, so it takes"
                    + " no Idempotency-Key. Problems: unauthenticated, forbidden, malformed-request, validation,"
                    + " overloaded.",
            responses = @ApiResponse(responseCode = "202", description = "The job; its address is in Location"))
    ResponseEntity<JobState> replay(@RequestBody Replay wish) {
        if (wish.view() == null) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/view", "missing"))));
        }
        if (!jobs.views().contains(wish.view())) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/view", "view.unknown"))));
        }
        return accepted(jobs.start(Job.Kind.REPLAY, wish.view()));
    }

    /** @return the answer to a wish that takes a while */
    public static ResponseEntity<JobState> accepted(Job job) {
        return ResponseEntity.accepted().location(address(job)).body(state(job));
    }

    /** @return where the job is looked at */
    public static URI address(Job job) {
        return URI.create("/api/v1/jobs/" + job.id());
    }

    @GetMapping("/api/v1/jobs/{id}")
    @Allowed({Role.AUDITOR, Role.OPERATOR})
    @Operation(
            operationId = "job",
            summary = "A job as it is now",
            description = "Roles: auditor, operator. A job that a restart interrupted says so; one"
                    + " that ended before it has no result any more."
                    + " Problems: unauthenticated, forbidden, not-found.")
    JobState job(@PathVariable UUID id) {
        return jobs.find(id).map(ReplayResource::state).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    @DeleteMapping("/api/v1/jobs/{id}")
    @Allowed({Role.AUDITOR, Role.OPERATOR})
    @Operation(
            operationId = "cancelJob",
            summary = "Stop a job; one that is over stays as it is",
            description = "Roles: auditor, operator. Problems: unauthenticated, forbidden, not-found.")
    JobState cancel(@PathVariable UUID id) {
        jobs.cancel(id);
        return job(id);
    }

    static JobState state(Job job) {
        return new JobState(
                job.id(),
                job.kind().name().toLowerCase(Locale.ROOT),
                job.subject(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.done(),
                job.total(),
                job.eventsPerSecond(),
                Math.ceilDiv(job.eta().toMillis(), 1_000),
                job.startedAt(),
                job.comparison().map(ReplayResource::result).orElse(null),
                job.reread().orElse(null));
    }

    private static Result result(Comparison found) {
        return new Result(
                found.equal(),
                found.position(),
                found.live(),
                found.rebuilt(),
                found.rows(),
                found.rowsDifferent(),
                found.differences(),
                found.lettersLive(),
                found.lettersRebuilt());
    }
}

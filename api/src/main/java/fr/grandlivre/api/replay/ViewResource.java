package fr.grandlivre.api.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.replay.Rebuild;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Views built again, exchanged and brought back, for an operator's programs. */
@RestController
@Tag(name = "operations")
@Allowed(Role.OPERATOR)
class ViewResource {
    private static final String VIEWS = "/api/v1/operations/views";
    private static final String PROBLEMS = " Problems: unauthenticated, forbidden, not-found";

    private final Jobs jobs;
    private final ViewPositions positions;

    ViewResource(Jobs jobs, ViewPositions positions) {
        this.jobs = jobs;
        this.positions = positions;
    }

    /** All views. */
    record Views(List<ViewState> items) {}

    /**
     * A view as it is now.
     *
     * @param view     name
     * @param position up to which it is folded
     * @param kept     rows that its last exchange replaced; absent when there are none
     * @param job      latest rebuild or return; absent when there was none since the start
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ViewState(String view, long position, @Nullable KeptRows kept, ReplayResource.@Nullable JobState job) {}

    /**
     * Rows that the last exchange replaced.
     *
     * @param position      up to which they were folded
     * @param ofThisRelease whether they can be served again
     */
    record KeptRows(long position, boolean ofThisRelease) {
        static KeptRows of(Rebuild.Kept kept) {
            return new KeptRows(kept.position(), kept.ofThisRelease());
        }
    }

    @GetMapping(VIEWS)
    @Operation(
            operationId = "views",
            summary = "Views, how far they are, and what is kept of their last exchange",
            description = "Roles: operator. Problems: unauthenticated, forbidden.")
    Views views() {
        return new Views(jobs.views().stream().map(this::state).toList());
    }

    @PostMapping(VIEWS + "/{view}/rebuilds")
    @Operation(
            operationId = "rebuildView",
            summary = "Build a view again, compare, serve the new rows and keep the old ones",
            description = "Roles: operator. Asked again while it runs, it is the same job. Records nothing, so it takes"
                    + " no Idempotency-Key." + PROBLEMS + ", overloaded.",
            responses = @ApiResponse(responseCode = "202", description = "The job; its address is in Location"))
    ResponseEntity<ReplayResource.JobState> rebuild(@PathVariable String view) {
        return ReplayResource.accepted(jobs.start(Job.Kind.REBUILD, known(view)));
    }

    @PostMapping(VIEWS + "/{view}/rollbacks")
    @Operation(
            operationId = "rollBackView",
            summary = "Serve the rows again that the last exchange replaced, brought up to date",
            description = "Roles: operator. Refused when nothing of this release is kept." + PROBLEMS
                    + ", refused-by-rule, overloaded.",
            responses = @ApiResponse(responseCode = "202", description = "The job; its address is in Location"))
    ResponseEntity<ReplayResource.JobState> rollBack(@PathVariable String view) {
        if (jobs.kept(known(view)).filter(Rebuild.Kept::ofThisRelease).isEmpty()) {
            throw new ProblemException(Problem.refused("nothing-kept"));
        }
        return ReplayResource.accepted(jobs.start(Job.Kind.ROLLBACK, view));
    }

    @DeleteMapping(VIEWS + "/{view}/kept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "confirmView",
            summary = "Let go of the rows that the last exchange replaced",
            description = "Roles: operator." + PROBLEMS + ".")
    void confirm(@PathVariable String view) {
        jobs.confirm(known(view));
    }

    private ViewState state(String view) {
        Optional<Job> latest = Stream.of(Job.Kind.REBUILD, Job.Kind.ROLLBACK)
                .flatMap(kind -> jobs.latest(kind, view).stream())
                .reduce((one, other) -> other.startedAt().isAfter(one.startedAt()) ? other : one);
        return new ViewState(
                view,
                positions.of(view),
                jobs.kept(view).map(KeptRows::of).orElse(null),
                latest.map(ReplayResource::state).orElse(null));
    }

    private String known(String view) {
        if (!jobs.views().contains(view)) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return view;
    }
}

package fr.grandlivre.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.request.SignedCursors;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.HistoryQueries.Difference;
import fr.grandlivre.query.audit.HistoryQueries.Life;
import fr.grandlivre.query.audit.HistoryQueries.Step;
import fr.grandlivre.query.audit.StateDiff;
import fr.grandlivre.query.audit.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The past for an auditor's programs: what happened, how everything stood, what differs. */
@RestController
@Tag(name = "audit")
@Allowed(Role.AUDITOR)
class HistoryResource {
    private static final String ANY = "/api/v1/audit/{view}/{id}";
    private static final String PATCH = "application/json-patch+json";
    private static final int MOST = 100;
    private static final String VIEWS =
            " Views: people, profile, certificate, session, campaign, stream; division with id school.year.division;"
                    + " mention with id learner.year. Names stay sealed; the reading is recorded.";
    private static final String PROBLEMS =
            " Problems: unauthenticated, forbidden, not-found, malformed-request, validation, date-in-future,"
                    + " overloaded.";

    private final Histories histories;
    private final SignedCursors cursors;

    HistoryResource(Histories histories, SignedCursors cursors) {
        this.histories = histories;
        this.cursors = cursors;
    }

    /**
     * One value that an event changed.
     *
     * @param pointer where in the state
     * @param before  absent when there was none
     * @param after   absent when there is none any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Changed(
            String pointer,
            @Nullable String before,
            @Nullable String after) {}

    /** An event and what it changed of the subject. */
    record Happened(AuditedEvent event, List<Changed> changes) {
        static Happened of(Step step) {
            return new Happened(
                    AuditedEvent.of(step.event()),
                    step.changes().stream()
                            .map(change -> new Changed(
                                    change.pointer(),
                                    change.before().orElse(null),
                                    change.after().orElse(null)))
                            .toList());
        }
    }

    /**
     * A page of what happened.
     *
     * @param items by position
     * @param next  cursor of the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubjectHistory(
            String view,
            String id,
            List<Happened> items,
            @Nullable String next) {}

    /**
     * How a subject stood.
     *
     * @param position every event up to it counts
     * @param state    objects only; empty before the first event
     */
    record SubjectState(String view, String id, long position, ObjectNode state) {}

    /** One operation with what it changes and the position of the event that did it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Operated(
            String op,
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode value,
            long position) {}

    /** What leads from one state to another. */
    record SubjectDifferences(String view, String id, long from, long to, List<Operated> operations) {}

    /** One operation of RFC 6902. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PatchOperation(String op, String path, @Nullable JsonNode value) {}

    @GetMapping("/api/v1/audit/streams/{stream}")
    @Operation(
            operationId = "auditStream",
            summary = "Events of one stream, each with what it changed",
            description = "Roles: auditor." + PROBLEMS)
    SubjectHistory stream(
            @PathVariable String stream,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) SignedIn reader,
            HttpServletResponse response) {
        return history(Subject.View.STREAM.word(), stream, limit, cursor, reader, response);
    }

    @GetMapping(ANY + "/history")
    @Operation(
            operationId = "auditHistory",
            summary = "What happened to a subject, event by event, each with what it changed",
            description = "Roles: auditor." + VIEWS + PROBLEMS)
    SubjectHistory history(
            @PathVariable String view,
            @PathVariable String id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) SignedIn reader,
            HttpServletResponse response) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/limit", "range"))));
        }
        Subject subject = histories.subject(view, id);
        String list = "audit-history\n" + view + "\n" + id;
        Moment now = histories.now();
        long[] marks = cursor == null ? new long[] {0, now.position()} : cursors.read(list, 2, cursor);
        Life life = histories.life(subject, new Moment(marks[1], now.at(), null, false), reader);
        List<Step> rest = life.steps().stream()
                .filter(step -> step.event().position() > marks[0])
                .toList();
        List<Step> shown = rest.stream().limit(limit).toList();
        response.setHeader("Ledger-Position", Long.toString(marks[1]));
        return new SubjectHistory(
                view,
                id,
                shown.stream().map(Happened::of).toList(),
                rest.size() > limit
                        ? cursors.write(list, shown.getLast().event().position(), marks[1])
                        : null);
    }

    @GetMapping(ANY + "/state")
    @Operation(
            operationId = "auditState",
            summary = "How a subject stood at an instant or a position, folded from the ledger",
            description =
                    "Roles: auditor. asOf is an instant, or a position when it has digits only; au the end of a day"
                            + " in Paris; not both." + VIEWS + PROBLEMS,
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "view, id, position, and state: objects only, empty before the first event",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(types = "object"))))
    SubjectState state(
            @PathVariable String view,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String asOf,
            @RequestParam(defaultValue = "") String au,
            @Parameter(hidden = true) SignedIn reader,
            HttpServletResponse response) {
        if (!asOf.isBlank() && !au.isBlank()) {
            throw new ProblemException(Slug.MALFORMED_REQUEST);
        }
        Subject subject = histories.subject(view, id);
        Moment moment = au.isBlank() ? histories.moment(asOf, "/asOf") : histories.endOf(au);
        Life life = histories.life(subject, moment, reader);
        Moments.describe(moment, moment.position(), response);
        return new SubjectState(view, id, moment.position(), life.state());
    }

    @GetMapping(path = ANY + "/diff", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "auditDiff",
            summary = "What changed of a subject between two instants or positions, with the events that did it",
            description =
                    "Roles: auditor. With Accept: application/json-patch+json, a patch (RFC 6902)." + VIEWS + PROBLEMS)
    SubjectDifferences differences(
            @PathVariable String view,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") String from,
            @RequestParam(defaultValue = "") String to,
            @Parameter(hidden = true) SignedIn reader) {
        Subject subject = histories.subject(view, id);
        Moment first = histories.moment(from, "/from");
        Moment second = histories.moment(to, "/to");
        Difference difference = histories.difference(subject, first, second, reader);
        return new SubjectDifferences(
                view,
                id,
                first.position(),
                second.position(),
                difference.operations().stream().map(HistoryResource::operated).toList());
    }

    private static Operated operated(StateDiff.Operation operation) {
        return new Operated(
                operation.op(), operation.path(), operation.before(), operation.value(), operation.position());
    }

    @GetMapping(path = ANY + "/diff", produces = PATCH)
    List<PatchOperation> patch(
            @PathVariable String view,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") String from,
            @RequestParam(defaultValue = "") String to,
            @Parameter(hidden = true) SignedIn reader) {
        return differences(view, id, from, to, reader).operations().stream()
                .map(operation -> new PatchOperation(operation.op(), operation.path(), operation.value()))
                .toList();
    }
}

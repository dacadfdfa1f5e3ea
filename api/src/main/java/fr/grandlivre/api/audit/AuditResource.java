package fr.grandlivre.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.EventEntry;
import fr.grandlivre.query.audit.EventInContext;
import fr.grandlivre.query.audit.LedgerQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The ledger for an auditor's programs. */
@RestController
@Tag(name = "audit")
@Allowed(Role.AUDITOR)
class AuditResource {
    private static final String EVENTS = "/api/v1/audit/events";
    private static final int MOST = 100;

    private final LedgerQueries ledger;
    private final EventSearches searches;
    private final Cursors cursors;

    AuditResource(LedgerQueries ledger, EventSearches searches, Cursors cursors) {
        this.ledger = ledger;
        this.searches = searches;
        this.cursors = cursors;
    }

    /**
     * One page of a search.
     *
     * @param items by position; may be fewer than asked for although more follow
     * @param next  cursor of the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Events(List<AuditedEvent> items, @Nullable String next) {}

    /**
     * One event and what stands around it; the other events are named by their positions.
     *
     * @param currentVersion version that this release reads
     * @param current        payload in that version
     * @param before         event before it in its stream; absent for the first
     * @param after          event after it in its stream; absent for the last
     * @param cause          event that caused it; absent when a person acted, or when it stands outside {@code searched}
     * @param sameCommand    other events of its command
     * @param effects        events that it caused
     * @param searched       positions at which causes and effects were looked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Detail(
            AuditedEvent event,
            int currentVersion,
            @JsonRawValue @Schema(types = "object") String current,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long cause,
            List<Long> sameCommand,
            List<Long> effects,
            Searched searched) {}

    /** First and last position. */
    record Searched(long from, long to) {}

    @GetMapping(EVENTS)
    @Operation(
            operationId = "auditEvents",
            summary = "Events of the ledger that match all given filters, by position",
            description = "Roles: auditor. from and to are a position, an instant or a day in Paris; the end of the"
                    + " ledger is pinned by the first page. Personal fields stay sealed."
                    + " Problems: unauthenticated, forbidden, validation, invalid-cursor.")
    ResponseEntity<Events> events(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String stream,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String correlation,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/limit", "range"))));
        }
        EventSearch begun = searches.parse(new EventSearches.Typed(type, stream, from, to, actor, correlation));
        EventSearch search = cursor == null ? begun : cursors.resume(begun, cursor);
        LedgerQueries.Page page = ledger.page(search.filter(), search.after(), search.upTo(), limit);
        String next = page.complete() ? null : cursors.next(search, page.lookedUpTo());
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header("Ledger-Position", Long.toString(search.upTo()));
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + address(search, limit, next) + ">; rel=\"next\"");
        }
        return answer.body(
                new Events(page.events().stream().map(AuditedEvent::of).toList(), next));
    }

    @GetMapping(EVENTS + "/{position}")
    @Operation(
            operationId = "auditEvent",
            summary = "One event with its cause, its effects and its neighbours",
            description = "Roles: auditor. Problems: unauthenticated, forbidden, not-found.")
    Detail event(@PathVariable long position) {
        EventInContext found = ledger.inContext(position).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return new Detail(
                AuditedEvent.of(found.event()),
                found.currentVersion(),
                found.currentPayload(),
                position(found.before()),
                position(found.after()),
                position(found.cause()),
                found.sameCommand().stream().map(EventEntry::position).toList(),
                found.effects().stream().map(EventEntry::position).toList(),
                new Searched(found.searchedFrom(), found.searchedTo()));
    }

    private static @Nullable Long position(Optional<EventEntry> event) {
        return event.map(EventEntry::position).orElse(null);
    }

    private static String address(EventSearch search, int limit, String cursor) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(EVENTS);
        search.typed().forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
        return address.queryParam("limit", limit)
                .queryParam("cursor", cursor)
                .encode()
                .buildAndExpand(search.typed())
                .toUriString();
    }
}

package fr.grandlivre.api.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.privacy.AccessCommand;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.AccessLog.Line;
import fr.grandlivre.query.privacy.AccessLog.Unmasking;
import fr.grandlivre.query.privacy.AccessQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who read what of whom, for an auditor's programs, and who somebody is once a purpose was declared. */
@RestController
@Tag(name = "audit")
@Allowed(Role.AUDITOR)
class AccessLogResource {
    private final AccessSearch search;
    private final Dispatch dispatch;

    AccessLogResource(AccessSearch search, Dispatch dispatch) {
        this.search = search;
        this.dispatch = dispatch;
    }

    /**
     * @param items the newest first
     * @param next  cursor of the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Readings(List<Item> items, @Nullable String next) {}

    /**
     * One reading of one person.
     *
     * @param reader   pseudonym; absent for somebody without an account, and when it lapsed
     * @param declared whether a purpose was declared
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            long position,
            Instant at,
            UUID person,
            String role,
            String surface,
            String fieldsClass,
            @Nullable UUID reader,
            boolean declared,
            @Nullable UUID certificate,
            int count) {
        static Item of(Line line) {
            return new Item(
                    line.position(),
                    line.at(),
                    line.person().value(),
                    WireName.of(line.role()),
                    WireName.of(line.surface()),
                    WireName.of(line.fieldsClass()),
                    line.reader() == null ? null : line.reader().value(),
                    line.declared(),
                    line.certificate() == null ? null : line.certificate().value(),
                    line.readings());
        }
    }

    /** @param purpose 10 to 200 characters */
    record Wish(
            @Nullable UUID person,

            @Schema(
                    minLength = AccessCommand.SHORTEST_PURPOSE,
                    maxLength = AccessCommand.LONGEST_PURPOSE,
                    description = "Why, in 10 to 200 characters")
            @Nullable
            String purpose) {}

    /**
     * @param until      end of the auditor's leave
     * @param identities what the person is called where, the latest first
     */
    record Unmasked(Instant until, List<Named> identities) {}

    /**
     * @param type   of the event that says so
     * @param fields names and values
     */
    record Named(String type, Instant recordedAt, boolean corrected, SortedMap<String, String> fields) {}

    @GetMapping("/api/v1/audit/access")
    @Operation(
            operationId = "auditAccess",
            summary = "Who read what of whom, by reader, person and period",
            description = "Roles: auditor. Pseudonyms only. from and to are days in Paris. Problems: unauthenticated,"
                    + " forbidden, validation, invalid-cursor, view-behind.")
    Readings readings(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "0") long atLeast) {
        dispatch.await(AccessQueries.VIEW, atLeast);
        AccessSearch.Page page = search.lines(new AccessSearch.Typed(actor, person, from, to), limit, cursor);
        return new Readings(page.lines().stream().map(Item::of).toList(), page.next());
    }

    @PostMapping("/api/v1/audit/unmaskings")
    @Operation(
            operationId = "unmask",
            summary = "Declare why one person's identity is to be seen; opens it to the caller for 15 minutes",
            description =
                    "Roles: auditor. Recorded, and told to the person. A purpose has 10 to 200 characters. Refusals:"
                            + " purpose-missing. Problems:"
                            + " validation, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> unmask(
            @RequestBody Wish wish,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn auditor) {
        if (wish.person() == null) {
            throw AccessSearch.missing("/person");
        }
        Done done = search.unmask(auditor, new LearnerId(wish.person()), wish.purpose(), key);
        dispatch.caughtUp(AccessQueries.VIEW, done.position()); // What comes next is to read who it is.
        return Acknowledged.created(done);
    }

    @GetMapping("/api/v1/audit/people/{person}")
    @Operation(
            operationId = "unmasked",
            summary = "Who an unmasked person is",
            description = "Roles: auditor. Each reading is recorded. Problems: not-found as long as the caller has not"
                    + " declared a purpose; validation, view-behind, overloaded.")
    Unmasked person(
            @PathVariable UUID person,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn auditor) {
        dispatch.await(AccessQueries.VIEW, atLeast);
        LearnerId whose = new LearnerId(person);
        Unmasking leave = search.unmasking(auditor, whose).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return new Unmasked(
                leave.until(),
                search.identities(auditor, whose, leave).stream()
                        .map(identity -> new Named(
                                identity.type(), identity.recorded(), identity.corrected(), identity.fields()))
                        .toList());
    }
}

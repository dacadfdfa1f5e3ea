package fr.grandlivre.api.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.Access;
import fr.grandlivre.query.privacy.AccessQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who read the caller's data, for programs. */
@RestController
@Tag(name = "privacy")
class AccessResource {
    private static final String PATH = "/api/v1/me/accesses";

    private final AccessList list;
    private final Dispatch dispatch;

    AccessResource(AccessList list, Dispatch dispatch) {
        this.list = list;
        this.dispatch = dispatch;
    }

    /**
     * @param items the newest first
     * @param next  cursor of the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Accesses(List<Item> items, @Nullable String next) {}

    /**
     * One reading, or the sum of an hour's look-ups by code alone.
     *
     * @param hour        first instant of the hour
     * @param role        in what capacity
     * @param surface     where it was read
     * @param fieldsClass what was read
     * @param purpose     as declared; absent when none was
     * @param certificate that was looked up
     * @param count       how many readings
     * @param position    ledger position
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            Instant hour,
            String role,
            String surface,
            String fieldsClass,
            @Nullable String purpose,
            @Nullable UUID certificate,
            int count,
            long position) {}

    @GetMapping(PATH)
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "myAccesses",
            summary = "Who read the caller's data: role, declared purpose, hour and surface",
            description =
                    "Roles: learner. No address and no name of a reader is told. limit is 1 to 100, 50 by default."
                            + " Problems: unauthenticated, forbidden, validation, invalid-cursor, view-behind.")
    ResponseEntity<Accesses> accesses(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn person) {
        dispatch.await(AccessQueries.VIEW, atLeast);
        AccessList.Page page = list.of(person, limit, cursor);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (page.next() != null) {
            answer.header(
                    HttpHeaders.LINK, "<" + PATH + "?limit=" + limit + "&cursor=" + page.next() + ">; rel=\"next\"");
        }
        return answer.body(
                new Accesses(page.readings().stream().map(AccessResource::item).toList(), page.next()));
    }

    private static Item item(Access access) {
        return new Item(
                access.hour(),
                WireName.of(access.role()),
                WireName.of(access.surface()),
                WireName.of(access.fieldsClass()),
                access.purpose(),
                Optional.ofNullable(access.certificate()).map(id -> id.value()).orElse(null),
                access.readings(),
                access.position());
    }
}

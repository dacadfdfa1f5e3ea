package fr.grandlivre.api.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.privacy.Erasure;
import fr.grandlivre.query.privacy.ErasureQueries;
import fr.grandlivre.query.privacy.ErasureRequest;
import fr.grandlivre.query.privacy.Hold;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Erasures, holds and receipts, for programs. A person is a pseudonym here: nobody is named. */
@RestController
@Tag(name = "privacy")
class ErasureResource {
    private static final String PEOPLE = "/api/v1/privacy/people/{person}";
    private static final String MINE = "/api/v1/me/erasures";

    private final PersonalFiles files;
    private final ErasureReceipts receipts;
    private final Erasures erasures;
    private final Dispatch dispatch;

    ErasureResource(PersonalFiles files, ErasureReceipts receipts, Erasures erasures, Dispatch dispatch) {
        this.files = files;
        this.receipts = receipts;
        this.erasures = erasures;
        this.dispatch = dispatch;
    }

    /** @param classes identity, answers, certificate, access-<year>, or all */
    record Wish(@Nullable List<String> classes) {}

    /**
     * @param classes identity, answers, certificate, access-<year>, or all
     * @param basis   person-request, retention-ended, order or recorded-in-error
     */
    record ErasureWish(
            @Nullable List<String> classes,

            @Schema(allowableValues = {"person-request", "retention-ended", "order", "recorded-in-error"}) @Nullable
            String basis) {}

    /**
     * @param dataClass identity, answers, certificate or access-<year>
     * @param basis     litigation, fraud-inquiry or legal-duty
     * @param until     last day, inclusive
     */
    record HoldWish(
            @JsonProperty("class") @Schema(pattern = "identity|answers|certificate|access-[0-9]{4}") @Nullable
            String dataClass,

            @Schema(allowableValues = {"litigation", "fraud-inquiry", "legal-duty"}) @Nullable
            String basis,

            @Schema(format = "date", description = "Last day, inclusive; at most 50 years from today") @Nullable
            String until) {}

    /**
     * @param request  what waits for somebody else; absent when nothing does
     * @param holds    in force today
     * @param erasures the newest first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileState(@Nullable RequestState request, List<HoldState> holds, List<ErasureState> erasures) {}

    /** What waits for somebody else than the requester. */
    record RequestState(List<String> classes, String basis, UUID requester, Instant requestedAt) {}

    /** What must not be erased before a day. */
    record HoldState(@JsonProperty("class") String dataClass, String basis, LocalDate until) {}

    /**
     * An erasure.
     *
     * @param position of the erasure in the ledger
     * @param state    running, succeeded, or failed when something was found afterwards
     * @param residual values found afterwards; absent while it runs
     * @param receipt  what the receipt says; absent while it runs
     * @param jws      the receipt, signed, in its compact form; absent while it runs
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErasureState(
            long position,
            String state,
            List<String> classes,
            String basis,
            Instant erasedAt,
            @Nullable Integer residual,

            @JsonRawValue @Schema(types = "object") @Nullable
            String receipt,

            @Nullable String jws) {
        static ErasureState of(Erasure erasure) {
            return new ErasureState(
                    erasure.position(),
                    stateOf(erasure),
                    names(erasure.classes()),
                    WireName.of(erasure.basis()),
                    erasure.erasedAt(),
                    erasure.receipt().map(Erasure.Receipt::residual).orElse(null),
                    erasure.receipt()
                            .map(receipt -> ErasureReceipts.payload(receipt.signed()))
                            .orElse(null),
                    erasure.receipt().map(Erasure.Receipt::signed).orElse(null));
        }
    }

    /** Public keys as RFC 7517 lists them. */
    record Keys(List<ErasureReceipts.Key> keys) {}

    static String stateOf(Erasure erasure) {
        return erasure.receipt()
                .map(receipt -> receipt.residual() == 0 ? "succeeded" : "failed")
                .orElse("running");
    }

    @GetMapping(PEOPLE)
    @Allowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "personalFile",
            summary = "What is asked, held and erased of a person",
            description = "Roles: operator, auditor. Problems: unauthenticated, forbidden, not-found, validation,"
                    + " view-behind.")
    FileState file(@PathVariable UUID person, @RequestParam(defaultValue = "0") long atLeast) {
        dispatch.await(ErasureQueries.VIEW, atLeast);
        return state(files.of(files.known(person)));
    }

    @PostMapping(PEOPLE + "/erasures")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "erasePerson",
            summary = "Erase classes of a person's data, or ask for it",
            description =
                    "Roles: operator. When the person, or another operator, asked for these classes before, they are"
                            + " erased; otherwise this is the request, and another operator repeats it. Refusals:"
                            + " legal-hold with basis and until, exam-running. Problems: not-found, validation,"
                            + " legal-hold, refused-by-rule, idempotency-key-missing, idempotency-key-reused.",
            responses = @ApiResponse(responseCode = "202", description = "The file of the person is in Location"))
    ResponseEntity<Acknowledged> erase(
            @PathVariable UUID person,
            @RequestBody ErasureWish wish,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn operator) {
        AccountId whose = files.known(person);
        Done done = files.erase(whose, wish.classes(), wish.basis(), key, operator);
        erasures.hurry();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/privacy/people/" + person + "?atLeast=" + done.position()))
                .body(new Acknowledged(done.position(), done.stream(), done.seq()));
    }

    @GetMapping(PEOPLE + "/erasures/{erasure}")
    @Allowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "erasure",
            summary = "An erasure with its signed receipt",
            description = "Roles: operator, auditor. erasure is its ledger position. Problems: unauthenticated,"
                    + " forbidden, not-found, validation, view-behind.")
    ErasureState erasure(
            @PathVariable UUID person, @PathVariable long erasure, @RequestParam(defaultValue = "0") long atLeast) {
        dispatch.await(ErasureQueries.VIEW, atLeast);
        return ErasureState.of(files.erasure(new AccountId(person), erasure));
    }

    @PostMapping(PEOPLE + "/holds")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "placeHold",
            summary = "Forbid the erasure of a class of a person's data before a day",
            description = "Roles: operator. Refusals: dates-inverted, same-person when somebody shortens the own hold."
                    + " Problems: not-found, validation, refused-by-rule, idempotency-key-missing,"
                    + " idempotency-key-reused.")
    ResponseEntity<Acknowledged> hold(
            @PathVariable UUID person,
            @RequestBody HoldWish wish,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn operator) {
        return Acknowledged.recorded(
                files.hold(files.known(person), wish.dataClass(), wish.basis(), wish.until(), key, operator));
    }

    @PostMapping(PEOPLE + "/holds/{dataClass}/lifting")
    @Allowed(Role.OPERATOR)
    @Operation(
            operationId = "liftHold",
            summary = "End a hold before its day",
            description = "Roles: operator, not the one who placed it. Refusals: same-person. Problems: not-found,"
                    + " refused-by-rule, idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> lift(
            @PathVariable UUID person,
            @PathVariable String dataClass,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn operator) {
        return Acknowledged.done(files.lift(files.known(person), dataClass, key, operator));
    }

    @GetMapping("/api/v1/privacy/receipt-keys")
    @Allowed(everyone = true)
    @Operation(
            operationId = "receiptKeys",
            summary = "Public keys of the receipts of erasures, as a JWK set",
            description = "Roles: everybody. The key in use first, then those that signed before it.")
    Keys keys() {
        return new Keys(receipts.published());
    }

    @GetMapping(MINE)
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "myErasures",
            summary = "What the caller asked to have erased, what is held, what was erased",
            description = "Roles: learner. Problems: unauthenticated, forbidden, validation, view-behind.")
    FileState mine(@RequestParam(defaultValue = "0") long atLeast, @Parameter(hidden = true) SignedIn person) {
        dispatch.await(ErasureQueries.VIEW, atLeast);
        return state(files.of(person.account()));
    }

    @PostMapping(MINE + "/request")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "requestErasure",
            summary = "Ask that own data be erased",
            description =
                    "Roles: learner. An operator carries it out. A later request takes the place of an earlier one."
                            + " Refusals: legal-hold with basis and until. Problems: validation, legal-hold,"
                            + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> request(
            @RequestBody Wish wish,
            @Parameter(hidden = true) CommandKey key,
            @Parameter(hidden = true) SignedIn person) {
        return Acknowledged.recorded(files.request(person, wish.classes(), key));
    }

    @PostMapping(MINE + "/withdrawal")
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "withdrawErasureRequest",
            summary = "Take the own request back, as long as nobody carried it out",
            description = "Roles: learner. Problems: idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Acknowledged> withdraw(
            @Parameter(hidden = true) CommandKey key, @Parameter(hidden = true) SignedIn person) {
        return Acknowledged.done(files.withdraw(person, key));
    }

    private static FileState state(PersonalFiles.File file) {
        return new FileState(
                file.request().map(ErasureResource::state).orElse(null),
                file.holds().stream().map(ErasureResource::state).toList(),
                file.erasures().stream().map(ErasureState::of).toList());
    }

    private static RequestState state(ErasureRequest request) {
        return new RequestState(
                names(request.classes()),
                WireName.of(request.basis()),
                request.requester().value(),
                request.at());
    }

    private static HoldState state(Hold hold) {
        return new HoldState(hold.dataClass().name(), WireName.of(hold.basis()), hold.until());
    }

    private static List<String> names(List<DataClass> classes) {
        return classes.stream().map(DataClass::name).toList();
    }
}

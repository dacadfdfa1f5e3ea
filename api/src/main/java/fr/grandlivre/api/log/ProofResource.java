package fr.grandlivre.api.log;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.log.InclusionProof;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proofs that an event stands in the log and that the log only grows. Public: an event's id is random. */
@RestController
@Tag(name = "ledger")
@Allowed(everyone = true)
class ProofResource {
    private static final String PROOFS = "/api/v1/ledger/proofs";
    private static final String BY_ID = PROOFS + "/{eventId}";
    private static final String PROBLEMS = " Problems: not-found, not-sealed-yet.";

    private final Proofs proofs;

    ProofResource(Proofs proofs) {
        this.proofs = proofs;
    }

    /**
     * A proof of inclusion (RFC 6962 §2.1.1).
     *
     * @param leafIndex  position − 1
     * @param leafHash   base64 of SHA-256(0x00 ‖ entry)
     * @param treeSize   events under the checkpoint
     * @param hashes     base64, from the leaf's sibling upwards
     * @param checkpoint signed note
     */
    record Inclusion(long leafIndex, String leafHash, long treeSize, List<String> hashes, String checkpoint) {
        static Inclusion of(InclusionProof proof) {
            return new Inclusion(
                    proof.index(),
                    base64(proof.leafHash()),
                    proof.head().checkpoint().size(),
                    proof.hashes().stream().map(ProofResource::base64).toList(),
                    proof.head().note());
        }
    }

    /**
     * A proof of consistency (RFC 6962 §2.1.2).
     *
     * @param from   size of the older tree
     * @param to     size of the newer tree
     * @param hashes base64, at most 63
     */
    record Consistency(long from, long to, List<String> hashes) {}

    @GetMapping(path = BY_ID, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proofOfEvent",
            summary = "Proof that the event with this id stands in the log",
            description = "Everybody. With Accept: text/plain, a c2sp.org/tlog-proof file." + PROBLEMS)
    Inclusion ofEvent(@PathVariable UUID eventId) {
        return Inclusion.of(proofs.inclusion(proofs.position(eventId)));
    }

    @GetMapping(path = BY_ID, produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> fileOfEvent(@PathVariable UUID eventId) {
        return file(proofs.position(eventId));
    }

    @GetMapping(path = PROOFS, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proofAtPosition",
            summary = "Proof that the event at this position stands in the log",
            description = "Everybody. With Accept: text/plain, a c2sp.org/tlog-proof file." + PROBLEMS)
    Inclusion atPosition(@RequestParam long position) {
        return Inclusion.of(proofs.inclusion(position));
    }

    @GetMapping(path = PROOFS, produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> fileAtPosition(@RequestParam long position) {
        return file(position);
    }

    @GetMapping("/api/v1/ledger/consistency")
    @Operation(
            operationId = "consistency",
            summary = "Proof that the log of one size begins with the log of a smaller one",
            description = "Everybody. Problems: validation, not-sealed-yet.")
    Consistency consistency(@RequestParam long from, @RequestParam long to) {
        if (from < 1 || from > to) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/from", "range"))));
        }
        return new Consistency(
                from,
                to,
                proofs.consistency(from, to).stream().map(ProofResource::base64).toList());
    }

    /** What an auditor's program hashes: the entries of one tile, each after its length in two bytes. */
    @GetMapping("/api/v1/audit/log/tile/entries/{*index}")
    @Allowed(Role.AUDITOR)
    @Operation(
            operationId = "logEntries",
            summary = "Entries of the log, a tile at a time",
            description = "Roles: auditor. The address ends as that of a tile of hashes does."
                    + " Problems: unauthenticated, forbidden, not-found.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The entries",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<byte[]> entries(@PathVariable String index) {
        TilePath path = TilePath.parse(index);
        return ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(proofs.entries(path.index() * TilePath.FULL, path.width()));
    }

    private ResponseEntity<String> file(long position) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + position + ".tlog-proof\"")
                .body(proofs.inclusion(position).text());
    }

    private static String base64(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }
}

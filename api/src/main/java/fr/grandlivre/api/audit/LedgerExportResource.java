package fr.grandlivre.api.audit;

import fr.grandlivre.api.replay.ReplayResource;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.log.LedgerExport.Manifest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The ledger in files, for programs of others. */
@RestController
@Tag(name = "audit")
@Allowed({Role.AUDITOR, Role.OPERATOR})
class LedgerExportResource {
    private static final String EXPORTS = "/api/v1/exports";

    private final LedgerExports exports;

    LedgerExportResource(LedgerExports exports) {
        this.exports = exports;
    }

    /**
     * What is wanted.
     *
     * @param format {@code jsonl} or {@code cloudevents}
     * @param from   first position; absent for the first
     * @param to     last position; absent for the head
     */
    record LedgerExportWish(
            @Nullable String format,
            @Nullable Long from,
            @Nullable Long to) {}

    @PostMapping(EXPORTS)
    @Operation(
            operationId = "exportLedger",
            summary = "Write a part of the ledger to files, with a manifest and the signed checkpoint",
            description = "Roles: auditor, operator. Personal fields stay sealed. Records nothing, so it takes no"
                    + " Idempotency-Key. Problems: unauthenticated, forbidden, malformed-request, validation,"
                    + " overloaded.",
            responses = @ApiResponse(responseCode = "202", description = "The job; its address is in Location"))
    ResponseEntity<ReplayResource.JobState> export(@RequestBody LedgerExportWish wish) {
        return ReplayResource.accepted(
                exports.start(Objects.requireNonNullElse(wish.format(), ""), text(wish.from()), text(wish.to())));
    }

    private static String text(@Nullable Long position) {
        return position == null ? "" : position.toString();
    }

    @GetMapping(EXPORTS + "/{id}")
    @Operation(
            operationId = "exportManifest",
            summary = "What an export holds",
            description = "Roles: auditor, operator. Absent until the job has succeeded."
                    + " Problems: unauthenticated, forbidden, not-found.")
    Manifest manifest(@PathVariable UUID id) {
        return exports.manifest(id);
    }

    @GetMapping(EXPORTS + "/{id}/{file}")
    @Operation(
            operationId = "exportFile",
            summary = "A file of an export",
            description = "Roles: auditor, operator. Its name stands in the manifest."
                    + " Problems: unauthenticated, forbidden, not-found.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The file",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<FileSystemResource> file(@PathVariable UUID id, @PathVariable String file) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
                .body(new FileSystemResource(exports.file(id, file)));
    }
}

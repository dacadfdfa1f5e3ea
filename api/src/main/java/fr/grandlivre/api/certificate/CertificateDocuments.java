package fr.grandlivre.api.certificate;

import fr.grandlivre.api.credential.PortableCredentials;
import fr.grandlivre.api.log.Proofs;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.FileAnswer;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.certificate.CertificateOrigins;
import fr.grandlivre.query.certificate.CertificateOrigins.Origin;
import fr.grandlivre.query.certificate.CertificateStatement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The files that a holder takes away: the sealed attestation, the portable credential, the proof of the log. */
@RestController
@Tag(name = "certificate")
class CertificateDocuments {
    /** An attestation is made in less than a second. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final OwnCertificates own;
    private final Attestations attestations;
    private final WhenCertificateIssuedThenMakeAttestation maker;
    private final PortableCredentials credentials;
    private final CertificateOrigins origins;
    private final Proofs proofs;

    CertificateDocuments(
            OwnCertificates own,
            Attestations attestations,
            WhenCertificateIssuedThenMakeAttestation maker,
            PortableCredentials credentials,
            CertificateOrigins origins,
            Proofs proofs) {
        this.own = own;
        this.attestations = attestations;
        this.maker = maker;
        this.credentials = credentials;
        this.origins = origins;
        this.proofs = proofs;
    }

    /** The page says what is missing, so whoever comes too early is sent back there. */
    @GetMapping("/moi/certificats/{id}/attestation.pdf")
    @Allowed(Role.LEARNER)
    ResponseEntity<byte[]> attestationOfPage(@PathVariable UUID id, SignedIn person) {
        CertificateStatement certificate = own.certificate(id, person);
        return switch (attestations.state(certificate)) {
            case READY -> pdf(certificate);
            case IN_PREPARATION, NONE -> {
                maker.hurry(List.of(certificate.certificate()));
                yield ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(URI.create("/moi/certificats/" + id))
                        .build();
            }
        };
    }

    @GetMapping("/moi/certificats/{id}/certificat.vc.json")
    @Allowed(Role.LEARNER)
    ResponseEntity<byte[]> credentialOfPage(@PathVariable UUID id, SignedIn person) {
        return credential(own.certificate(id, person));
    }

    @GetMapping("/moi/certificats/{id}/preuve.tlog-proof")
    @Allowed(Role.LEARNER)
    ResponseEntity<byte[]> proofOfPage(@PathVariable UUID id, SignedIn person) {
        return proof(own.certificate(id, person));
    }

    @GetMapping(value = "/api/v1/me/certificates/{id}/attestation", produces = MediaType.APPLICATION_PDF_VALUE)
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "attestation",
            summary = "The sealed attestation of one's own certificate, as PDF",
            description = "Roles: its holder. Made once; its SHA-256 is in the ledger. 202 with Retry-After while it is"
                    + " being made. Problems: not-found, also when it was erased or lost.",
            responses = {
                @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true),
                @ApiResponse(responseCode = "202", description = "It is being made", content = @Content)
            })
    ResponseEntity<byte[]> attestation(@PathVariable UUID id, @Parameter(hidden = true) SignedIn person) {
        CertificateStatement certificate = own.certificate(id, person);
        return switch (attestations.state(certificate)) {
            case READY -> pdf(certificate);
            case NONE -> throw new ProblemException(Slug.NOT_FOUND);
            case IN_PREPARATION -> {
                maker.hurry(List.of(certificate.certificate()));
                yield ResponseEntity.accepted()
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(SOON.toSeconds()))
                        .build();
            }
        };
    }

    @GetMapping(value = "/api/v1/certificates/{id}/credential", produces = PortableCredentials.MEDIA_TYPE)
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "credential",
            summary = "One's own certificate as an Open Badges 3.0 credential",
            description = "Roles: its holder. A bearer file with two proofs, eddsa-rdfc-2022 and eddsa-jcs-2022, that"
                    + " verifiers must check both. Problems: not-found; view-behind right after the issue.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The credential",
                            content =
                                    @Content(
                                            mediaType = PortableCredentials.MEDIA_TYPE,
                                            schema = @Schema(types = "object"))))
    ResponseEntity<byte[]> credential(@PathVariable UUID id, @Parameter(hidden = true) SignedIn person) {
        return credential(own.certificate(id, person));
    }

    @GetMapping(value = "/api/v1/certificates/{id}/proof", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allowed(Role.LEARNER)
    @Operation(
            operationId = "certificateProof",
            summary = "The proof that one's own certificate stands in the log, with the certificate's event inside",
            description = "Roles: its holder. A c2sp.org/tlog-proof file that is checked without asking the ledger."
                    + " Problems: not-found; not-sealed-yet right after the issue.")
    ResponseEntity<byte[]> certificateProof(@PathVariable UUID id, @Parameter(hidden = true) SignedIn person) {
        return proof(own.certificate(id, person));
    }

    private ResponseEntity<byte[]> pdf(CertificateStatement certificate) {
        byte[] file =
                attestations.find(certificate.certificate()).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return file("attestation.pdf", MediaType.APPLICATION_PDF, file);
    }

    private ResponseEntity<byte[]> proof(CertificateStatement certificate) {
        Origin origin = origins.of(certificate.certificate()).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return file(
                Proofs.FILE_NAME,
                new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8),
                proofs.fileForHolder(origin.position()).getBytes(StandardCharsets.UTF_8));
    }

    private ResponseEntity<byte[]> credential(CertificateStatement certificate) {
        CertificateHolder holder = certificate.holder();
        if (holder == null) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        byte[] file = credentials
                .of(certificate, holder)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(Slug.VIEW_BEHIND).retryAfter(SOON)));
        return file(PortableCredentials.FILE_NAME, MediaType.parseMediaType(PortableCredentials.MEDIA_TYPE), file);
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
        return FileAnswer.kept(type, name).body(content);
    }
}

package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.request.Acknowledged;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ExportReceipt;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files of certifications for the software of a head of school. */
@RestController
@Tag(name = "schoolreport")
class ExportResource {
    private final ClassReports reports;
    private final Exports exports;
    private final Dispatch dispatch;

    ExportResource(ClassReports reports, Exports exports, Dispatch dispatch) {
        this.reports = reports;
        this.exports = exports;
        this.dispatch = dispatch;
    }

    /**
     * @param division        class
     * @param schoolYear      absent for the current one
     * @param homonymsChecked whether pupils of the same names are right as they stand
     */
    record Wish(
            @Nullable String division,
            @Nullable String schoolYear,
            @Nullable Boolean homonymsChecked) {}

    /**
     * What was written down about a file.
     *
     * @param rows    pupils in it
     * @param skipped pupils left out, and why
     * @param sha256  of its bytes
     * @param by      pseudonym of who made it
     * @param changed false when the very same file was made before
     */
    record Receipt(
            UUID exportId,
            String profile,
            Uai uai,
            SchoolYear schoolYear,
            Division division,
            int rows,
            List<Left> skipped,
            long position,
            RulesVersion ruleVersion,
            String sha256,
            UUID by,
            Instant at,
            boolean changed) {}

    /** @param reason {@code ine-missing}, {@code homonym}, {@code no-certification} or {@code erased} */
    record Left(UUID learner, String reason) {}

    @GetMapping("/api/v1/schools/{uai}/divisions/{division}/certifications.csv")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "certificationsOfClass",
            summary = "The certifications of one class as a CSV file",
            description = "Roles: head of that establishment; another one's is absent. Separator semicolon, UTF-8 with"
                    + " byte order mark, profile csv-class-1. Pupils without INE are left out, and pupils of the same"
                    + " names unless homonymsChecked=true; POST exports writes a receipt. Problems: unauthenticated,"
                    + " forbidden, not-found, validation, view-behind.",
            responses = @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv")))
    ResponseEntity<byte[]> csv(
            @PathVariable Uai uai,
            @PathVariable Division division,
            @RequestParam(required = false) @Nullable SchoolYear schoolYear,
            @RequestParam(defaultValue = "false") boolean homonymsChecked,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn head,
            HttpServletResponse response) {
        Uai own = reports.own(head, uai);
        dispatch.await(SchoolReportQueries.VIEW, atLeast);
        ClassReport report = reports.shownTo(head, own, reports.year(schoolYear), division, Surface.EXPORT);
        CertificationFile file = exports.file(report, homonymsChecked);
        response.setHeader("Ledger-Position", Long.toString(report.position()));
        return file.csv().download(CertificationFile.name(own, division, reports.today()));
    }

    @PostMapping("/api/v1/schools/{uai}/exports")
    @Allowed(Role.HEAD)
    @Impersonal("a receipt: numbers and pseudonyms")
    @Operation(
            operationId = "produceExport",
            summary = "Make the file of a class and write a receipt",
            description = "Roles: head of that establishment; another one's is absent. 201 with a new receipt; 200 with"
                    + " the last one when the file would be the same, byte for byte. Problems: unauthenticated,"
                    + " forbidden, not-found, malformed-request, validation, view-behind, overloaded,"
                    + " idempotency-key-missing, idempotency-key-reused.")
    ResponseEntity<Receipt> make(
            @PathVariable Uai uai, @RequestBody Wish wish, CommandKey key, @Parameter(hidden = true) SignedIn head) {
        Uai own = reports.own(head, uai);
        Fields fields = new Fields();
        Division division = fields.parsed("/division", wish.division(), Division::new, new Division("-"));
        SchoolYear year = wish.schoolYear() == null
                ? reports.year(null)
                : fields.parsed("/schoolYear", wish.schoolYear(), SchoolYear::new, reports.year(null));
        fields.check();
        Exports.Made made = exports.make(head, own, year, division, Boolean.TRUE.equals(wish.homonymsChecked()), key);
        return Acknowledged.answer(
                made.changed() ? HttpStatus.CREATED : HttpStatus.OK,
                made.done(),
                receipt(made.receipt(), made.changed()));
    }

    @GetMapping("/api/v1/schools/{uai}/exports/{export}")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "exportReceipt",
            summary = "The receipt of a file",
            description = "Roles: head of that establishment; another one's is absent."
                    + " Problems: unauthenticated, forbidden, not-found.")
    Receipt receipt(@PathVariable Uai uai, @PathVariable UUID export, @Parameter(hidden = true) SignedIn head) {
        return receipt(exports.receipt(reports.own(head, uai), export), true);
    }

    private Receipt receipt(ExportReceipt receipt, boolean changed) {
        return new Receipt(
                receipt.exportId(),
                receipt.profile(),
                receipt.uai(),
                receipt.schoolYear(),
                receipt.division(),
                receipt.rows(),
                receipt.skipped().stream()
                        .map(one -> new Left(one.learner().value(), WireName.of(one.reason())))
                        .toList(),
                receipt.readTo(),
                receipt.rule(),
                receipt.sha256(),
                exports.by(receipt),
                receipt.at(),
                changed);
    }
}

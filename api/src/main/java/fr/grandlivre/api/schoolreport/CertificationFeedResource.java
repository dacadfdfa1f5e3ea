package fr.grandlivre.api.schoolreport;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.JsonApiErrors;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.school.SchoolCommand.ProduceExport;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.identity.PartnerQueries;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.schoolreport.MentionRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Gives the results of an establishment to partners' programs; every answer is written down before it leaves. */
@RestController
@Tag(name = "schoolreport")
class CertificationFeedResource {
    /** Form of these answers, as receipts name it. */
    static final String PROFILE = "lsu-lsl-1";

    private final SchoolReportQueries queries;
    private final PartnerQueries partners;
    private final ClassReports reports;
    private final Frameworks frameworks;
    private final Accesses accesses;
    private final Dispatch dispatch;
    private final JsonMapper json;

    CertificationFeedResource(
            SchoolReportQueries queries,
            PartnerQueries partners,
            ClassReports reports,
            Frameworks frameworks,
            Accesses accesses,
            Dispatch dispatch,
            JsonMapper json) {
        this.queries = queries;
        this.partners = partners;
        this.reports = reports;
        this.frameworks = frameworks;
        this.accesses = accesses;
        this.dispatch = dispatch;
        this.json = json;
    }

    @GetMapping("/api/organizations/{uai}/certifications")
    @Allowed(Role.PARTNER)
    @Operation(
            operationId = "certificationsOfOrganization",
            summary = "The certifications of an establishment in the current school year, for school-report software",
            description = "Token of POST /api/application/token. An establishment that is unknown, malformed or not the"
                    + " program's has no certifications. Errors are JSON:API.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(schema = @Schema(implementation = CertificationFeed.class))))
    ResponseEntity<?> certifications(
            @PathVariable String uai,
            @Parameter(hidden = true) Authentication caller,
            @Parameter(hidden = true) SignedIn as) {
        Optional<PartnerRegistered> partner = partners.registered(caller.getName());
        if (partner.isEmpty()) {
            return JsonApiErrors.answer(HttpStatus.FORBIDDEN);
        }
        Framework framework = frameworks.inForceOn(reports.today());
        Optional<Uai> asked = uai(uai).filter(one ->
                partner.get().uais().isEmpty() || partner.get().uais().contains(one));
        MentionRule rule = MentionRule.inForceOn(reports.today());
        SchoolYear year = reports.year(null);
        Optional<ClassReport> report = asked.flatMap(one -> queries.ofSchool(one, year, rule));
        CertificationFeed feed = CertificationFeed.of(report, framework);
        byte[] body = json.writeValueAsBytes(feed);
        report.ifPresent(read -> {
            accesses.record(
                    as, Role.PARTNER, Surface.SCHOOL_REPORT_FEED, FieldsClass.IDENTITY_AND_RESULTS, read.learners());
            record(read, feed, body, as);
        });
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .body(body);
    }

    private void record(ClassReport read, CertificationFeed feed, byte[] body, SignedIn as) {
        SchoolId school = queries.school(read.uai()).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        String sha256 = CertificationFile.sha256(body);
        CommandKey key = new CommandKey(CommandKey.draw(), HexFormat.of().parseHex(sha256));
        dispatch.send(
                new ProduceExport(
                        school,
                        read.uai(),
                        read.schoolYear(),
                        null,
                        PROFILE,
                        feed.data().attributes().certifications().size(),
                        List.of(),
                        read.position(),
                        read.rule().version(),
                        sha256,
                        key.commandId(),
                        true),
                key,
                as,
                Role.PARTNER);
    }

    private static Optional<Uai> uai(String text) {
        try {
            return Optional.of(new Uai(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

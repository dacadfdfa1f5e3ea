package fr.grandlivre.api.schoolreport;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Languages;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.Words;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The line of every pupil of a class, for the software of a head of school. */
@RestController
@Tag(name = "schoolreport")
class MentionResource {
    private final ClassReports reports;
    private final Accesses accesses;
    private final Dispatch dispatch;

    MentionResource(ClassReports reports, Accesses accesses, Dispatch dispatch) {
        this.reports = reports;
        this.accesses = accesses;
        this.dispatch = dispatch;
    }

    /**
     * The class.
     *
     * @param items by last name, first name, id
     * @param asOf  what the answer rests on
     */
    record Mentions(List<Item> items, AsOf asOf) {}

    /** @param position every event up to this ledger position is in the answer */
    record AsOf(long position) {}

    /**
     * One pupil.
     *
     * @param mention         {@code certification-obtained} or {@code none}
     * @param label           words of the mention; absent without one
     * @param certificateCode verification code; absent until published and validated
     * @param status          {@code pending}, {@code validated} or {@code rejected}; absent without a certification
     * @param ruleVersion     the rule that decided
     * @param positions       ledger positions of the certification
     * @param note            what the mention does not mean
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            UUID learner,
            String mention,
            @Nullable String label,
            @Nullable VerificationCode certificateCode,
            @Nullable String status,
            RulesVersion ruleVersion,
            List<Long> positions,
            String note) {}

    @GetMapping("/api/v1/schools/{uai}/mentions")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "mentions",
            summary = "School-report lines of one class of the caller's establishment",
            description = "Roles: head of that establishment; another one's is absent. schoolYear defaults to the"
                    + " current one, for example 2021-2022; atLeast waits until the view shows that position."
                    + " Problems: unauthenticated, forbidden, not-found, validation, view-behind.")
    ResponseEntity<Mentions> mentions(
            @PathVariable Uai uai,
            @RequestParam(required = false) @Nullable SchoolYear schoolYear,
            @RequestParam(required = false) @Nullable Division division,
            @RequestParam(defaultValue = "0") long atLeast,
            @Parameter(hidden = true) SignedIn head,
            @Parameter(hidden = true) Locale language) {
        Uai own = reports.own(head, uai);
        if (division == null) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/division", "missing"))));
        }
        dispatch.await(SchoolReportQueries.VIEW, atLeast);
        ClassReport report = reports.of(own, reports.year(schoolYear), division);
        accesses.record(head, Role.HEAD, Surface.SCHOOL_REPORT, FieldsClass.RESULTS, report.learners());
        return ResponseEntity.ok()
                .header("Ledger-Position", Long.toString(report.position()))
                .body(new Mentions(
                        report.lines().stream()
                                .map(line -> item(line, report.rule(), language))
                                .toList(),
                        new AsOf(report.position())));
    }

    private static Item item(Line line, MentionRule rule, Locale language) {
        return new Item(
                line.learner().value(),
                WireName.of(line.mention()),
                line.mention() == Mention.CERTIFICATION_OBTAINED ? words(rule.label(), language) : null,
                line.code(),
                line.status() == null ? null : WireName.of(line.status()),
                rule.version(),
                line.positions(),
                words(rule.note(), language));
    }

    /** @return the words in the reader's language */
    static String words(Words words, Locale language) {
        return Languages.of(language.getLanguage())
                        .filter(Locale.ENGLISH::equals)
                        .isPresent()
                ? words.en()
                : words.fr();
    }
}

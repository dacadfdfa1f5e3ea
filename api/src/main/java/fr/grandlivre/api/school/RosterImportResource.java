package fr.grandlivre.api.school;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.WireName;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.rules.school.RosterPlan;
import fr.grandlivre.rules.school.RosterPlan.Arrival;
import fr.grandlivre.rules.school.RosterPlan.Change;
import fr.grandlivre.rules.school.RosterPlan.Correction;
import fr.grandlivre.rules.school.RosterPlan.Departure;
import fr.grandlivre.rules.school.RosterPlan.Fault;
import fr.grandlivre.rules.school.RosterPlan.Finding;
import fr.grandlivre.rules.school.RosterPlan.Move;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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

/** Lists of pupils for the software of a head of school: compared first, applied when the head says so. */
@RestController
@Tag(name = "school")
class RosterImportResource {
    private final RosterImports imports;
    private final OwnSchool schools;

    RosterImportResource(RosterImports imports, OwnSchool schools) {
        this.imports = imports;
        this.schools = schools;
    }

    /**
     * An import as it is now.
     *
     * @param state     {@code ready}, {@code applying}, {@code applied} or {@code failed}
     * @param rows      lines of the list
     * @param unchanged lines that say what the roster says
     * @param enrolled  pupils who come
     * @param moved     pupils who change class
     * @param corrected pupils of whom the list knows better
     * @param left      pupils who are no longer there
     * @param errors    lines that cannot be accepted
     * @param warnings  lines that a person should look at
     * @param changes   what would happen, or happened
     * @param position  ledger position of its last event; absent before it is applied
     * @param done      events that the pages show already
     * @param total     events that applying it records
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportState(
            UUID id,
            String state,
            SchoolYear schoolYear,
            int rows,
            int unchanged,
            int enrolled,
            int moved,
            int corrected,
            int left,
            List<LineFinding> errors,
            List<LineFinding> warnings,
            List<PupilChange> changes,
            @Nullable Long position,
            long done,
            int total) {}

    /**
     * What is wrong with a line.
     *
     * @param line  its number in the file, the header being 1
     * @param code  {@code ine-malformed}, {@code ine-duplicate}, {@code birth-date-invalid}, {@code year-unknown},
     *              {@code division-empty}, {@code line-duplicate}, {@code name-invalid} or {@code homonym}
     * @param other the line that it is about besides; absent when none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineFinding(int line, String code, @Nullable Integer other) {}

    /**
     * What happens to a pupil.
     *
     * @param kind     {@code enrolled}, {@code moved}, {@code corrected} or {@code left}
     * @param line     of the file; absent for a departure
     * @param learner  absent for somebody new
     * @param division class afterwards; before, for a departure
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PupilChange(
            String kind, @Nullable Integer line, @Nullable UUID learner, Division division) {}

    /** @param excludeRefused whether lines that cannot be accepted are left out; without it one of them stops everything */
    record Application(@Nullable Boolean excludeRefused) {}

    @PostMapping("/api/v1/schools/{uai}/roster-imports")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "compareRoster",
            summary = "Compare a list of pupils with the roster, without changing anything",
            description = "Roles: head of that establishment; another one's is absent. Body: text/csv, comma or"
                + " semicolon, or the first sheet of application/vnd.oasis.opendocument.spreadsheet; at most 10,000"
                + " lines; columns Nom, Prénom, Date de naissance, Division, Niveau, and INE, Prénom 2, Prénom 3 when"
                + " known. scope=divisions (default): pupils of the classes in the file who are not in it have left;"
                + " scope=establishment: all others have. Changes nothing, so it takes no Idempotency-Key. Problems:"
                + " unauthenticated, forbidden, not-found, validation, payload-too-large, view-behind.")
    ResponseEntity<ImportState> compare(
            @PathVariable Uai uai,
            @RequestParam(required = false) @Nullable SchoolYear schoolYear,
            @RequestParam(defaultValue = "divisions") String scope,
            @RequestBody(required = false) byte @Nullable [] file,
            @Parameter(hidden = true) SignedIn head) {
        Uai own = schools.of(head, uai);
        Fields fields = new Fields();
        RosterPlan.Scope about = fields.parsed(
                "/scope",
                scope,
                name -> RosterPlan.Scope.valueOf(name.toUpperCase(Locale.ROOT)),
                RosterPlan.Scope.DIVISIONS);
        fields.check();
        RosterImport compared =
                imports.compare(head, own, schools.year(schoolYear), about, "", file == null ? new byte[0] : file);
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create("/api/v1/schools/" + own + "/roster-imports/" + compared.id()))
                .body(state(compared));
    }

    @GetMapping("/api/v1/schools/{uai}/roster-imports/{import}")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "rosterImport",
            summary = "A list of pupils as it is now",
            description = "Roles: head of that establishment; another one's is absent. A list is forgotten after an"
                    + " hour. Problems: unauthenticated, forbidden, not-found.")
    ImportState show(@PathVariable Uai uai, @PathVariable("import") UUID id, @Parameter(hidden = true) SignedIn head) {
        return state(imports.find(schools.of(head, uai), id));
    }

    @PostMapping("/api/v1/schools/{uai}/roster-imports/{import}/application")
    @Allowed(Role.HEAD)
    @Operation(
            operationId = "applyRoster",
            summary = "Make the roster what the list says, all of it or nothing",
            description =
                    "Roles: head of that establishment; another one's is absent. 200 when it is recorded, 202 when it"
                            + " takes longer than two seconds. A list that says what the roster says records nothing."
                            + " Problems: unauthenticated, forbidden, not-found, validation (roster.lines-refused),"
                            + " refused-by-rule (dry-run-outdated), overloaded, idempotency-key-missing.",
            responses = {
                @ApiResponse(responseCode = "200", description = "Recorded", useReturnTypeSchema = true),
                @ApiResponse(responseCode = "202", description = "Under way", useReturnTypeSchema = true)
            })
    ResponseEntity<ImportState> apply(
            @PathVariable Uai uai,
            @PathVariable("import") UUID id,
            @RequestBody Application wish,
            CommandKey key,
            @Parameter(hidden = true) SignedIn head) {
        RosterImport found = imports.find(schools.of(head, uai), id);
        if (!found.plan().errors().isEmpty() && !Boolean.TRUE.equals(wish.excludeRefused())) {
            throw new ProblemException(
                    Problem.invalid(List.of(new Violation("/excludeRefused", "roster.lines-refused"))));
        }
        RosterImport after = imports.apply(head, id, key);
        return ResponseEntity.status(after.state() == RosterImport.State.APPLYING ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(state(after));
    }

    private ImportState state(RosterImport one) {
        RosterPlan plan = one.plan();
        return new ImportState(
                one.id(),
                one.state().name().toLowerCase(Locale.ROOT),
                one.year(),
                plan.rows(),
                plan.unchanged(),
                plan.of(Arrival.class).size(),
                plan.of(Move.class).size(),
                plan.of(Correction.class).size(),
                plan.of(Departure.class).size(),
                findings(plan.errors()),
                findings(plan.warnings()),
                plan.changes().stream().map(RosterImportResource::change).toList(),
                one.position() == 0 ? null : one.position(),
                imports.shown(one),
                one.events());
    }

    private static List<LineFinding> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new LineFinding(
                        finding.line(), code(finding.fault()), finding.other() == 0 ? null : finding.other()))
                .toList();
    }

    /** @return name of a fault on the wire and in message bundles */
    static String code(Fault fault) {
        return WireName.of(fault);
    }

    private static PupilChange change(Change change) {
        return switch (change) {
            case Arrival(int line, var known, var _, var division, var _) ->
                new PupilChange(
                        "enrolled", line, known == null ? null : known.learner().value(), division);
            case Move(int line, var known, var to) ->
                new PupilChange("moved", line, known.learner().value(), to);
            case Correction(int line, var known, var _, var _) ->
                new PupilChange("corrected", line, known.learner().value(), known.division());
            case Departure(var known) ->
                new PupilChange("left", null, known.learner().value(), known.division());
        };
    }
}

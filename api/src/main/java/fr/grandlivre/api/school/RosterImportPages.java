package fr.grandlivre.api.school;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.rules.school.KnownPupil;
import fr.grandlivre.rules.school.RosterPlan;
import fr.grandlivre.rules.school.RosterPlan.Arrival;
import fr.grandlivre.rules.school.RosterPlan.Change;
import fr.grandlivre.rules.school.RosterPlan.Correction;
import fr.grandlivre.rules.school.RosterPlan.Departure;
import fr.grandlivre.rules.school.RosterPlan.Finding;
import fr.grandlivre.rules.school.RosterPlan.Move;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Where a head of school brings in a list of pupils: what it would change is shown before anything is. */
@Controller
@Allowed(Role.HEAD)
class RosterImportPages {
    /** What a person reads through; the file itself holds the rest. */
    private static final int MOST_SHOWN = 200;

    private static final String FORM = "school/import";
    private static final String PLAN = "school/import-plan";

    private final RosterImports imports;
    private final OwnSchool schools;
    private final Accesses accesses;

    RosterImportPages(RosterImports imports, OwnSchool schools, Accesses accesses) {
        this.imports = imports;
        this.schools = schools;
        this.accesses = accesses;
    }

    /**
     * A line that something is wrong with.
     *
     * @param code  names its sentence
     * @param other the line that it is about besides; 0 when none
     */
    record FoundLine(int line, String code, int other) {}

    /**
     * One pupil whom something happens to.
     *
     * @param line   of the file; 0 when it is not in it
     * @param name   last name, first name
     * @param before class before; empty when there was none
     * @param after  class afterwards; empty when there is none
     */
    record ChangeRow(int line, String name, String before, String after) {}

    /**
     * The pupils to whom the same happens.
     *
     * @param kind  {@code enrolled}, {@code moved}, {@code corrected} or {@code left}
     * @param count how many there are
     * @param rows  the first of them
     */
    record ChangeGroup(String kind, int count, List<ChangeRow> rows) {}

    @GetMapping("/etablissement/import")
    String form(SignedIn head, Model page) {
        form(head, null, List.of(), page);
        return FORM;
    }

    @PostMapping("/etablissement/import")
    String compare(
            @RequestParam(name = "fichier", required = false) @Nullable MultipartFile file,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear year,
            @RequestParam(name = "portee", defaultValue = "divisions") String scope,
            SignedIn head,
            HttpServletResponse response,
            Model page)
            throws IOException {
        try {
            RosterImport compared = imports.compare(
                    head,
                    schools.of(head),
                    schools.year(year),
                    scope.equals("etablissement") ? RosterPlan.Scope.ESTABLISHMENT : RosterPlan.Scope.DIVISIONS,
                    "/fichier",
                    file == null ? new byte[0] : file.getBytes());
            return "redirect:/etablissement/import/" + compared.id();
        } catch (ProblemException refused) {
            if (refused.problem().violations().isEmpty()) {
                throw refused;
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form(head, year, refused.problem().violations(), page);
            return FORM;
        }
    }

    @GetMapping("/etablissement/import/{import}")
    String show(@PathVariable("import") UUID id, SignedIn head, HttpServletResponse response, Model page) {
        Optional<RosterImport> kept = imports.kept(schools.of(head), id);
        if (kept.isEmpty()) {
            return gone(head, response, page);
        }
        show(kept.get(), List.of(), head, page);
        return PLAN;
    }

    @PostMapping("/etablissement/import/{import}/application")
    String apply(
            @PathVariable("import") UUID id,
            CommandKey key,
            @RequestParam(name = "sans-refus", defaultValue = "false") boolean withoutRefused,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        Optional<RosterImport> kept = imports.kept(schools.of(head), id);
        if (kept.isEmpty()) {
            return gone(head, response, page);
        }
        RosterImport found = kept.get();
        if (!found.plan().errors().isEmpty() && !withoutRefused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(found, List.of(new Violation("/sans-refus", "roster.lines-refused")), head, page);
            return PLAN;
        }
        try {
            imports.apply(head, id, key);
        } catch (ProblemException refused) {
            if (refused.problem().rule().isEmpty()) {
                throw refused;
            }
        }
        return "redirect:/etablissement/import/" + id;
    }

    /** A comparison is forgotten after an hour or a restart; another establishment's looks the same. */
    private String gone(SignedIn head, HttpServletResponse response, Model page) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        form(head, null, List.of(), page);
        page.addAttribute("gone", true);
        return FORM;
    }

    private void form(SignedIn head, @Nullable SchoolYear year, List<Violation> violations, Model page) {
        Uai own = schools.of(head);
        SchoolYear now = schools.year(null);
        page.addAttribute("gone", false);
        page.addAttribute("schoolName", schools.name(own));
        page.addAttribute(
                "years",
                List.of(now.value(), SchoolYear.of(now.lastDay().plusDays(1)).value()));
        page.addAttribute("year", schools.year(year).value());
        page.addAttribute("violations", violations);
    }

    private void show(RosterImport one, List<Violation> violations, SignedIn head, Model page) {
        RosterPlan plan = one.plan();
        accesses.record(
                head,
                Role.HEAD,
                Surface.ROSTER,
                FieldsClass.IDENTITY,
                plan.changes().stream()
                        .flatMap(change -> known(change).stream())
                        .map(KnownPupil::learner)
                        .toList());
        long shown = imports.shown(one);
        page.addAttribute("violations", violations);
        page.addAttribute("id", one.id());
        page.addAttribute("year", one.year().value());
        page.addAttribute("whole", one.scope() == RosterPlan.Scope.ESTABLISHMENT);
        page.addAttribute("state", one.state().name().toLowerCase(Locale.ROOT));
        page.addAttribute("rule", one.problem().flatMap(Problem::rule).orElse(""));
        page.addAttribute("rows", plan.rows());
        page.addAttribute("unchanged", plan.unchanged());
        page.addAttribute("refused", one.command().refused());
        page.addAttribute("errors", found(plan.errors()));
        page.addAttribute("warnings", found(plan.warnings()));
        page.addAttribute("mostShown", MOST_SHOWN);
        page.addAttribute("groups", groups(plan));
        page.addAttribute("total", one.events());
        page.addAttribute("done", shown);
        page.addAttribute(
                "underWay",
                one.state() == RosterImport.State.APPLYING
                        || one.state() == RosterImport.State.APPLIED && shown < one.events());
        page.addAttribute("position", one.position());
    }

    private static Optional<KnownPupil> known(Change change) {
        return switch (change) {
            case Arrival arrival -> Optional.ofNullable(arrival.known());
            case Move move -> Optional.of(move.known());
            case Correction correction -> Optional.of(correction.known());
            case Departure departure -> Optional.of(departure.known());
        };
    }

    private static List<FoundLine> found(List<Finding> findings) {
        return findings.stream()
                .limit(MOST_SHOWN)
                .map(finding ->
                        new FoundLine(finding.line(), RosterImportResource.code(finding.fault()), finding.other()))
                .toList();
    }

    private static List<ChangeGroup> groups(RosterPlan plan) {
        return Stream.of(
                        group("enrolled", plan.of(Arrival.class), RosterImportPages::row),
                        group("moved", plan.of(Move.class), RosterImportPages::row),
                        group("corrected", plan.of(Correction.class), RosterImportPages::row),
                        group("left", plan.of(Departure.class), RosterImportPages::row))
                .filter(group -> group.count() > 0)
                .toList();
    }

    private static <T extends Change> ChangeGroup group(String kind, List<T> changes, Function<Change, ChangeRow> row) {
        return new ChangeGroup(
                kind,
                changes.size(),
                changes.stream().limit(MOST_SHOWN).map(row).toList());
    }

    private static ChangeRow row(Change change) {
        return switch (change) {
            case Arrival(int line, var known, var pupil, var division, var _) ->
                new ChangeRow(
                        line, name(pupil), known == null ? "" : known.division().value(), division.value());
            case Move(int line, var known, var to) ->
                new ChangeRow(line, name(known.pupil()), known.division().value(), to.value());
            case Correction(int line, var known, var pupil, var _) ->
                new ChangeRow(
                        line,
                        name(pupil),
                        known.division().value(),
                        known.division().value());
            case Departure(var known) ->
                new ChangeRow(0, name(known.pupil()), known.division().value(), "");
        };
    }

    /** @return last name, first name; empty when erased */
    static String name(@Nullable PupilIdentity pupil) {
        return pupil == null ? "" : pupil.lastName() + " " + pupil.firstName();
    }
}

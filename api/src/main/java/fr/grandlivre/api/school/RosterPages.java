package fr.grandlivre.api.school;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Refusals;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Done;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.school.SchoolCommand.CorrectPupil;
import fr.grandlivre.command.school.SchoolCommand.EndEnrolment;
import fr.grandlivre.command.school.SchoolCommand.MovePupil;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.school.KnownPupil;
import fr.grandlivre.rules.school.PupilRules;
import fr.grandlivre.rules.verification.PersonName;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pupils of a head's establishment, class by class, and what may be put right about each. */
@Controller
@Allowed(Role.HEAD)
class RosterPages {
    private static final String PUPIL = "school/pupil";

    private final SchoolReportQueries queries;
    private final OwnSchool schools;
    private final Accesses accesses;
    private final Dispatch dispatch;

    RosterPages(SchoolReportQueries queries, OwnSchool schools, Accesses accesses, Dispatch dispatch) {
        this.queries = queries;
        this.schools = schools;
        this.accesses = accesses;
        this.dispatch = dispatch;
    }

    /**
     * One pupil of the list.
     *
     * @param name      last name, first name; empty when erased
     * @param birthDate absent when erased
     * @param ine       absent when the school does not know it
     * @param homonym   whether somebody else of the list has the same names
     */
    record PupilRow(
            UUID learner,
            String name,
            @Nullable LocalDate birthDate,
            @Nullable String ine,
            String division,
            String year,
            boolean homonym) {}

    /** What is typed about a pupil; empty texts for what is not there. */
    record Typed(
            String lastName,
            String firstName,
            String middleName,
            String thirdName,
            String birthDate,
            String ine,
            String year) {}

    @GetMapping("/etablissement/eleves")
    String pupils(
            @RequestParam(name = "division", defaultValue = "") String wantedDivision,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "nom", defaultValue = "") String name,
            @RequestParam(name = "manque", defaultValue = "") String missing,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        Uai own = schools.of(head);
        SchoolYear year = schools.year(asked);
        Division division = wanted(wantedDivision);
        page.addAttribute("behind", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        List<KnownPupil> roster = queries.school(own)
                .map(school -> queries.roster(school, year, division))
                .orElse(List.of());
        Map<String, Integer> names = new HashMap<>();
        roster.stream()
                .flatMap(one -> Stream.ofNullable(one.pupil()))
                .forEach(pupil -> names.merge(key(pupil), 1, Integer::sum));
        String wanted = PersonName.key(name);
        boolean withoutIne = missing.equals("ine");
        List<PupilRow> rows = roster.stream()
                .filter(one -> matches(one.pupil(), wanted, withoutIne))
                .map(one -> row(one, names))
                .toList();
        accesses.record(
                head,
                Role.HEAD,
                Surface.ROSTER,
                FieldsClass.IDENTITY,
                rows.stream().map(row -> new LearnerId(row.learner())).toList());
        page.addAttribute("schoolName", schools.name(own));
        page.addAttribute("year", year.value());
        page.addAttribute("years", schools.years());
        page.addAttribute("divisions", queries.divisions(own, year));
        page.addAttribute("division", division == null ? "" : division.value());
        page.addAttribute("name", name);
        page.addAttribute("withoutIne", withoutIne);
        page.addAttribute("rows", rows);
        return "school/pupils";
    }

    /** @return the class to show; null, as the form says with an empty field, for all */
    private static @Nullable Division wanted(String division) {
        if (division.isEmpty()) {
            return null;
        }
        Fields fields = new Fields();
        Division wanted = fields.parsed("/division", division, Division::new, new Division("-"));
        fields.check();
        return wanted;
    }

    @GetMapping("/etablissement/eleves/{inscrit}")
    String pupil(
            @PathVariable("inscrit") UUID learner,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn head,
            Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        SchoolYear year = schools.year(asked);
        KnownPupil found = find(head, year, learner);
        show(found, year, typed(found), found.division().value(), List.of(), page);
        return PUPIL;
    }

    @PostMapping("/etablissement/eleves/{inscrit}")
    String correct(
            @PathVariable("inscrit") UUID learner,
            CommandKey key,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "nom", defaultValue = "") String lastName,
            @RequestParam(name = "prenom", defaultValue = "") String firstName,
            @RequestParam(name = "prenom2", defaultValue = "") String middleName,
            @RequestParam(name = "prenom3", defaultValue = "") String thirdName,
            @RequestParam(name = "naissance", defaultValue = "") String birthDate,
            @RequestParam(name = "ine", defaultValue = "") String ine,
            @RequestParam(name = "niveau", defaultValue = "") String level,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SchoolYear year = schools.year(asked);
        KnownPupil found = find(head, year, learner);
        Typed typed = new Typed(lastName, firstName, middleName, thirdName, birthDate, ine, level);
        Fields fields = new Fields();
        PupilIdentity pupil = new PupilIdentity(
                fields.name("/prenom", firstName),
                optional(fields, "/prenom2", middleName),
                optional(fields, "/prenom3", thirdName),
                fields.name("/nom", lastName),
                fields.birthDate("/naissance", birthDate, schools.today()),
                PupilRules.ine(ine));
        List<Violation> violations = new ArrayList<>(fields.violations());
        if (violations.isEmpty()) {
            CorrectPupil command = new CorrectPupil(schools.id(schools.of(head)), year, found.learner(), level, pupil);
            switch (dispatch.outcome(command, key, head, Role.HEAD)) {
                case Outcome.Refused(var code, var facts)
                when code == Refusal.ERASED_ACCOUNT -> throw new ProblemException(Refusals.problem(code, facts));
                case Outcome.Refused(var code, var _) -> violations.add(violation(code));
                case Outcome outcome -> {
                    return back(learner, year, dispatch.done(command, outcome));
                }
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        page.addAttribute("behind", false);
        show(found, year, typed, found.division().value(), violations, page);
        return PUPIL;
    }

    @PostMapping("/etablissement/eleves/{inscrit}/classe")
    String move(
            @PathVariable("inscrit") UUID learner,
            CommandKey key,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            @RequestParam(name = "classe", defaultValue = "") String division,
            SignedIn head,
            HttpServletResponse response,
            Model page) {
        SchoolYear year = schools.year(asked);
        KnownPupil found = find(head, year, learner);
        Fields fields = new Fields();
        Division to = fields.parsed("/classe", division.strip(), Division::new, found.division());
        if (!fields.violations().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            page.addAttribute("behind", false);
            show(found, year, typed(found), division, fields.violations(), page);
            return PUPIL;
        }
        MovePupil command = new MovePupil(schools.id(schools.of(head)), year, found.learner(), to);
        return back(learner, year, dispatch.send(command, key, head, Role.HEAD));
    }

    @PostMapping("/etablissement/eleves/{inscrit}/depart")
    String leave(
            @PathVariable("inscrit") UUID learner,
            CommandKey key,
            @RequestParam(name = "annee", required = false) @Nullable SchoolYear asked,
            SignedIn head) {
        SchoolYear year = schools.year(asked);
        KnownPupil found = find(head, year, learner);
        EndEnrolment command = new EndEnrolment(
                schools.id(schools.of(head)), year, found.learner(), schools.today(), LeavingReason.LEFT);
        Done done = dispatch.send(command, key, head, Role.HEAD);
        return "redirect:/etablissement/eleves?annee=" + year + "&atLeast=" + done.position();
    }

    private KnownPupil find(SignedIn head, SchoolYear year, UUID learner) {
        KnownPupil found = queries.onRoster(schools.id(schools.of(head)), year, new LearnerId(learner))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        accesses.record(head, Role.HEAD, Surface.ROSTER, FieldsClass.IDENTITY, List.of(found.learner()));
        return found;
    }

    private void show(
            KnownPupil found, SchoolYear year, Typed typed, String division, List<Violation> violations, Model page) {
        page.addAttribute("learner", found.learner().value());
        page.addAttribute("title", RosterImportPages.name(found.pupil()));
        page.addAttribute("year", year.value());
        page.addAttribute("typed", typed);
        page.addAttribute("division", division);
        page.addAttribute("place", found.division().value());
        page.addAttribute("current", year.equals(schools.year(null)));
        page.addAttribute("levels", PupilRules.YEARS);
        page.addAttribute("violations", violations);
    }

    private static Typed typed(KnownPupil found) {
        PupilIdentity pupil = found.pupil();
        return pupil == null
                ? new Typed("", "", "", "", "", "", found.year())
                : new Typed(
                        pupil.lastName(),
                        pupil.firstName(),
                        Objects.requireNonNullElse(pupil.middleName(), ""),
                        Objects.requireNonNullElse(pupil.thirdName(), ""),
                        pupil.birthDate().toString(),
                        Objects.requireNonNullElse(pupil.ine(), ""),
                        found.year());
    }

    private static @Nullable String optional(Fields fields, String pointer, String typed) {
        return typed.isBlank() ? null : fields.name(pointer, typed);
    }

    private static Violation violation(Refusal refusal) {
        return switch (refusal) {
            case INE_MALFORMED -> new Violation("/ine", "roster.ine-malformed");
            case INE_DUPLICATE -> new Violation("/ine", "roster.ine-duplicate");
            case YEAR_UNKNOWN -> new Violation("/niveau", "roster.year-unknown");
            default -> throw new ProblemException(Refusals.problem(refusal, Map.of()));
        };
    }

    private static String back(UUID learner, SchoolYear year, Done done) {
        return "redirect:/etablissement/eleves/" + learner + "?annee=" + year + "&atLeast=" + done.position();
    }

    private static boolean matches(@Nullable PupilIdentity pupil, String wanted, boolean withoutIne) {
        if (pupil == null) {
            return wanted.isEmpty() && !withoutIne;
        }
        String lastFirst = PersonName.key(pupil.lastName() + pupil.firstName());
        String firstLast = PersonName.key(pupil.firstName() + pupil.lastName());
        return (lastFirst.contains(wanted) || firstLast.contains(wanted)) && (!withoutIne || pupil.ine() == null);
    }

    private static PupilRow row(KnownPupil one, Map<String, Integer> names) {
        PupilIdentity pupil = one.pupil();
        return new PupilRow(
                one.learner().value(),
                RosterImportPages.name(pupil),
                pupil == null ? null : pupil.birthDate(),
                pupil == null ? null : pupil.ine(),
                one.division().value(),
                one.year(),
                pupil != null && names.getOrDefault(key(pupil), 0) > 1);
    }

    private static String key(PupilIdentity pupil) {
        return PupilRules.nameKey(pupil.firstName(), pupil.lastName());
    }
}

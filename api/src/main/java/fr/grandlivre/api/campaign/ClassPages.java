package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.api.campaign.HeatMap.Column;
import fr.grandlivre.api.campaign.HeatMap.Wish;
import fr.grandlivre.api.evaluation.TutorialText;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CsvFile;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.request.OpenDocumentFile;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.campaign.SharedLevel;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.CampaignTerms.Phase;
import fr.grandlivre.rules.campaign.Need;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Domain;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tutorial;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What a class needs, for its teachers: priorities, heat map, one pupil, and the same as a file. */
@Controller
@Allowed({Role.TEACHER, Role.HEAD})
class ClassPages {
    private static final List<String> VIEWS = List.of("couleurs", "nombres", "anonyme");

    private final Classes classes;
    private final Campaigns terms;
    private final CampaignQueries campaigns;
    private final Frameworks frameworks;
    private final Moments moments;
    private final Dispatch dispatch;
    private final MessageSource messages;

    ClassPages(
            Classes classes,
            Campaigns terms,
            CampaignQueries campaigns,
            Frameworks frameworks,
            Moments moments,
            Dispatch dispatch,
            MessageSource messages) {
        this.classes = classes;
        this.terms = terms;
        this.campaigns = campaigns;
        this.frameworks = frameworks;
        this.moments = moments;
        this.dispatch = dispatch;
        this.messages = messages;
    }

    /** A class in the list. */
    record ClassRow(String name, int pupils) {}

    /**
     * A need in words.
     *
     * @param under    pupils under the level of the rules in the competence
     * @param level    that level
     * @param failed   pupils who lack a skill that was asked
     * @param assessed pupils who were asked
     * @param names    of those who failed, absent names left out; empty in anonymous mode
     * @param tutorial the lesson on it
     * @param campaign address of the form of a campaign on it
     */
    record Priority(
            String competence,
            String competenceName,
            String tube,
            int under,
            int level,
            int failed,
            int assessed,
            List<String> names,
            TutorialRow tutorial,
            String campaign) {}

    /** @param id of the tutorial; {@code minutes} to read it */
    record TutorialRow(String id, String title, int minutes, String format) {}

    @GetMapping("/classes")
    String list(SignedIn teacher, Model page) {
        page.addAttribute(
                "classes",
                classes.divisions(teacher).entrySet().stream()
                        .map(entry -> new ClassRow(entry.getKey().value(), entry.getValue()))
                        .toList());
        page.addAttribute("year", classes.year().value());
        return "campaign/classes";
    }

    @GetMapping("/classes/{classe}")
    String needs(
            @PathVariable("classe") Division division,
            @RequestParam(required = false) @Nullable String au,
            @RequestParam(required = false) @Nullable String depuis,
            @RequestParam(required = false) @Nullable String domaine,
            @RequestParam(required = false) @Nullable String tri,
            @RequestParam(required = false) @Nullable String sens,
            @RequestParam(required = false) @Nullable String vue,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn teacher,
            Locale language,
            Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(CampaignQueries.VIEW, atLeast));
        Wish wish = Wish.of(au, depuis, domaine, tri, sens, vue);
        ClassGrid grid = classes.shown(grid(teacher, division, wish), teacher);
        Framework framework = frameworks.inForce(grid.moment().at());
        String here = UriComponentsBuilder.fromPath("/classes/{classe}")
                .buildAndExpand(division.value())
                .encode()
                .toUriString();
        HeatMap map = new HeatMap(grid, wish, here, language, messages);
        page.addAttribute("grid", grid);
        page.addAttribute("division", division.value());
        page.addAttribute("here", here);
        page.addAttribute("wish", wish);
        page.addAttribute("views", VIEWS);
        page.addAttribute("domains", domains(framework, language));
        page.addAttribute("columns", map.columns());
        page.addAttribute("rows", map.rows());
        page.addAttribute("median", map.median());
        page.addAttribute("priorities", priorities(grid, framework, teacher, wish, language));
        page.addAttribute("today", ParisDays.of(moments.now().at()).toString());
        page.addAttribute("shared", grid.shared());
        page.addAttribute("handOuts", teacher.is(Role.HEAD) ? handOuts(teacher, division) : List.of());
        return "campaign/class";
    }

    /** @return the campaigns for which sheets can be printed for the class, latest first */
    private List<CampaignTerms> handOuts(SignedIn head, Division division) {
        List<String> years = classes.years(head, division);
        return campaigns.ofSchool(terms.school(head)).stream()
                .filter(campaign -> campaign.phase(terms.now()) != Phase.CLOSED)
                .filter(campaign -> campaign.audience().stream().anyMatch(years::contains))
                .toList();
    }

    private ClassGrid grid(SignedIn teacher, Division division, Wish wish) {
        Moment moment = moments.read(wish.au(), null);
        Moment since = wish.depuis().isEmpty() ? null : moments.read(wish.depuis(), null);
        return classes.grid(teacher, division, moment, since);
    }

    private static List<Column> domains(Framework framework, Locale language) {
        return framework.domains().stream()
                .sorted(Comparator.comparing(Domain::code))
                .map(domain -> new Column(domain.code(), domain.title().in(language), "", null))
                .toList();
    }

    private List<Priority> priorities(
            ClassGrid grid, Framework framework, SignedIn teacher, Wish wish, Locale language) {
        if (grid.priorities().isEmpty()) {
            return List.of();
        }
        List<String> years = classes.years(teacher, grid.division());
        return grid.priorities().stream()
                .map(need -> priority(need, grid, framework, years, wish, language))
                .toList();
    }

    /** @param years levels of schooling that a campaign for the class is for */
    private static Priority priority(
            Need need, ClassGrid grid, Framework framework, List<String> years, Wish wish, Locale language) {
        Competence competence = framework.competence(need.competence()).orElseThrow();
        Tutorial tutorial = framework.tutorial(need.tube()).orElseThrow();
        List<String> names = wish.anonymous()
                ? List.of()
                : need.failed().stream()
                        .flatMap(learner -> grid.of(learner).flatMap(Row::name).stream())
                        .sorted(Collator.getInstance(language)::compare)
                        .toList();
        UriComponentsBuilder form = UriComponentsBuilder.fromPath("/campagnes/nouvelle")
                .queryParam("sujet", need.tube().value());
        years.forEach(year -> form.queryParam("annees", year));
        return new Priority(
                need.competence().value(),
                competence.title().in(language),
                framework.tube(need.tube()).orElseThrow().title().in(language),
                need.underLevel().size(),
                CampaignRules.shipped().levelOfNeed().value(),
                need.failed().size(),
                need.assessed(),
                names,
                row(tutorial, language),
                form.encode().toUriString());
    }

    /** A lesson to hand out: on the board, or printed. */
    @GetMapping("/tutoriels/{tutorial}")
    String tutorial(@PathVariable("tutorial") TubeId id, Locale language, Model page) {
        Tutorial tutorial = frameworks
                .inForce(moments.now().at())
                .tutorial(id)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        page.addAttribute("tutorial", row(tutorial, language));
        page.addAttribute("competence", tutorial.competence().value());
        page.addAttribute("body", TutorialText.html(tutorial.body().in(language)));
        return "campaign/tutorial";
    }

    private static TutorialRow row(Tutorial tutorial, Locale language) {
        return new TutorialRow(
                tutorial.id().value(),
                tutorial.title().in(language),
                tutorial.minutes(),
                tutorial.format().name().toLowerCase(Locale.ROOT));
    }

    /** The whole grid, in the order of the roster: what the page shows without a filter. */
    @GetMapping("/classes/{classe}/resultats.csv")
    ResponseEntity<byte[]> text(
            @PathVariable("classe") Division division,
            @RequestParam(required = false) @Nullable String au,
            SignedIn teacher,
            Locale language) {
        ClassGrid grid = whole(division, au, teacher);
        return CsvFile.of(table(grid, language)).download(fileName(grid, teacher) + ".csv");
    }

    /** The same for people whose spreadsheet asks too much about texts. */
    @GetMapping("/classes/{classe}/resultats.ods")
    ResponseEntity<byte[]> sheet(
            @PathVariable("classe") Division division,
            @RequestParam(required = false) @Nullable String au,
            SignedIn teacher,
            Locale language) {
        ClassGrid grid = whole(division, au, teacher);
        return OpenDocumentFile.of(division.value(), table(grid, language)).download(fileName(grid, teacher) + ".ods");
    }

    private ClassGrid whole(Division division, @Nullable String au, SignedIn teacher) {
        return classes.shown(grid(teacher, division, Wish.asOf(au)), teacher);
    }

    private List<List<Object>> table(ClassGrid grid, Locale language) {
        return ClassFile.of(grid, key -> messages.getMessage(key, null, language));
    }

    private static String fileName(ClassGrid grid, SignedIn teacher) {
        return "resultats_" + teacher.school().orElseThrow() + "_" + grid.division() + "_"
                + ParisDays.of(grid.moment().at());
    }

    /**
     * A competence on a pupil's page.
     *
     * @param level   as shared; absent when not measured
     * @param shared  the sharing it comes from; absent when not measured
     * @param title   of the campaign
     * @param before  level of the sharing before that; absent when there is none
     */
    record CompetenceRow(
            String code,
            String name,
            @Nullable Integer level,
            @Nullable SharedLevel shared,
            @Nullable String title,
            @Nullable Integer before) {}

    @GetMapping("/classes/{classe}/eleves/{eleve}")
    String pupil(
            @PathVariable("classe") Division division,
            @PathVariable("eleve") UUID pupil,
            @RequestParam(required = false) @Nullable String au,
            SignedIn teacher,
            Locale language,
            Model page) {
        ClassGrid grid = grid(teacher, division, Wish.asOf(au));
        LearnerId learner = new LearnerId(pupil);
        Row row = classes.shown(grid.of(learner).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)), teacher);
        List<SharedLevel> sharings = classes.sharings(teacher, grid, learner);
        page.addAttribute("division", division.value());
        page.addAttribute("name", row.name().orElse(null));
        page.addAttribute("row", row);
        page.addAttribute("au", Wish.asOf(au).au());
        page.addAttribute("moment", grid.moment());
        page.addAttribute("today", ParisDays.of(moments.now().at()).toString());
        page.addAttribute(
                "nearest",
                row.nearest().stream().map(code -> name(grid, code, language)).toList());
        page.addAttribute(
                "rows",
                grid.competences().stream()
                        .map(competence -> row(competence, sharings, language))
                        .toList());
        return "campaign/pupil";
    }

    private static String name(ClassGrid grid, CompetenceCode code, Locale language) {
        return grid.competences().stream()
                .filter(competence -> competence.code().equals(code))
                .map(competence -> code + " " + competence.title().in(language))
                .findFirst()
                .orElse(code.value());
    }

    private CompetenceRow row(Competence competence, List<SharedLevel> sharings, Locale language) {
        List<SharedLevel> own = sharings.stream()
                .filter(shared -> shared.competence().equals(competence.code()))
                .toList();
        if (own.isEmpty()) {
            return new CompetenceRow(
                    competence.code().value(), competence.title().in(language), null, null, null, null);
        }
        SharedLevel latest = own.getFirst();
        return new CompetenceRow(
                competence.code().value(),
                competence.title().in(language),
                latest.level().value(),
                latest,
                campaigns.terms(latest.campaign()).map(CampaignTerms::title).orElse(""),
                own.size() < 2
                        ? null
                        : Objects.requireNonNull(own.get(1)).level().value());
    }
}

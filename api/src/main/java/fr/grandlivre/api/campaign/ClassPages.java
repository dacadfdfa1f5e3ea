package fr.grandlivre.api.campaign;

import fr.grandlivre.api.campaign.ClassGrid.Cell;
import fr.grandlivre.api.campaign.ClassGrid.Row;
import fr.grandlivre.api.evaluation.TutorialText;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
    private static final String BY_PUPIL = "eleve";
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

    /**
     * How the heat map is shown, as the address says.
     *
     * @param au      end of that day; empty for now
     * @param depuis  compared with the end of that day; empty to compare nothing
     * @param domaine code of a domain; empty for all
     * @param tri     {@code eleve} or the code of a competence
     * @param sens    {@code asc} or {@code desc}
     * @param vue     {@code couleurs}, {@code nombres} or {@code anonyme}
     */
    record Wish(String au, String depuis, String domaine, String tri, String sens, String vue) {
        static Wish of(
                @Nullable String au,
                @Nullable String depuis,
                @Nullable String domaine,
                @Nullable String tri,
                @Nullable String sens,
                @Nullable String vue) {
            return new Wish(
                    plain(au),
                    plain(depuis),
                    Optional.ofNullable(domaine)
                            .filter(code -> code.matches("[1-5]"))
                            .orElse(""),
                    Optional.ofNullable(tri)
                            .filter(code -> code.matches("[1-5]\\.[1-4]"))
                            .orElse(BY_PUPIL),
                    "desc".equals(sens) ? "desc" : "asc",
                    Stream.of("nombres", "anonyme")
                            .filter(known -> known.equals(vue))
                            .findFirst()
                            .orElse("couleurs"));
        }

        private static String plain(@Nullable String text) {
            return text == null ? "" : text.strip();
        }

        public boolean anonymous() {
            return vue.equals("anonyme");
        }

        /** @return the address of the same page with another value for one wish */
        public String with(String page, String name, String value) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("au", au);
            values.put("depuis", depuis);
            values.put("domaine", domaine);
            values.put("tri", tri.equals(BY_PUPIL) ? "" : tri);
            values.put("sens", sens.equals("asc") ? "" : sens);
            values.put("vue", vue.equals("couleurs") ? "" : vue);
            values.put(name, value);
            UriComponentsBuilder address = UriComponentsBuilder.fromPath(page);
            values.forEach((key, text) -> {
                if (!text.isEmpty()) {
                    address.queryParam(key, text);
                }
            });
            return address.encode().toUriString();
        }

        /** @return the address that sorts by a column; pressed again, the other way round */
        public String sorted(String page, String column) {
            boolean turned = tri.equals(column) && sens.equals("asc");
            Wish by = new Wish(au, depuis, domaine, column, turned ? "desc" : "asc", vue);
            return by.with(page, "tri", column.equals(BY_PUPIL) ? "" : column);
        }

        /** @return value of {@code aria-sort} for a column; null when it is not the sorted one */
        public @Nullable String ariaSort(String column) {
            return !tri.equals(column) ? null : sens.equals("asc") ? "ascending" : "descending";
        }
    }

    /** A class in the list. */
    record ClassRow(String name, int pupils) {}

    /**
     * A column of the heat map.
     *
     * @param sort  address that sorts by it
     * @param order value of {@code aria-sort}; absent when not sorted by it
     */
    record Column(
            String code, String name, String sort, @Nullable String order) {}

    /**
     * A row of the heat map.
     *
     * @param id      of the pupil; absent in anonymous mode
     * @param name    absent when erased and in anonymous mode
     * @param number  of the row, from 1
     * @param nearest names of the competences to reach first
     */
    record PupilRow(
            @Nullable UUID id,
            @Nullable String name,
            int number,
            List<Cell> cells,
            boolean certifiable,
            int reached,
            int needed,
            String nearest) {}

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
        List<Integer> shown = columns(grid, wish);
        page.addAttribute("grid", grid);
        page.addAttribute("division", division.value());
        page.addAttribute("here", here);
        page.addAttribute("wish", wish);
        page.addAttribute("views", VIEWS);
        page.addAttribute("domains", domains(framework, language));
        page.addAttribute("columns", columns(grid, shown, wish, here, language));
        page.addAttribute("rows", rows(grid, shown, wish, language));
        page.addAttribute(
                "median",
                shown.stream()
                        .map(grid.median()::get)
                        .map(level -> level.orElse(null))
                        .toList());
        page.addAttribute(
                "priorities",
                grid.priorities().stream()
                        .map(need -> priority(need, grid, framework, teacher, wish, language))
                        .toList());
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

    private static List<Integer> columns(ClassGrid grid, Wish wish) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < grid.competences().size(); column++) {
            if (grid.competences().get(column).code().value().startsWith(wish.domaine())) {
                shown.add(column);
            }
        }
        return shown;
    }

    private static List<Column> columns(ClassGrid grid, List<Integer> shown, Wish wish, String here, Locale language) {
        return shown.stream()
                .map(grid.competences()::get)
                .map(competence -> new Column(
                        competence.code().value(),
                        competence.title().in(language),
                        wish.sorted(here, competence.code().value()),
                        wish.ariaSort(competence.code().value())))
                .toList();
    }

    private static List<PupilRow> rows(ClassGrid grid, List<Integer> shown, Wish wish, Locale language) {
        List<Row> sorted =
                grid.rows().stream().sorted(order(grid, wish, language)).toList();
        List<PupilRow> rows = new ArrayList<>();
        for (Row row : sorted) {
            rows.add(new PupilRow(
                    wish.anonymous() ? null : row.learner().value(),
                    wish.anonymous() ? null : row.name().orElse(null),
                    rows.size() + 1,
                    shown.stream().map(row.cells()::get).toList(),
                    row.certifiable(),
                    row.reached(),
                    row.needed(),
                    String.join(
                            ", ",
                            row.nearest().stream().map(CompetenceCode::value).toList())));
        }
        return rows;
    }

    /** Not measured comes last, whatever the direction; without names the order of ids says nothing. */
    private static Comparator<Row> order(ClassGrid grid, Wish wish, Locale language) {
        Comparator<Row> byPupil = wish.anonymous()
                ? Comparator.comparing(row -> row.learner().value())
                : Comparator.comparing((Row row) -> row.name().orElse(""), Collator.getInstance(language)::compare);
        if (wish.tri().equals(BY_PUPIL)) {
            return wish.sens().equals("asc") ? byPupil : byPupil.reversed();
        }
        int column = grid.competences().stream()
                .map(competence -> competence.code().value())
                .toList()
                .indexOf(wish.tri());
        Comparator<Integer> levels = wish.sens().equals("asc") ? Comparator.naturalOrder() : Comparator.reverseOrder();
        return Comparator.comparing(
                        (Row row) -> column < 0 ? null : row.cells().get(column).level(), Comparator.nullsLast(levels))
                .thenComparing(byPupil);
    }

    private static List<Column> domains(Framework framework, Locale language) {
        return framework.domains().stream()
                .sorted(Comparator.comparing(Domain::code))
                .map(domain -> new Column(domain.code(), domain.title().in(language), "", null))
                .toList();
    }

    private Priority priority(
            Need need, ClassGrid grid, Framework framework, SignedIn teacher, Wish wish, Locale language) {
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
        classes.years(teacher, grid.division()).forEach(year -> form.queryParam("annees", year));
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
    ResponseEntity<byte[]> file(
            @PathVariable("classe") Division division,
            @RequestParam(required = false) @Nullable String au,
            SignedIn teacher,
            Locale language) {
        ClassGrid grid = classes.shown(grid(teacher, division, Wish.of(au, null, null, null, null, null)), teacher);
        return ClassFile.of(grid, key -> messages.getMessage(key, null, language))
                .download("resultats_" + teacher.school().orElseThrow() + "_" + division + "_"
                        + ParisDays.of(grid.moment().at()) + ".csv");
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
        ClassGrid grid = grid(teacher, division, Wish.of(au, null, null, null, null, null));
        LearnerId learner = new LearnerId(pupil);
        Row row = classes.shown(grid.of(learner).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)), teacher);
        List<SharedLevel> sharings = classes.sharings(teacher, grid, learner);
        page.addAttribute("division", division.value());
        page.addAttribute("name", row.name().orElse(null));
        page.addAttribute("row", row);
        page.addAttribute("au", Wish.of(au, null, null, null, null, null).au());
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

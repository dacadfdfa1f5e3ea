package fr.grandlivre.api.campaign;

import fr.grandlivre.api.document.QrPicture;
import fr.grandlivre.api.privacy.Impersonal;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.request.LiveUpdates;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.campaign.CampaignCommand;
import fr.grandlivre.command.campaign.CampaignCommand.AmendCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.CloseCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.command.campaign.CampaignCommand.Plan;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.campaign.CampaignBoard;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.campaign.Participant;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignRules;
import fr.grandlivre.rules.campaign.CampaignRules.ReadyMade;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.SchoolCalendar;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The campaigns of a teacher's own school: list, form, board and paper. */
@Controller
@Allowed({Role.TEACHER, Role.HEAD})
class CampaignPages {
    private static final String FORM = "campaign/form";
    private static final String CAMPAIGN = "campaign/campaign";
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Campaigns campaigns;
    private final CampaignQueries queries;
    private final SchoolReportQueries rosters;
    private final Frameworks frameworks;
    private final Dispatch dispatch;
    private final LiveUpdates live;

    CampaignPages(
            Campaigns campaigns,
            CampaignQueries queries,
            SchoolReportQueries rosters,
            Frameworks frameworks,
            Dispatch dispatch,
            LiveUpdates live) {
        this.campaigns = campaigns;
        this.queries = queries;
        this.rosters = rosters;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
        this.live = live;
    }

    /**
     * The form as it is shown: first, ready-made, or as it came back.
     *
     * @param commandId   the same when the form comes back: the next sending is the same act
     * @param opens       first day, {@code 2022-05-16}
     * @param closes      last day
     * @param step        number of the calendar's step; empty for none
     * @param competences ticked whole
     * @param tubes       ticked alone
     */
    record Typed(
            String commandId,
            String title,
            Set<String> audience,
            String opens,
            String closes,
            String step,
            Set<String> competences,
            Set<String> tubes) {}

    /**
     * A campaign offered with its content.
     *
     * @param number place in the list, for the address
     */
    record Offer(int number, String title) {}

    /** @param step its number; {@code from} and {@code to} are days */
    record CalendarRow(int step, List<String> audience, LocalDate from, LocalDate to) {}

    /**
     * @param tubes of the competence
     * @param open  whether one of them is ticked, so that the list is unfolded
     */
    record CompetenceChoice(String code, String name, List<TubeChoice> tubes, boolean open) {}

    record TubeChoice(String id, String name) {}

    /**
     * One row of the board.
     *
     * @param name     as on the roster; empty when the pupil has left or was erased
     * @param division class; empty when the pupil has left
     * @param status   lower-case name
     */
    record PupilRow(String name, String division, UUID learner, String status, Participant participant) {}

    @GetMapping("/campagnes")
    String list(@RequestParam(defaultValue = "0") long atLeast, SignedIn teacher, Model page) {
        page.addAttribute("behind", !dispatch.caughtUp(CampaignQueries.VIEW, atLeast));
        page.addAttribute("campaigns", queries.ofSchool(campaigns.school(teacher)));
        page.addAttribute("now", campaigns.now());
        return "campaign/list";
    }

    @GetMapping("/campagnes/nouvelle")
    String form(
            @RequestParam(name = "modele", required = false) @Nullable Integer model,
            @RequestParam(name = "etape", required = false) @Nullable Integer step,
            @RequestParam(name = "sujet", required = false) @Nullable TubeId subject,
            @RequestParam(name = "annees", required = false) @Nullable List<String> years,
            SignedIn teacher,
            Locale language,
            Model page) {
        campaigns.school(teacher);
        Typed typed = ready(model, language)
                .or(() -> targeted(subject, years, language))
                .orElseGet(() -> dated(calendarStep(step)));
        return form(typed, List.of(), null, language, page);
    }

    private Optional<Typed> ready(@Nullable Integer number, Locale language) {
        List<ReadyMade> offers = CampaignRules.shipped().readyMade();
        if (number == null || number < 0 || number >= offers.size()) {
            return Optional.empty();
        }
        ReadyMade offer = offers.get(number);
        Typed dates = dated(calendarStep(offer.calendarStep()));
        return Optional.of(new Typed(
                dates.commandId(),
                offer.title().in(language),
                Set.copyOf(offer.audience()),
                dates.opens(),
                dates.closes(),
                dates.step(),
                Set.copyOf(
                        offer.competences().stream().map(CompetenceCode::value).toList()),
                Set.of()));
    }

    private Optional<Typed> targeted(@Nullable TubeId subject, @Nullable List<String> years, Locale language) {
        if (subject == null) {
            return Optional.empty();
        }
        Typed dates = dated(Optional.empty());
        return campaigns
                .framework()
                .tube(subject)
                .map(tube -> new Typed(
                        dates.commandId(),
                        tube.title().in(language),
                        years == null ? Set.of() : Set.copyOf(years),
                        dates.opens(),
                        dates.closes(),
                        "",
                        Set.of(),
                        Set.of(subject.value())));
    }

    /** From today, or from the step's first day when that is to come; two weeks unless the step says otherwise. */
    private Typed dated(Optional<SchoolCalendar.Step> step) {
        LocalDate today = campaigns.today();
        LocalDate from =
                step.map(SchoolCalendar.Step::from).filter(today::isBefore).orElse(today);
        LocalDate to = step.map(SchoolCalendar.Step::to)
                .filter(last -> !last.isBefore(from))
                .orElse(from.plusWeeks(2));
        return new Typed(
                CommandKey.draw().toString(),
                "",
                step.map(known -> Set.copyOf(known.audience())).orElse(Set.of()),
                from.toString(),
                to.toString(),
                step.map(known -> Integer.toString(known.number())).orElse(""),
                Set.of(),
                Set.of());
    }

    private Optional<SchoolCalendar.Step> calendarStep(@Nullable Integer number) {
        return campaigns.calendar().stream()
                .filter(step -> number != null && step.number() == number)
                .findFirst();
    }

    private String form(
            Typed typed, List<Violation> violations, @Nullable CampaignTerms amended, Locale language, Model page) {
        Framework framework = amended == null ? campaigns.framework() : frameworks.of(amended.framework());
        page.addAttribute("typed", typed);
        page.addAttribute("violations", violations);
        page.addAttribute("amended", amended);
        page.addAttribute("years", CampaignRules.YEARS);
        page.addAttribute(
                "calendar",
                campaigns.calendar().stream()
                        .map(step -> new CalendarRow(step.number(), step.audience(), step.from(), step.to()))
                        .toList());
        List<ReadyMade> offers = CampaignRules.shipped().readyMade();
        page.addAttribute(
                "offers",
                IntStream.range(0, offers.size())
                        .mapToObj(number ->
                                new Offer(number, offers.get(number).title().in(language)))
                        .toList());
        page.addAttribute("choices", choices(framework, typed, language));
        return FORM;
    }

    private static List<CompetenceChoice> choices(Framework framework, Typed typed, Locale language) {
        return framework.competences().stream()
                .filter(competence -> !competence.tubes().isEmpty())
                .sorted(Comparator.comparing(competence -> competence.code().value()))
                .map(competence -> new CompetenceChoice(
                        competence.code().value(),
                        competence.title().in(language),
                        competence.tubes().stream()
                                .map(tube -> new TubeChoice(
                                        tube.id().value(), tube.title().in(language)))
                                .toList(),
                        competence.tubes().stream()
                                .anyMatch(
                                        tube -> typed.tubes().contains(tube.id().value()))))
                .toList();
    }

    @PostMapping("/campagnes")
    String open(
            CommandKey key,
            @RequestParam MultiValueMap<String, String> form,
            SignedIn teacher,
            HttpServletResponse response,
            Locale language,
            Model page) {
        Fields fields = new Fields();
        Plan plan = plan(fields, form, campaigns.framework());
        List<Violation> violations = new ArrayList<>(fields.violations());
        if (violations.isEmpty()) {
            Integer step = calendarStep(number(form.getFirst("etape")))
                    .map(SchoolCalendar.Step::number)
                    .orElse(null);
            OpenCampaign command =
                    new OpenCampaign(new CampaignId(key.commandId()), campaigns.school(teacher), plan, step);
            Outcome outcome = dispatch.outcome(command, key, teacher, Campaigns.as(teacher));
            if (!(outcome instanceof Outcome.Refused(var code, var _))) {
                return "redirect:/campagnes/" + command.campaign() + "?atLeast="
                        + dispatch.done(command, outcome).position();
            }
            violations.add(new Violation("/target", "campaign." + code.code()));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(typed(form, key), violations, null, language, page);
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text != null && text.matches("\\d") ? Integer.valueOf(text) : null;
    }

    private Plan plan(Fields fields, MultiValueMap<String, String> form, Framework framework) {
        return campaigns.plan(
                fields,
                form.getFirst("titre"),
                values(form, "annee"),
                Campaigns.target(fields, values(form, "competence"), values(form, "sujet"), framework),
                form.getFirst("ouverture"),
                form.getFirst("fermeture"));
    }

    private static Typed typed(MultiValueMap<String, String> form, CommandKey key) {
        return new Typed(
                key.commandId().toString(),
                text(form.getFirst("titre")),
                new HashSet<>(values(form, "annee")),
                text(form.getFirst("ouverture")),
                text(form.getFirst("fermeture")),
                text(form.getFirst("etape")),
                new HashSet<>(values(form, "competence")),
                new HashSet<>(values(form, "sujet")));
    }

    private static List<String> values(MultiValueMap<String, String> form, String name) {
        return form.getOrDefault(name, List.of());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }

    @GetMapping("/campagnes/{campagne}")
    String campaign(
            @PathVariable("campagne") UUID campaign,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn teacher,
            HttpSession browser,
            Locale language,
            Model page) {
        boolean behind = !dispatch.caughtUp(CampaignQueries.VIEW, atLeast);
        CampaignBoard board = campaigns.shown(
                campaigns.board(teacher, campaign), teacher, FieldsClass.IDENTITY_AND_RESULTS, Set.of());
        browser.setAttribute(seen(campaign), learners(board));
        show(board, teacher, language, page);
        page.addAttribute("behind", behind);
        return CAMPAIGN;
    }

    /** The part that changes while pupils work. It belongs to a page view: only who joined since is one more reading. */
    @GetMapping("/campagnes/{campagne}/etat")
    String state(
            @PathVariable("campagne") UUID campaign,
            SignedIn teacher,
            HttpSession browser,
            Locale language,
            Model page) {
        Set<LearnerId> before =
                browser.getAttribute(seen(campaign)) instanceof Participants known ? known.learners() : Set.of();
        CampaignBoard board =
                campaigns.shown(campaigns.board(teacher, campaign), teacher, FieldsClass.IDENTITY_AND_RESULTS, before);
        browser.setAttribute(seen(campaign), learners(board));
        show(board, teacher, language, page);
        return CAMPAIGN + " :: state";
    }

    /** Of whom a browser's page of a campaign has shown something, and it was recorded. */
    private record Participants(Set<LearnerId> learners) {}

    private static Participants learners(CampaignBoard board) {
        return new Participants(
                board.participants().stream().map(Participant::learner).collect(Collectors.toUnmodifiableSet()));
    }

    private static String seen(UUID campaign) {
        return "campaign-seen/" + campaign;
    }

    @GetMapping(path = "/campagnes/{campagne}/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Impersonal("that something changed")
    SseEmitter follow(@PathVariable("campagne") UUID campaign, SignedIn teacher) {
        campaigns.board(teacher, campaign);
        return live.follow(
                CampaignQueries.VIEW, () -> campaigns.board(teacher, campaign).participants());
    }

    /** The code for the whole class, on the board and on paper. */
    @GetMapping("/campagnes/{campagne}/affiche")
    String poster(@PathVariable("campagne") UUID campaign, SignedIn teacher, HttpServletRequest request, Model page) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        String address = ServletUriComponentsBuilder.fromContextPath(request)
                .path(Participations.address(terms))
                .toUriString();
        page.addAttribute("terms", terms);
        page.addAttribute("code", CampaignCodeText.spaced(terms.code()));
        page.addAttribute("address", address);
        page.addAttribute(
                "door",
                ServletUriComponentsBuilder.fromContextPath(request)
                        .path("/parcours")
                        .toUriString());
        page.addAttribute("qr", QrPicture.of(address));
        page.addAttribute("school", rosters.schoolName(terms.school()).orElse(""));
        return "campaign/poster";
    }

    private void show(CampaignBoard board, SignedIn teacher, Locale language, Model page) {
        CampaignTerms terms = board.terms();
        Framework framework = frameworks.of(terms.framework());
        page.addAttribute("board", board);
        page.addAttribute("isHead", teacher.is(Role.HEAD));
        page.addAttribute("terms", terms);
        page.addAttribute("code", CampaignCodeText.spaced(terms.code()));
        page.addAttribute("phase", terms.phase(campaigns.now()).name());
        page.addAttribute(
                "mean", board.meanPercent().isPresent() ? board.meanPercent().getAsInt() : null);
        page.addAttribute("target", target(terms, framework, language));
        page.addAttribute("pupils", pupils(board, teacher));
        page.addAttribute("reasons", ClosingReason.values());
        page.addAttribute("upToDateAt", SECONDS.format(LocalTime.ofInstant(campaigns.now(), ParisDays.ZONE)));
        page.addAttribute("behind", false);
        page.addAttribute("refusal", "");
    }

    private static List<String> target(CampaignTerms terms, Framework framework, Locale language) {
        return terms.target().stream()
                .map(asked -> framework
                                .competence(asked.competence())
                                .orElseThrow()
                                .title()
                                .in(language)
                        + (asked.tubes() == null
                                ? ""
                                : " : "
                                        + String.join(
                                                ", ",
                                                asked.tubes().stream()
                                                        .map(tube -> framework
                                                                .tube(tube)
                                                                .orElseThrow()
                                                                .title()
                                                                .in(language))
                                                        .toList())))
                .toList();
    }

    private List<PupilRow> pupils(CampaignBoard board, SignedIn teacher) {
        Uai uai = teacher.school().orElseThrow();
        Map<?, RosterPupil> roster = rosters.pupils(uai, SchoolYear.of(campaigns.today()));
        return board.participants().stream()
                .map(participant -> row(participant, roster.get(participant.learner())))
                .sorted(Comparator.comparing(PupilRow::division)
                        .thenComparing(PupilRow::name)
                        .thenComparing(PupilRow::learner))
                .toList();
    }

    private static PupilRow row(Participant participant, @Nullable RosterPupil pupil) {
        return new PupilRow(
                pupil == null || pupil.lastName() == null
                        ? ""
                        : pupil.lastName() + " " + Objects.requireNonNullElse(pupil.firstName(), ""),
                pupil == null ? "" : pupil.division().value(),
                participant.learner().value(),
                participant.status().name().toLowerCase(Locale.ROOT),
                participant);
    }

    @GetMapping("/campagnes/{campagne}/modification")
    String amendment(@PathVariable("campagne") UUID campaign, SignedIn teacher, Locale language, Model page) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        Set<String> competences = new HashSet<>();
        Set<String> tubes = new HashSet<>();
        terms.target().forEach(asked -> {
            if (asked.tubes() == null) {
                competences.add(asked.competence().value());
            } else {
                asked.tubes().forEach(tube -> tubes.add(tube.value()));
            }
        });
        Typed typed = new Typed(
                CommandKey.draw().toString(),
                terms.title(),
                Set.copyOf(terms.audience()),
                ParisDays.of(terms.opensAt()).toString(),
                ParisDays.of(terms.closesAt()).toString(),
                "",
                competences,
                tubes);
        return form(typed, List.of(), terms, language, page);
    }

    @PostMapping("/campagnes/{campagne}/modification")
    String amend(
            @PathVariable("campagne") UUID campaign,
            CommandKey key,
            @RequestParam MultiValueMap<String, String> form,
            SignedIn teacher,
            HttpServletResponse response,
            Locale language,
            Model page) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        Fields fields = new Fields();
        Plan typed = plan(fields, form, frameworks.of(terms.framework()));
        // The form no longer shows a target that does not change.
        Plan plan = terms.targetFixed()
                ? new Plan(typed.title(), typed.audience(), terms.target(), typed.opensAt(), typed.closesAt())
                : typed;
        List<Violation> violations = new ArrayList<>(fields.violations());
        if (violations.isEmpty()) {
            CampaignCommand command = new AmendCampaign(terms.campaign(), terms.school(), plan);
            Outcome outcome = dispatch.outcome(command, key, teacher, Campaigns.as(teacher));
            if (!(outcome instanceof Outcome.Refused(var code, var _))) {
                return "redirect:/campagnes/" + campaign + "?atLeast="
                        + dispatch.done(command, outcome).position();
            }
            violations.add(new Violation("/target", "campaign." + code.code()));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(typed(form, key), violations, terms, language, page);
    }

    @PostMapping("/campagnes/{campagne}/cloture")
    String close(
            @PathVariable("campagne") UUID campaign,
            CommandKey key,
            @RequestParam(name = "motif", defaultValue = "") String reason,
            SignedIn teacher) {
        CampaignTerms terms = campaigns.terms(teacher, campaign);
        Fields fields = new Fields();
        ClosingReason known = fields.parsed("/reason", reason, ClosingReason::valueOf, ClosingReason.FINISHED);
        fields.check();
        long position = dispatch.send(
                        new CloseCampaign(terms.campaign(), terms.school(), known), key, teacher, Campaigns.as(teacher))
                .position();
        return "redirect:/campagnes/" + campaign + "?atLeast=" + position;
    }
}

package fr.grandlivre.api.profile;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.request.Moment;
import fr.grandlivre.api.request.Moments;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.profile.ProfileQueries.Timeline;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.query.verification.VerificationQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner's own pages: profile at any day, why each level, history. */
@Controller
@Allowed(Role.LEARNER)
class ProfilePages {
    private final ProfileQueries profiles;
    private final EvaluationQueries evaluations;
    private final VerificationQueries certificates;
    private final Explaining explaining;
    private final Frameworks frameworks;
    private final Moments moments;
    private final Dispatch dispatch;
    private final ServerClock clock;

    private final PersonAccounts accounts;

    ProfilePages(
            ProfileQueries profiles,
            EvaluationQueries evaluations,
            VerificationQueries certificates,
            Explaining explaining,
            Frameworks frameworks,
            Moments moments,
            Dispatch dispatch,
            ServerClock clock,
            PersonAccounts accounts) {
        this.profiles = profiles;
        this.evaluations = evaluations;
        this.certificates = certificates;
        this.explaining = explaining;
        this.frameworks = frameworks;
        this.moments = moments;
        this.dispatch = dispatch;
        this.clock = clock;
        this.accounts = accounts;
    }

    /** The slider without a script: its notches are days, the address has the date. */
    @GetMapping(path = "/moi", params = "jour")
    String slide(@RequestParam long jour) {
        try {
            return "redirect:/moi?au=" + LocalDate.ofEpochDay(jour);
        } catch (DateTimeException _) {
            throw new ProblemException(Slug.VALIDATION);
        }
    }

    @GetMapping("/moi")
    String profile(
            @RequestParam(required = false) @Nullable String au,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        Moment moment;
        try {
            moment = moments.read(au, null);
        } catch (ProblemException refused) {
            moment = moments.now();
            refuse(refused.problem(), au, response, page);
        }
        page.addAttribute("behind", !moment.past() && !dispatch.caughtUp(ProfileQueries.VIEW, atLeast));
        LearnerId learner = ProfileResource.learner(caller);
        ProfileView view = ProfileResource.read(profiles, learner, moment);
        Moments.describe(moment, view.position(), response);
        Framework framework = frameworks.of(view.framework());
        Timeline timeline = profiles.timeline(learner, Long.MAX_VALUE);
        LocalDate today = ParisDays.of(clock.now());
        page.addAttribute("moment", moment);
        page.addAttribute("standing", Standing.of(view, framework, moment.at()));
        page.addAttribute(
                "sheet", ProfileSheet.of(view, framework, timeline, moment, today, LocaleContextHolder.getLocale()));
        LocalDate shown = ParisDays.of(moment.at());
        page.addAttribute(
                "certificates",
                certificates.ofLearner(accounts.learners(learner), shown).stream()
                        .filter(held -> !held.verification().deliveredDate().isAfter(shown))
                        .toList());
        return "profile/profile";
    }

    // The page stays useful: today's profile, with what was wrong with the date above it.
    private static void refuse(Problem problem, @Nullable String au, HttpServletResponse response, Model page) {
        response.setStatus(problem.status());
        page.addAttribute("refusedDay", au);
        page.addAttribute("refusal", refusal(problem));
    }

    /** What changed between two days; each way to choose them is an address. */
    @GetMapping(path = "/moi", params = "depuis")
    String changes(
            @RequestParam String depuis,
            @RequestParam(required = false) @Nullable String au,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        LearnerId learner = ProfileResource.learner(caller);
        LocalDate today = ParisDays.of(clock.now());
        page.addAttribute("today", today);
        page.addAttribute(
                "first",
                profiles.timeline(learner, Long.MAX_VALUE).events().stream()
                        .findFirst()
                        .map(ParisDays::of)
                        .orElse(today));
        page.addAttribute("since", depuis);
        page.addAttribute("until", au == null || au.isBlank() ? today : au);
        try {
            Span span = Span.read(moments, depuis, au);
            ProfileChanges changes = span.changes(profiles, learner);
            Moments.describe(span.until(), changes.after().position(), response);
            page.addAttribute("changes", changes);
            page.addAttribute("day", span.until().day());
            page.addAttribute("names", names(frameworks.inForce(span.until().at())));
        } catch (ProblemException refused) {
            response.setStatus(refused.problem().status());
            page.addAttribute("refusal", refusal(refused.problem()));
        }
        return "profile/changes";
    }

    private static String refusal(Problem problem) {
        if (problem.slug() == Slug.DATE_IN_FUTURE) {
            return "future";
        }
        boolean inverted = problem.violations().stream()
                .anyMatch(violation -> violation.code().equals("dates.inverted"));
        return inverted ? "inverted" : "invalid";
    }

    private static Map<String, String> names(Framework framework) {
        return framework.competences().stream()
                .collect(Collectors.toMap(
                        competence -> competence.code().value(),
                        competence -> competence.title().in(LocaleContextHolder.getLocale())));
    }

    @GetMapping("/moi/competences/{code}")
    String competence(
            @PathVariable CompetenceCode code,
            @RequestParam(required = false) @Nullable String au,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        Moment moment = moments.read(au, null);
        WhyLevel why = explaining
                .why(ProfileResource.learner(caller), code, moment)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        Moments.describe(moment, moment.position(), response);
        page.addAttribute("moment", moment);
        page.addAttribute("why", why);
        page.addAttribute("now", clock.now());
        page.addAttribute("pixPerLevel", frameworks.inForce(moment.at()).scale().pixPerLevel());
        page.addAttribute("maxLevel", frameworks.inForce(moment.at()).maxReachableLevel());
        return "profile/competence";
    }

    @GetMapping("/moi/historique")
    String history(@RequestParam(required = false) @Nullable YearMonth mois, SignedIn caller, Model page) {
        // What an absorbed account handed over is told where it was absorbed.
        var events = evaluations.history(accounts.learners(caller), Long.MAX_VALUE).stream()
                .filter(recorded -> !(recorded.event() instanceof HistoryHandedOver))
                .toList();
        List<YearMonth> months = History.months(events);
        YearMonth shown = mois != null && months.contains(mois) || months.isEmpty() ? mois : months.getFirst();
        page.addAttribute("months", months);
        page.addAttribute("shown", shown);
        page.addAttribute(
                "lines",
                shown == null ? List.of() : History.lines(events, shown, frameworks, LocaleContextHolder.getLocale()));
        return "profile/history";
    }
}

package fr.grandlivre.api.campaign;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.CommandKey;
import fr.grandlivre.api.request.Dispatch;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.campaign.CampaignQueries;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.campaign.SharedResult;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner enters a campaign by its code, goes through it, and decides what the school sees. */
@Controller
@Allowed(Role.LEARNER)
class ParticipationPages {
    private static final String DOOR = "campaign/door";
    private static final int LONGEST_SHOWN = 40;

    private final Participations participations;
    private final CampaignQueries campaigns;
    private final SchoolReportQueries rosters;
    private final Frameworks frameworks;
    private final Dispatch dispatch;

    ParticipationPages(
            Participations participations,
            CampaignQueries campaigns,
            SchoolReportQueries rosters,
            Frameworks frameworks,
            Dispatch dispatch) {
        this.participations = participations;
        this.campaigns = campaigns;
        this.rosters = rosters;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
    }

    /**
     * A competence of a result, in the reader's words.
     *
     * @param validated targeted skills that the learner has
     * @param skills    targeted skills
     */
    record ResultRow(String code, String name, int level, int pix, int validated, int skills) {}

    @GetMapping("/parcours")
    String door(SignedIn caller, Model page) {
        return door("", false, caller, page);
    }

    private String door(String typed, boolean unknown, SignedIn caller, Model page) {
        page.addAttribute("typed", typed);
        page.addAttribute("unknown", unknown);
        page.addAttribute("own", participations.own(caller));
        return DOOR;
    }

    @PostMapping("/parcours")
    String find(
            @RequestParam(name = "code", defaultValue = "") String typed,
            SignedIn caller,
            HttpServletResponse response,
            Model page) {
        Optional<CampaignTerms> found = participations.byCode(typed, caller, response);
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            String shown = typed.codePointCount(0, typed.length()) > LONGEST_SHOWN ? "" : typed;
            return door(shown, true, caller, page);
        }
        return "redirect:" + Participations.address(found.get());
    }

    @GetMapping("/parcours/{parcours}")
    String campaign(
            @PathVariable String parcours,
            @RequestParam(defaultValue = "0") long atLeast,
            SignedIn caller,
            HttpServletResponse response,
            Locale language,
            Model page) {
        CampaignTerms terms = participations.required(parcours, caller, response);
        page.addAttribute("behind", !dispatch.caughtUp(SchoolReportQueries.VIEW, atLeast));
        LearnerId learner = Participations.learner(caller);
        Participations.Standing standing = participations.standing(terms, learner);
        Framework framework = frameworks.of(terms.framework());
        page.addAttribute("standing", standing);
        page.addAttribute("terms", terms);
        page.addAttribute("passage", standing.passage());
        page.addAttribute("step", standing.step().name());
        page.addAttribute("code", CampaignCodeText.spaced(terms.code()));
        page.addAttribute("address", Participations.address(terms));
        page.addAttribute("school", rosters.schoolName(terms.school()).orElse(""));
        page.addAttribute("covered", covered(terms, framework, language));
        boolean finished =
                standing.step() == Participations.Step.COMPLETED || standing.step() == Participations.Step.SHARED;
        if (finished && standing.passage() != null) {
            SharedResult result = campaigns.result(terms, standing.passage());
            page.addAttribute("rows", rows(result, framework, language));
            page.addAttribute("mastery", result.masteryPercent());
        }
        return "campaign/participation";
    }

    @PostMapping("/parcours/{parcours}/participations")
    String start(@PathVariable String parcours, CommandKey key, SignedIn caller, HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, caller, response);
        participations.start(terms, caller, key);
        return "redirect:" + Participations.address(terms) + "/suite";
    }

    /** The next question, in whatever competence it is; the end page when nothing is left. */
    @GetMapping("/parcours/{parcours}/suite")
    String next(@PathVariable String parcours, SignedIn caller, HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, caller, response);
        Participations.Standing standing = participations.standing(terms, Participations.learner(caller));
        if (standing.next() == null || standing.passage() == null) {
            return "redirect:" + Participations.address(terms);
        }
        return "redirect:/moi/competences/" + standing.next() + "/epreuve?parcours="
                + standing.passage().participation();
    }

    @PostMapping("/parcours/{parcours}/envoi")
    String share(@PathVariable String parcours, CommandKey key, SignedIn caller, HttpServletResponse response) {
        CampaignTerms terms = participations.required(parcours, caller, response);
        long position = participations.share(terms, caller, key).position();
        return "redirect:" + Participations.address(terms) + "?atLeast=" + position;
    }

    private static List<String> covered(CampaignTerms terms, Framework framework, Locale language) {
        return terms.competences().stream()
                .map(code -> framework.competence(code).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND)))
                .map(competence -> name(competence, language))
                .toList();
    }

    private static String name(Competence competence, Locale language) {
        return competence.code() + " " + competence.title().in(language);
    }

    private static List<ResultRow> rows(SharedResult result, Framework framework, Locale language) {
        return result.competences().stream()
                .map(row -> new ResultRow(
                        row.competence().value(),
                        framework
                                .competence(row.competence())
                                .orElseThrow()
                                .title()
                                .in(language),
                        row.level().value(),
                        row.pix().value(),
                        row.validated(),
                        row.skills()))
                .toList();
    }
}

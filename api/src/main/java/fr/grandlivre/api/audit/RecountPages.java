package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an auditor has results computed again from the answers. */
@Controller
@Allowed(Role.AUDITOR)
class RecountPages {
    private static final String ADDRESS = "/audit/resultats";
    private static final int SHOWN = 200;

    private final Recounts recounts;

    RecountPages(Recounts recounts) {
        this.recounts = recounts;
    }

    /** A recount in a list. */
    record Row(Job job, Recounts.Wish wish) {
        static Row of(Job job) {
            return new Row(job, Recounts.Wish.of(job.subject()));
        }
    }

    @GetMapping(ADDRESS)
    String recounts(Model page) {
        show(page, "all", "", "", "as-recorded", List.of());
        return "audit/recounts";
    }

    @PostMapping(ADDRESS)
    String start(
            @RequestParam(name = "portee", defaultValue = "") String scope,
            @RequestParam(name = "id", defaultValue = "") String id,
            @RequestParam(name = "jusqua", defaultValue = "") String to,
            @RequestParam(name = "regles", defaultValue = "as-recorded") String rules,
            Model page,
            HttpServletResponse response) {
        Optional<Recounts.Scope> whose = Arrays.stream(Recounts.Scope.values())
                .filter(known -> word(known).equals(scope))
                .findFirst();
        try {
            if (whose.isPresent()) {
                Job job = recounts.start(whose.get(), id, to, rules);
                return "redirect:" + ADDRESS + "/" + job.id();
            }
            response.setStatus(422);
            show(page, scope, id, to, rules, List.of(new Violation("/scope", "invalid")));
        } catch (ProblemException refused) {
            if (refused.problem().violations().isEmpty()) {
                throw refused;
            }
            response.setStatus(refused.problem().status());
            show(page, scope, id, to, rules, refused.problem().violations());
        }
        return "audit/recounts";
    }

    @GetMapping(ADDRESS + "/{job}")
    String one(@PathVariable UUID job, SignedIn reader, Model page) {
        Job found = recounts.find(job);
        page.addAttribute("job", found);
        page.addAttribute("wish", Recounts.Wish.of(found.subject()));
        page.addAttribute("underWay", !found.isOver());
        if (found.state() == Job.State.SUCCEEDED && !found.isForgotten()) {
            var report = recounts.report(job, reader);
            page.addAttribute("report", report);
            page.addAttribute(
                    "discrepancies",
                    report.discrepancies().stream().limit(SHOWN).toList());
            page.addAttribute(
                    "alternatives", report.alternatives().stream().limit(SHOWN).toList());
        }
        return "audit/recount";
    }

    private void show(Model page, String scope, String id, String to, String rules, List<Violation> errors) {
        page.addAttribute("scope", scope);
        page.addAttribute("id", id);
        page.addAttribute("to", to);
        page.addAttribute("chosen", rules);
        page.addAttribute("errors", errors);
        page.addAttribute("rules", recounts.rules());
        page.addAttribute(
                "scopes",
                Arrays.stream(Recounts.Scope.values()).map(RecountPages::word).toList());
        page.addAttribute("jobs", recounts.all().stream().map(Row::of).toList());
    }

    private static String word(Recounts.Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}

package fr.grandlivre.api.replay;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an auditor has views built again and compared. */
@Controller
@Allowed(Role.AUDITOR)
class ReplayPages {
    private final Jobs jobs;

    ReplayPages(Jobs jobs) {
        this.jobs = jobs;
    }

    @GetMapping("/audit/recompter")
    String views(Model page) {
        List<ViewJob> views = jobs.views().stream()
                .map(view -> ViewJob.of(view, jobs.latest(Job.Kind.REPLAY, view)))
                .toList();
        page.addAttribute("views", views);
        page.addAttribute("underWay", views.stream().anyMatch(ViewJob::isUnderWay));
        return "replay/recount";
    }

    @PostMapping("/audit/recompter")
    String replay(@RequestParam(name = "vue", required = false) @Nullable String view) {
        if (view == null || !jobs.views().contains(view)) {
            throw new ProblemException(Problem.invalid(List.of(new Violation("/vue", "view.unknown"))));
        }
        jobs.start(Job.Kind.REPLAY, view);
        return "redirect:/audit/recompter";
    }
}

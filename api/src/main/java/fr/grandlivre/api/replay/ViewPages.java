package fr.grandlivre.api.replay;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.replay.Rebuild;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an operator has views built again, looks at what differed, goes back, or lets the old rows go. */
@Controller
@Allowed(Role.OPERATOR)
class ViewPages {
    private static final String ADDRESS = "/exploitation/vues";

    private final Jobs jobs;
    private final ViewPositions positions;

    ViewPages(Jobs jobs, ViewPositions positions) {
        this.jobs = jobs;
        this.positions = positions;
    }

    /**
     * A view with its latest rebuild or return.
     *
     * @param position up to which it is folded
     * @param kept     rows that its last exchange replaced; absent when there are none
     */
    record Row(String view, long position, ViewJob rebuild, ViewJob rollback, Rebuild.@Nullable Kept kept) {
        /** @return whether the page should look again soon */
        public boolean isUnderWay() {
            return rebuild.isUnderWay() || rollback.isUnderWay();
        }
    }

    /** What an operator does to a view; the value of the button pressed. */
    private enum Act {
        REBUILD("reconstruire"),
        ROLLBACK("revenir"),
        CONFIRM("garder");

        private final String word;

        Act(String word) {
            this.word = word;
        }

        static @Nullable Act of(@Nullable String word) {
            for (Act act : values()) {
                if (act.word.equals(word)) {
                    return act;
                }
            }
            return null;
        }
    }

    @GetMapping(ADDRESS)
    String views(Model page) {
        show(page, null);
        return "replay/views";
    }

    /**
     * @param act          {@code reconstruire}, {@code revenir} or {@code garder}
     * @param confirmation the name of the view, typed again
     */
    @PostMapping(ADDRESS)
    String act(
            @RequestParam(name = "vue", required = false) @Nullable String view,
            @RequestParam(name = "acte", required = false) @Nullable String act,
            @RequestParam(name = "confirmation", required = false) @Nullable String confirmation,
            Model page,
            HttpServletResponse response) {
        Act wanted = Act.of(act);
        boolean known = view != null && jobs.views().contains(view);
        if (view == null
                || !known
                || wanted == null
                || confirmation == null
                || !confirmation.strip().equals(view)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(page, known ? view : "");
            return "replay/views";
        }
        switch (wanted) {
            case REBUILD -> jobs.start(Job.Kind.REBUILD, view);
            case ROLLBACK -> jobs.start(Job.Kind.ROLLBACK, view);
            case CONFIRM -> jobs.confirm(view);
        }
        return "redirect:" + ADDRESS + "#vue-" + view;
    }

    /** @param unconfirmed view whose name was not typed again; empty for an unknown one; absent when all is well */
    private void show(Model page, @Nullable String unconfirmed) {
        List<Row> rows = jobs.views().stream().map(this::row).toList();
        page.addAttribute("views", rows);
        page.addAttribute("underWay", rows.stream().anyMatch(Row::isUnderWay));
        page.addAttribute("unconfirmed", unconfirmed);
    }

    private Row row(String view) {
        return new Row(
                view,
                positions.of(view),
                ViewJob.of(view, jobs.latest(Job.Kind.REBUILD, view)),
                ViewJob.of(view, jobs.latest(Job.Kind.ROLLBACK, view)),
                jobs.kept(view).orElse(null));
    }
}

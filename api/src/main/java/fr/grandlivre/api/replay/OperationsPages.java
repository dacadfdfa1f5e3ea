package fr.grandlivre.api.replay;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.api.wiring.ProcessorStates;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.audit.LedgerQueries;
import fr.grandlivre.query.live.ParkedRefusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What an operator sees: how far views and policies have come, what is parked, how the writer fares. */
@Controller
@Allowed(Role.OPERATOR)
class OperationsPages {
    private static final int PARKED_SHOWN = 100;

    private final Jobs jobs;
    private final LedgerQueries ledger;
    private final ViewPositions positions;
    private final ProcessorStates processors;
    private final ParkedRefusals parked;
    private final MeterRegistry meters;

    OperationsPages(
            Jobs jobs,
            LedgerQueries ledger,
            ViewPositions positions,
            ProcessorStates processors,
            ParkedRefusals parked,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.positions = positions;
        this.processors = processors;
        this.parked = parked;
        this.meters = meters;
    }

    /**
     * A view or policy.
     *
     * @param position last position in it
     * @param behind   events it has still to see
     * @param failure  class of the error that stops it; empty when it fares well
     */
    record ProcessorRow(String name, boolean view, long position, long behind, boolean running, String failure) {}

    @GetMapping("/exploitation")
    String operations(Model page) {
        show(page, null);
        return "replay/operations";
    }

    /** @param confirmation the name of the view, typed again */
    @PostMapping("/exploitation")
    String rebuild(
            @RequestParam(name = "vue", required = false) @Nullable String view,
            @RequestParam(name = "confirmation", required = false) @Nullable String confirmation,
            Model page,
            HttpServletResponse response) {
        if (view == null
                || !jobs.views().contains(view)
                || confirmation == null
                || !confirmation.strip().equals(view)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(page, view == null || !jobs.views().contains(view) ? "" : view);
            return "replay/operations";
        }
        jobs.start(Job.Kind.REBUILD, view);
        return "redirect:/exploitation";
    }

    /** @param unconfirmed view whose rebuild was asked for without its name typed again; empty for an unknown one */
    private void show(Model page, @Nullable String unconfirmed) {
        // Read before the positions: nobody is ahead of the ledger.
        List<ProcessorStates.State> states = processors.all();
        long head = ledger.head();
        List<ViewJob> rebuilds = jobs.views().stream()
                .map(view -> ViewJob.of(view, jobs.latest(Job.Kind.REBUILD, view)))
                .toList();
        page.addAttribute("head", head);
        page.addAttribute(
                "processors", states.stream().map(state -> row(state, head)).toList());
        page.addAttribute("rebuilds", rebuilds);
        page.addAttribute("underWay", rebuilds.stream().anyMatch(ViewJob::isUnderWay));
        page.addAttribute("parked", parked.newest(PARKED_SHOWN));
        page.addAttribute("queue", gauge("ledger.writer.queue"));
        page.addAttribute("refusals", refusals());
        page.addAttribute("unconfirmed", unconfirmed);
    }

    private ProcessorRow row(ProcessorStates.State state, long head) {
        boolean view = jobs.views().contains(state.name());
        long position = view ? positions.of(state.name()) : state.position();
        return new ProcessorRow(
                state.name(),
                view,
                position,
                Math.max(0, head - position),
                state.running(),
                state.failure().orElse(""));
    }

    private long gauge(String name) {
        return Optional.ofNullable(meters.find(name).gauge())
                .map(Gauge::value)
                .map(Math::round)
                .orElse(0L);
    }

    private long refusals() {
        return Math.round(meters.find("ledger.writer.refusals").counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}

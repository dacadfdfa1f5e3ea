package fr.grandlivre.api.replay;

import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.live.DeadLetters.Reason;
import fr.grandlivre.query.live.Retries;
import fr.grandlivre.rules.ParisDays;
import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an operator sees: how far views and policies have come, what is put aside, how the writer fares. */
@Controller
@Allowed(Role.OPERATOR)
class OperationsPages {
    private static final String ADDRESS = "/exploitation";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ParisDays.ZONE);

    private final Operations operations;
    private final Jobs jobs;
    private final Map<String, JobWords> words;
    private final MessageSource messages;

    OperationsPages(Operations operations, Jobs jobs, List<JobWords> words, MessageSource messages) {
        this.operations = operations;
        this.jobs = jobs;
        this.words = words.stream()
                .collect(Collectors.toMap(each -> each.kind().name().toLowerCase(Locale.ROOT), Function.identity()));
        this.messages = messages;
    }

    @GetMapping(ADDRESS)
    String operations(Model page, Locale language) {
        show(page, null, language);
        return "replay/operations";
    }

    /** @param confirmation the name of the view, typed again */
    @PostMapping(ADDRESS)
    String rebuild(
            @RequestParam(name = "vue", required = false) @Nullable String view,
            @RequestParam(name = "confirmation", required = false) @Nullable String confirmation,
            Model page,
            Locale language,
            HttpServletResponse response) {
        if (view == null
                || !jobs.views().contains(view)
                || confirmation == null
                || !confirmation.strip().equals(view)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(page, view == null || !jobs.views().contains(view) ? "" : view, language);
            return "replay/operations";
        }
        jobs.start(Job.Kind.REBUILD, view);
        return "redirect:" + ADDRESS;
    }

    @PostMapping("/exploitation/relance")
    String restart(
            @RequestParam(name = "traitement", required = false) @Nullable String processor, RedirectAttributes next) {
        operations.restart(processor);
        next.addFlashAttribute("restarted", processor);
        return "redirect:" + ADDRESS;
    }

    @PostMapping("/exploitation/reprise")
    String retry(
            @RequestParam(name = "traitement", required = false) @Nullable String processor,
            @RequestParam(name = "flux", required = false) @Nullable String stream,
            RedirectAttributes next) {
        Retries.Outcome outcome = operations.retry(processor, stream);
        next.addFlashAttribute("dealt", outcome.dealt());
        outcome.position().ifPresent(position -> next.addFlashAttribute("stuckAt", position));
        return "redirect:" + ADDRESS;
    }

    @PostMapping("/exploitation/abandon")
    String skip(
            @RequestParam(name = "traitement", required = false) @Nullable String processor,
            @RequestParam(name = "position", required = false) @Nullable Long position,
            @RequestParam(name = "motif", required = false) @Nullable String reason,
            RedirectAttributes next) {
        operations.skip(processor, position, reason);
        next.addFlashAttribute("skipped", position);
        return "redirect:" + ADDRESS;
    }

    /** @param unconfirmed view whose rebuild was asked for without its name typed again; empty for an unknown one */
    private void show(Model page, @Nullable String unconfirmed, Locale language) {
        List<ViewJob> rebuilds = jobs.views().stream()
                .map(view -> ViewJob.of(view, jobs.latest(Job.Kind.REBUILD, view)))
                .toList();
        Operations.Snapshot now = operations.now();
        page.addAttribute("now", now);
        page.addAttribute(
                "subjects",
                now.jobs().stream().collect(Collectors.toMap(Operations.JobLine::id, job -> subject(job, language))));
        page.addAttribute("times", INSTANT);
        page.addAttribute(
                "reasons", Arrays.stream(Reason.values()).map(Reason::code).toList());
        page.addAttribute("rebuilds", rebuilds);
        page.addAttribute("underWay", rebuilds.stream().anyMatch(ViewJob::isUnderWay));
        page.addAttribute("unconfirmed", unconfirmed);
    }

    private String subject(Operations.JobLine job, Locale language) {
        return words(job).stream()
                .map(part -> messages.getMessage(part, language))
                .collect(Collectors.joining(", "));
    }

    /** What a job works on. */
    private List<MessageSourceResolvable> words(Operations.JobLine job) {
        JobWords own = words.get(job.kind());
        if (own == null) {
            String key = job.view().equals(Jobs.LEDGER) ? "operations.job.ledger" : "recount.view." + job.view();
            return List.of(new DefaultMessageSourceResolvable(new String[] {key}, job.view()));
        }
        try {
            return own.of(job.view());
        } catch (IllegalArgumentException _) {
            // Noted by a node of another release.
            return List.of(new DefaultMessageSourceResolvable(new String[0], job.view()));
        }
    }
}

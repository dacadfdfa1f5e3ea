package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.LedgerExport.Manifest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an auditor takes the ledger away in files. */
@Controller
@Allowed(Role.AUDITOR)
class LedgerExportPages {
    private static final String ADDRESS = "/audit/exports";

    private final LedgerExports exports;
    private final LedgerReader ledger;

    LedgerExportPages(LedgerExports exports, LedgerReader ledger) {
        this.exports = exports;
        this.ledger = ledger;
    }

    /** An export with what it holds, once it is over and while its files are here. */
    record Row(Job job, LedgerExports.Part part, @Nullable Manifest manifest) {}

    @GetMapping(ADDRESS)
    String exports(Model page) {
        show(page, "jsonl", "", "", List.of());
        return "audit/exports";
    }

    @PostMapping(ADDRESS)
    String start(
            @RequestParam(name = "format", defaultValue = "") String format,
            @RequestParam(name = "de", defaultValue = "") String from,
            @RequestParam(name = "a", defaultValue = "") String to,
            Model page,
            HttpServletResponse response) {
        try {
            exports.start(format, from, to);
            return "redirect:" + ADDRESS;
        } catch (ProblemException refused) {
            if (refused.problem().violations().isEmpty()) {
                throw refused;
            }
            response.setStatus(refused.problem().status());
            show(page, format, from, to, refused.problem().violations());
            return "audit/exports";
        }
    }

    private void show(Model page, String format, String from, String to, List<Violation> errors) {
        List<Row> rows = exports.all().stream().map(this::row).toList();
        page.addAttribute("chosen", format);
        page.addAttribute("from", from);
        page.addAttribute("to", to);
        page.addAttribute("errors", errors);
        page.addAttribute("head", ledger.head());
        page.addAttribute(
                "formats",
                Arrays.stream(LedgerExport.Format.values())
                        .map(LedgerExport.Format::word)
                        .toList());
        page.addAttribute("exports", rows);
        page.addAttribute("underWay", rows.stream().anyMatch(row -> !row.job().isOver()));
    }

    private Row row(Job job) {
        return new Row(
                job, LedgerExports.Part.of(job.subject()), exports.manifest(job).orElse(null));
    }
}

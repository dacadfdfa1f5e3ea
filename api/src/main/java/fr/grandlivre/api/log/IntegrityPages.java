package fr.grandlivre.api.log;

import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.security.Allowed;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.Rereadings;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.Finding;
import fr.grandlivre.store.log.LogDamagedException;
import fr.grandlivre.store.log.SealedCheckpoint;
import fr.grandlivre.store.log.Sealer;
import fr.grandlivre.store.log.TransparencyLog;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where an auditor sees that nothing was changed, and has it checked again. */
@Controller
@Allowed(Role.AUDITOR)
class IntegrityPages {
    private static final String ADDRESS = "/audit/integrite";
    private static final int FINDINGS_SHOWN = 100;

    /** What somebody else types on another machine. */
    private static final String COMMANDS = """
        curl -s %1$s/log1/checkpoint
        curl -s -H 'Accept: text/plain' '%1$s/api/v1/ledger/proofs?position=1'
        ops/checks/tlog %1$s
        java -jar grand-livre.jar fsck --json\
        """;

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ParisDays.ZONE);

    private final TransparencyLog log;
    private final Sealer sealer;
    private final LedgerReader ledger;
    private final Rereadings rereadings;
    private final Jobs jobs;

    IntegrityPages(TransparencyLog log, Sealer sealer, LedgerReader ledger, Rereadings rereadings, Jobs jobs) {
        this.log = log;
        this.sealer = sealer;
        this.ledger = ledger;
        this.rereadings = rereadings;
        this.jobs = jobs;
    }

    /**
     * The last checkpoint.
     *
     * @param root       base64
     * @param signedAt   time in Paris
     * @param ageSeconds by the system's clock
     */
    record Signed(long size, String root, String signedAt, long ageSeconds, String note) {
        static Signed of(SealedCheckpoint head) {
            return new Signed(
                    head.checkpoint().size(),
                    Base64.getEncoder().encodeToString(head.checkpoint().root()),
                    INSTANT.format(head.signedAt()),
                    Math.max(
                            0,
                            Duration.between(head.signedAt(), Clock.systemUTC().instant())
                                    .toSeconds()),
                    head.note());
        }
    }

    /**
     * The last full re-reading.
     *
     * @param finishedAt time in Paris
     * @param findings   the first {@value #FINDINGS_SHOWN}
     * @param total      findings in all
     */
    record Reread(
            String finishedAt, long to, long head, long checkpoints, List<Finding> findings, long total, long erased) {
        static Reread of(Rereadings.Finished last) {
            return new Reread(
                    INSTANT.format(last.finishedAt()),
                    last.report().to(),
                    last.report().head(),
                    last.report().checkpointsCompared(),
                    last.report().findings().stream().limit(FINDINGS_SHOWN).toList(),
                    last.report().total(),
                    last.report().erasedKeys());
        }
    }

    @GetMapping(ADDRESS)
    String integrity(Model page) {
        long sealed = 0;
        try {
            Optional<SealedCheckpoint> head = log.latest();
            sealed = head.map(last -> last.checkpoint().size()).orElse(0L);
            page.addAttribute("signed", head.map(Signed::of).orElse(null));
        } catch (LogDamagedException damaged) {
            page.addAttribute("damage", damaged.getMessage());
        }
        page.addAttribute("sealed", sealed);
        page.addAttribute("unsealed", Math.max(0, ledger.head() - sealed));
        page.addAttribute("lagSeconds", sealer.lag().toSeconds());
        page.addAttribute("refusal", sealer.refusal().orElse(null));
        page.addAttribute("reread", rereadings.last().map(Reread::of).orElse(null));
        Optional<Job> job = jobs.latest(Job.Kind.REREAD, Jobs.LEDGER);
        page.addAttribute("job", job.orElse(null));
        page.addAttribute("underWay", job.filter(one -> !one.isOver()).isPresent());
        page.addAttribute(
                "failed", job.filter(one -> one.state() == Job.State.FAILED).isPresent());
        page.addAttribute(
                "interrupted",
                job.filter(one -> one.state() == Job.State.INTERRUPTED).isPresent());
        page.addAttribute("key", log.keys().getFirst().vkey());
        page.addAttribute(
                "commands",
                COMMANDS.formatted(
                        ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()));
        return "log/integrity";
    }

    @PostMapping(ADDRESS)
    String reread() {
        jobs.start(Job.Kind.REREAD, Jobs.LEDGER);
        return "redirect:" + ADDRESS;
    }
}

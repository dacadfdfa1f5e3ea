package fr.grandlivre.api.replay;

import fr.grandlivre.query.audit.Rereadings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Reads the ledger again every night: a sound tree head alone does not show an edited row. One node does it. */
@Component
class NightlyRereading {
    /** Two nodes whose nights begin at the same minute. */
    private static final Duration RECENT = Duration.ofHours(12);

    private final Jobs jobs;
    private final Rereadings results;

    NightlyRereading(Jobs jobs, Rereadings results) {
        this.jobs = jobs;
        this.results = results;
    }

    @Scheduled(cron = "0 15 3 * * *", zone = "Europe/Paris")
    void reread() {
        if (results.takeTurn(Clock.systemUTC().instant(), RECENT)) {
            jobs.start(Job.Kind.REREAD, Jobs.LEDGER);
        }
    }
}

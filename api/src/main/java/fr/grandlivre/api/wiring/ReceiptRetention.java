package fr.grandlivre.api.wiring;

import fr.grandlivre.store.LedgerReader;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets receipts that no caller will ask for again. Every node may do it at any time. */
@Component
@EnableScheduling
class ReceiptRetention {
    /** A caller asks again within minutes; thirty days outlast any queue of retries. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** A transaction of some milliseconds. */
    private static final int AT_ONCE = 5_000;

    private final LedgerReader ledger;
    private final Clock clock;

    ReceiptRetention(LedgerReader ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void purge() {
        int purged;
        do {
            purged = ledger.purgeReceipts(clock.instant().minus(KEPT), AT_ONCE);
        } while (purged == AT_ONCE);
    }
}

package fr.grandlivre.api.replay;

import fr.grandlivre.query.audit.Rereadings;
import fr.grandlivre.store.log.Fsck;
import fr.grandlivre.store.log.Reread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the whole ledger again and remembers what was found. Thread-safe. */
@Component
class Rereading {
    private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

    private final Fsck fsck;
    private final Rereadings results;
    private final AtomicReference<Double> findings = new AtomicReference<>(Double.NaN);

    Rereading(Fsck fsck, Rereadings results, MeterRegistry meters) {
        this.fsck = fsck;
        this.results = results;
        Gauge.builder("ledger.fsck.findings", findings, AtomicReference::get)
                .description("findings of the last full re-reading of this node; not a number before the first")
                .register(meters);
        Gauge.builder("ledger.fsck.age.seconds", results, Rereading::age)
                .description("how long ago the ledger was last read again as a whole; not a number before the first")
                .register(meters);
    }

    private static double age(Rereadings results) {
        return results.last()
                .map(last ->
                        Duration.between(last.finishedAt(), Clock.systemUTC().instant())
                                        .toMillis()
                                / 1e3)
                .orElse(Double.NaN);
    }

    Reread run(Consumer<Fsck.Progress> progress) {
        Reread found = fsck.run(1, progress);
        findings.set((double) found.total());
        results.keep(found, Clock.systemUTC().instant());
        if (!found.clean()) {
            LOG.error(
                    "The ledger is not as it was sealed: {} findings, the first {}",
                    found.total(),
                    found.findings().getFirst());
        }
        return found;
    }
}

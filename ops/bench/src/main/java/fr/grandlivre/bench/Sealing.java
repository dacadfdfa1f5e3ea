package fr.grandlivre.bench;

import fr.grandlivre.store.log.LastCheckpoint;
import fr.grandlivre.store.log.Sealer;
import fr.grandlivre.store.log.TransparencyLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Seals a ledger while something else is measured: what the transparency log costs those who append. */
final class Sealing {
    private final Ledger ledger;
    private final BenchSigner signer = new BenchSigner();
    private final LastCheckpoint kept;

    /** @param directory for the checkpoint outside the database */
    Sealing(Ledger ledger, Path directory) throws Exception {
        this.ledger = ledger;
        Path file = directory.resolve("last-checkpoint");
        Files.deleteIfExists(file);
        this.kept = new LastCheckpoint(file);
    }

    /** Something that is measured. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Runs some work beside a sealer that has caught up when it begins. */
    void during(Work work) throws Exception {
        TransparencyLog log = new TransparencyLog(ledger.app(), List.of(signer.verifier()));
        try (Sealer sealer = new Sealer(
                ledger.unpooled(),
                ledger.reader(),
                ledger.tail(),
                log,
                signer,
                kept,
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
            while (sealer.size() < ledger.reader().head()) {
                if (sealer.refusal().isPresent()) {
                    throw new IllegalStateException(sealer.refusal().get());
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            work.run();
        }
    }
}

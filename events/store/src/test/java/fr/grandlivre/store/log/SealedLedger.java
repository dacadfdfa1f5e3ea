package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.store.Requests;
import fr.grandlivre.store.StreamAppend;
import fr.grandlivre.store.TestLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A test ledger with its log. */
final class SealedLedger implements AutoCloseable {
    static final String ORIGIN = "ledger.test/log1";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TestLedger ledger = TestLedger.create();
    private final TestSigner signer = TestSigner.named(ORIGIN);
    private final TransparencyLog log = new TransparencyLog(ledger.app(), List.of(signer.verifier()));
    private final LastCheckpoint kept;
    private final List<Sealer> sealers = new ArrayList<>();
    private MeterRegistry meters = new SimpleMeterRegistry();

    /** @param directory for what is kept outside the database */
    SealedLedger(Path directory) {
        this.kept = new LastCheckpoint(directory.resolve("last-checkpoint"));
    }

    TestLedger ledger() {
        return ledger;
    }

    TransparencyLog log() {
        return log;
    }

    LastCheckpoint kept() {
        return kept;
    }

    /** @return a meter of the sealer that was started last */
    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    TestSigner signer() {
        return signer;
    }

    /** @return one more sealer, as a node would start it */
    Sealer seal(LastCheckpoint memory) {
        meters = new SimpleMeterRegistry();
        Sealer sealer = new Sealer(
                ledger.unpooled(), ledger.reader(), ledger.tail(), log, signer, memory, Clock.systemUTC(), meters);
        sealers.add(sealer);
        return sealer;
    }

    Sealer seal() {
        return seal(kept);
    }

    /** Appends some streams of 1 to 5 events each. */
    void append(int streams, Random random) {
        for (int i = 0; i < streams; i++) {
            List<StreamAppend> appends = new ArrayList<>();
            appends.add(Requests.events(UUID.randomUUID(), 0, 1 + random.nextInt(5)));
            ledger.writer()
                    .append(Requests.of(appends.toArray(StreamAppend[]::new)))
                    .join();
        }
    }

    /** Waits until all events are under a checkpoint. */
    void awaitSealed() {
        await(() -> log.latest().map(head -> head.checkpoint().size()).orElse(0L)
                == ledger.reader().head());
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    Reread fsck() {
        return new Fsck(ledger.app(), log, kept).run(1, _ -> {});
    }

    @Override
    public void close() {
        sealers.forEach(Sealer::close);
        ledger.close();
    }
}

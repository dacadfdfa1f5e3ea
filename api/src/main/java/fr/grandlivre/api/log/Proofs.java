package fr.grandlivre.api.log;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import fr.grandlivre.store.log.InclusionProof;
import fr.grandlivre.store.log.SealedCheckpoint;
import fr.grandlivre.store.log.TransparencyLog;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Proofs about events, with the problems of those who ask too early or for nothing. Thread-safe. */
@Component
public class Proofs {
    /** A proof as a person keeps it. */
    public static final String FILE_NAME = "preuve.tlog-proof";

    /** Address of the proof of an event, for everybody; the event's id follows. */
    public static final String BY_EVENT = "/api/v1/ledger/proofs/";

    /** A checkpoint follows an event within two seconds. */
    private static final Duration SEALED_WITHIN = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final LedgerReader ledger;
    private final TransparencyLog log;

    Proofs(LedgerReader ledger, TransparencyLog log) {
        this.ledger = ledger;
        this.log = log;
    }

    /** @throws ProblemException {@code not-found} when no event has the id */
    long position(UUID eventId) {
        return ledger.position(eventId).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * @param position of an event
     * @throws ProblemException {@code not-found} beyond the ledger, {@code not-sealed-yet} before its checkpoint
     */
    public InclusionProof inclusion(long position) {
        if (position < 1) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        return log.inclusion(position)
                .orElseThrow(() -> position > ledger.head() ? new ProblemException(Slug.NOT_FOUND) : notSealedYet());
    }

    /** @return whether a checkpoint covers the event at a position, so that there is a proof */
    public boolean isSealed(long position) {
        return log.latest().filter(head -> position <= head.checkpoint().size()).isPresent();
    }

    /**
     * @param position of an event
     * @return a proof file that carries the event with it: whoever holds it needs nothing from us to check it
     * @throws ProblemException as {@link #inclusion}
     */
    public String fileForHolder(long position) {
        InclusionProof proof = inclusion(position);
        StoredEvent event = ledger.at(position).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        return proof.text(TransparencyLog.entry(event), event.payload());
    }

    /**
     * Waits for the seal of an event that may have been recorded a moment ago.
     *
     * @param position of an event
     * @param within   how long to wait
     * @return as {@link #fileForHolder(long)}; empty when no checkpoint covers the event by then
     */
    public Optional<String> fileForHolder(long position, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isSealed(position)) {
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Optional.of(fileForHolder(position));
    }

    List<byte[]> consistency(long from, long to) {
        long sealed = log.latest()
                .map(SealedCheckpoint::checkpoint)
                .map(last -> last.size())
                .orElse(0L);
        if (to <= sealed) {
            return log.consistency(from, to);
        }
        throw to <= ledger.head()
                ? notSealedYet()
                : new ProblemException(Problem.invalid(List.of(new Violation("/to", "position.beyond-head"))));
    }

    /**
     * @param first index of the first entry
     * @param count how many
     * @return each entry after its length, two bytes, the larger first
     */
    byte[] entries(long first, int count) {
        if (log.tile(0, first / TilePath.FULL, count).isEmpty()) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (StoredEvent event : ledger.page(first, count)) {
            byte[] entry = TransparencyLog.entry(event);
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    private static ProblemException notSealedYet() {
        return new ProblemException(Problem.of(Slug.NOT_SEALED_YET).retryAfter(SEALED_WITHIN));
    }
}

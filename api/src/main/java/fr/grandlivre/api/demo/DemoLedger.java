package fr.grandlivre.api.demo;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What the seeder reads back: facts that the ledger made of its commands, and those that policies add by themselves. */
final class DemoLedger {
    /** The past of a large school keeps the policies busy for minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final LedgerReader reader;
    private final LedgerTail tail;
    private final EventCodec codec;

    DemoLedger(LedgerReader reader, LedgerTail tail, EventCodec codec) {
        this.reader = reader;
        this.tail = tail;
        this.codec = codec;
    }

    /** @return the first event of that kind in a stream, its personal fields closed; empty when there is none */
    <E extends LedgerEvent> Optional<E> event(UUID stream, Class<E> kind) {
        return events(stream, kind).stream().findFirst();
    }

    /** @return the events of that kind in a stream, their personal fields closed */
    <E extends LedgerEvent> List<E> events(UUID stream, Class<E> kind) {
        String type = codec.catalog().of(kind).name();
        return reader.stream(stream, 0).stream()
                .filter(stored -> stored.type().equals(type))
                .map(stored -> kind.cast(decoded(stored)))
                .toList();
    }

    private LedgerEvent decoded(StoredEvent stored) {
        return codec.decode(stored.eventId(), stored.type(), stored.version(), stored.payload(), null);
    }

    /**
     * Waits until the ledger has grown to what a policy owes.
     *
     * @param what is waited for, in words
     * @throws IllegalStateException when it does not come
     */
    void await(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                long head = reader.head();
                if (there.getAsBoolean()) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("demonstration: no " + what + " after " + PATIENCE);
                }
                boolean _ = tail.awaitBeyond(head, Duration.ofSeconds(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("demonstration: interrupted while waiting for " + what);
        }
    }
}

package fr.grandlivre.query.live;

import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries events again that were put aside, in the order of their stream, until one fails again. Thread-safe. */
public final class Retries {
    private final LedgerReader ledger;
    private final DeadLetters letters;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Map<String, SecondTry> processors = new ConcurrentHashMap<>();

    public Retries(LedgerReader ledger, DeadLetters letters, JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.ledger = ledger;
        this.letters = letters;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Says how a processor deals with an event once more. */
    public void add(String processor, SecondTry again) {
        processors.put(processor, again);
    }

    /** @return whether there is a processor of that name */
    public boolean knows(String processor) {
        return processors.containsKey(processor);
    }

    /**
     * @param dealt    events that were dealt with
     * @param position of the event that failed again; empty when nothing waits any more
     */
    public record Outcome(int dealt, Optional<Long> position) {}

    /**
     * @param processor one that is {@link #knows known}
     * @param stream    whose events wait
     */
    public Outcome retry(String processor, UUID stream) {
        SecondTry again = processors.get(processor);
        if (again == null) {
            throw new IllegalArgumentException("no such processor");
        }
        int dealt = 0;
        for (Long position : letters.positions(processor, stream)) {
            StoredEvent stored = ledger.at(position).orElseThrow();
            boolean passed = Boolean.TRUE.equals(transaction.execute(_ -> passes(processor, stored, again)));
            if (!passed) {
                return new Outcome(dealt, Optional.of(position));
            }
            dealt++;
        }
        return new Outcome(dealt, Optional.empty());
    }

    private boolean passes(String processor, StoredEvent stored, SecondTry again) {
        AtomicReference<@Nullable String> cause = new AtomicReference<>();
        RuntimeException failure =
                Poison.attempt(jdbc, () -> cause.set(again.deal(stored).orElse(null)));
        String why = failure == null ? cause.get() : Poison.name(failure);
        if (why == null) {
            letters.settle(processor, stored.position());
            return true;
        }
        letters.park(processor, stored.stream(), stored.position(), why);
        return false;
    }
}

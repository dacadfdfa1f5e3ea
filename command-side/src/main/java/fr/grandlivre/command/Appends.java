package fr.grandlivre.command;

import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What the ledger tells about the append of one dispatch. Implemented over the store; safe for use by many threads. */
public interface Appends {
    /**
     * Runs a dispatch in the caller's thread.
     *
     * @return its result and the last event it appended
     */
    <R> Observed<R> observe(Supplier<R> dispatch);

    /** @return whether somebody else appended to one of the streams first, so that deciding again may succeed */
    default boolean isConflict(RuntimeException failure) {
        return failure instanceof ConcurrencyException || failure instanceof AggregateStreamCreationException;
    }

    /** @return what an earlier sending of the same command recorded, when that is what the failure says */
    default Optional<Outcome.Recorded> replayed(RuntimeException failure) {
        return Optional.empty();
    }

    /**
     * @param result   what the dispatch returned
     * @param appended where its last event came to stand; empty when it appended nothing
     * @param <R>      type of the result
     */
    record Observed<R>(R result, Optional<Outcome.Recorded> appended) {}
}

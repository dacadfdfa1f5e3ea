package fr.grandlivre.command;

import fr.grandlivre.events.LedgerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;

/**
 * A stream and the state that its events amount to. Aggregates add one-line handlers: deciding is the decider's, folding
 * is the state's. Confined to the thread that holds the stream's lock.
 *
 * @param <S> the feature's sealed state
 */
public abstract class LedgerAggregate<S> {
    @AggregateIdentifier
    private final UUID stream;

    private S state;

    /** @param unborn the state of a stream without events */
    protected LedgerAggregate(UUID stream, S unborn) {
        this.stream = stream;
        this.state = unborn;
    }

    /** @return the stream, also of an aggregate that has no event yet */
    protected final UUID stream() {
        return stream;
    }

    protected final S state() {
        return state;
    }

    /** Takes the state after an event. */
    protected final void become(S next) {
        state = next;
    }

    /**
     * What was just decided is not recorded yet: until the aggregate is read again, now stands for the ledger's instant,
     * which is a moment later. Delays of days are compared with it, nothing finer.
     *
     * @param recordedAt what the message says; of the machine's clock for an event that is being applied
     * @return instant of the event that is being folded, in whole milliseconds of the domain's clock
     */
    protected static Instant at(Instant recordedAt, ServerClock clock) {
        return AggregateLifecycle.isLive() ? clock.now() : recordedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** @return the same decision, its events applied to this stream */
    protected final Decision record(Decision decision) {
        if (decision instanceof Decision.Accepted(var events)) {
            events.forEach(AggregateLifecycle::apply);
        }
        return decision;
    }

    final void record(LedgerEvent event) {
        AggregateLifecycle.apply(event);
    }
}

package fr.grandlivre.query.live;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Feeds one projection from Axon's streaming processor. A batch is collected and folded once, when its unit of work
 * prepares to commit, so that rows, position and token are one transaction.
 *
 * @see Folding what becomes of an event that cannot be folded
 */
public final class ProjectionInvoker implements EventHandlerInvoker, SecondTry {
    private final Projection projection;
    private final RecordedEvents events;
    private final ViewPositions positions;
    private final Folding folding;
    private final ViewSchema live;
    private final String version;
    private final AtomicLong missing = new AtomicLong();

    public ProjectionInvoker(
            Projection projection,
            EventCodec codec,
            PersonalVault vault,
            ViewPositions positions,
            DeadLetters letters,
            JdbcTemplate jdbc) {
        this.projection = projection;
        this.events = RecordedEvents.of(codec, projection.readsPersonalFields() ? vault : null, projection.reads());
        this.positions = positions;
        this.folding = new Folding(projection, events, letters);
        this.live = new ViewSchema(projection.name(), jdbc);
        this.version = ViewSchema.version(projection);
    }

    /** Every event moves the view's position, also those it does not fold: readers wait for positions. */
    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    /** The ledger's tail hands out events as stored: what a view does not fold is never decoded. */
    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.getOrComputeResource(projection.name(), _ -> newBatch(batch)).add((StoredEvent) message.getPayload());
    }

    /** @return events that were missing between those that the last batch held and those that the view had; 0 is well */
    public long missing() {
        return missing.get();
    }

    @Override
    public Optional<String> deal(StoredEvent stored) {
        // No batch may be folded meanwhile: it would put aside what stands behind this event.
        ViewLock.exclusive(live);
        Tenants.every(live.jdbc());
        projection.apply(events.read(List.of(stored)), live);
        return Optional.empty();
    }

    private List<StoredEvent> newBatch(UnitOfWork<?> unitOfWork) {
        List<StoredEvent> batch = new ArrayList<>();
        unitOfWork.onPrepareCommit(_ -> fold(batch));
        unitOfWork.afterCommit(
                _ -> positions.reached(projection.name(), batch.getLast().position()));
        return batch;
    }

    private void fold(List<StoredEvent> batch) {
        ViewLock.shared(live);
        ViewSchema.State state = live.state();
        if (!state.version().equals(version)) {
            // A node of another release has made the view its own: this one must not write into its tables.
            throw new IllegalStateException("view " + live.name() + " is of another release");
        }
        long folded = state.position();
        List<StoredEvent> fresh =
                batch.stream().filter(stored -> stored.position() > folded).toList();
        if (!fresh.isEmpty()) {
            refuseHoles(folded, fresh);
            folding.fold(fresh, live);
            live.reached(fresh.getLast().position());
        }
    }

    /** Positions have no holes, so a hole is an event that the view would never show: the batch is read again. */
    private void refuseHoles(long folded, List<StoredEvent> fresh) {
        long holes = fresh.getLast().position() - folded - fresh.size();
        missing.set(holes);
        if (holes != 0) {
            throw new IllegalStateException(holes + " events are missing between " + folded + " and "
                    + fresh.getLast().position());
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}

package fr.grandlivre.query.live;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.Tenants;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Feeds one projection from Axon's streaming processor. A batch is collected and folded once, when its unit of work
 * prepares to commit, so that rows, position and token are one transaction.
 */
public final class ProjectionInvoker implements EventHandlerInvoker {
    private final Projection projection;
    private final RecordedEvents events;
    private final ViewPositions positions;
    private final ViewSchema live;
    private final String version;

    public ProjectionInvoker(
            Projection projection, EventCodec codec, PersonalVault vault, ViewPositions positions, JdbcTemplate jdbc) {
        this.projection = projection;
        this.events = RecordedEvents.of(codec, projection.readsPersonalFields() ? vault : null, projection.reads());
        this.positions = positions;
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

    private List<StoredEvent> newBatch(UnitOfWork<?> unitOfWork) {
        List<StoredEvent> batch = new ArrayList<>();
        unitOfWork.onPrepareCommit(_ -> fold(batch));
        unitOfWork.afterCommit(
                _ -> positions.reached(projection.name(), batch.getLast().position()));
        return batch;
    }

    private void fold(List<StoredEvent> batch) {
        ViewLock.shared(live);
        if (live.version().filter(version::equals).isEmpty()) {
            // A node of another release has made the view its own: this one must not write into its tables.
            throw new IllegalStateException("view " + live.name() + " is of another release");
        }
        Tenants.every(live.jdbc());
        long folded = live.position();
        List<StoredEvent> fresh =
                batch.stream().filter(stored -> stored.position() > folded).toList();
        if (!fresh.isEmpty()) {
            List<Recorded> page = events.read(fresh);
            projection.apply(page, live);
            live.reached(fresh.getLast().position());
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}

package fr.grandlivre.bench;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Feeds a projection from a streaming processor in the best way that Axon allows: a batch is collected, and folded once
 * when its unit of work prepares to commit.
 */
final class BatchFeed implements EventHandlerInvoker {
    private final Projection projection;
    private final RecordedEvents events;
    private final ViewSchema view;

    BatchFeed(Projection projection, RecordedEvents events, ViewSchema view) {
        this.projection = projection;
        this.events = events;
        this.view = view;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.getOrComputeResource(projection.name(), _ -> newBatch(batch)).add(recorded(message));
    }

    private List<Recorded> newBatch(UnitOfWork<?> unitOfWork) {
        List<Recorded> batch = new ArrayList<>();
        unitOfWork.onPrepareCommit(_ -> {
            projection.apply(batch, view);
            view.reached(batch.getLast().position());
        });
        return batch;
    }

    /** Decoded by the event store, or as stored: whichever the event store hands out. */
    private Recorded recorded(EventMessage<?> message) {
        if (message.getPayload() instanceof StoredEvent stored) {
            return events.read(stored);
        }
        DomainEventMessage<?> domain = (DomainEventMessage<?>) message;
        return new Recorded(
                ((TrackedEventMessage<?>) message).trackingToken().position().orElseThrow(),
                UUID.fromString(domain.getAggregateIdentifier()),
                Math.toIntExact(domain.getSequenceNumber()),
                UUID.fromString(message.getIdentifier()),
                message.getTimestamp(),
                (LedgerEvent) message.getPayload());
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}

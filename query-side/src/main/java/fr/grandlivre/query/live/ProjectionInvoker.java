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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Feeds one projection from Axon's streaming processor. A batch is collected and folded once, when its unit of work
 * prepares to commit, so that rows, position and token are one transaction.
 *
 * <p>An event that cannot be folded is put aside with the rest of its stream; all other streams go on.
 */
public final class ProjectionInvoker implements EventHandlerInvoker, SecondTry {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionInvoker.class);

    /** So many streams are not poisoned one by one: the view itself is broken, and waits for its cure instead. */
    static final int MOST_PARKED_STREAMS = 100;

    private final Projection projection;
    private final RecordedEvents events;
    private final ViewPositions positions;
    private final DeadLetters letters;
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
        this.letters = letters;
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
        if (live.version().filter(version::equals).isEmpty()) {
            // A node of another release has made the view its own: this one must not write into its tables.
            throw new IllegalStateException("view " + live.name() + " is of another release");
        }
        Tenants.every(live.jdbc());
        long folded = live.position();
        List<StoredEvent> fresh =
                batch.stream().filter(stored -> stored.position() > folded).toList();
        if (!fresh.isEmpty()) {
            refuseHoles(folded, fresh);
            apply(fresh, letters.streams(projection.name()));
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

    /** @param parked streams of which something was put aside; grows */
    private void apply(List<StoredEvent> page, Set<UUID> parked) {
        List<StoredEvent> free = new ArrayList<>(page.size());
        for (StoredEvent stored : page) {
            if (!parked.contains(stored.stream())) {
                free.add(stored);
            } else if (events.wants(stored)) {
                letters.park(projection.name(), stored.stream(), stored.position(), DeadLetters.BEHIND);
            }
        }
        if (free.isEmpty()) {
            return;
        }
        @Nullable
        RuntimeException failure = Poison.attempt(live.jdbc(), () -> projection.apply(events.read(free), live));
        if (failure != null) {
            isolate(free, parked, failure);
        }
    }

    /** Halves what fails until the culprit stands alone. */
    private void isolate(List<StoredEvent> page, Set<UUID> parked, RuntimeException failure) {
        if (page.size() > 1) {
            int half = page.size() / 2;
            apply(page.subList(0, half), parked);
            apply(page.subList(half, page.size()), parked);
            return;
        }
        if (parked.size() >= MOST_PARKED_STREAMS) {
            throw failure;
        }
        StoredEvent culprit = page.getFirst();
        LOG.error(
                "View {} cannot fold the event at position {} ({}): its stream is put aside",
                projection.name(),
                culprit.position(),
                Poison.place(failure));
        parked.add(culprit.stream());
        letters.park(projection.name(), culprit.stream(), culprit.position(), Poison.name(failure));
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}

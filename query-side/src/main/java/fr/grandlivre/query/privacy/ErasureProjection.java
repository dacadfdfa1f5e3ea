package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.privacy.ErasureEvent;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequestWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.ViewSchema;
import fr.grandlivre.query.Writes;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keeps what is asked, held and erased of whom. */
public final class ErasureProjection implements Projection {
    private static final String REQUESTED = """
        INSERT INTO ${schema}.request (person, position, classes, basis, requester, requested_at)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET position = EXCLUDED.position,
          classes = EXCLUDED.classes, basis = EXCLUDED.basis, requester = EXCLUDED.requester,
          requested_at = EXCLUDED.requested_at\
        """;

    private static final String ERASED = """
        INSERT INTO ${schema}.erasure (position, person, classes, kids, basis, erased_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (position) DO NOTHING\
        """;

    /** A request that asks for more than was erased goes on waiting. */
    private static final String CARRIED_OUT = """
        DELETE FROM ${schema}.request
        WHERE person = ? AND string_to_array(classes, ',') <@ string_to_array(?, ',')\
        """;

    private static final String HELD = """
        INSERT INTO ${schema}.hold (person, class, position, basis, until, placer, placed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, class) DO UPDATE SET position = EXCLUDED.position,
          basis = EXCLUDED.basis, until = EXCLUDED.until, placer = EXCLUDED.placer, placed_at = EXCLUDED.placed_at\
        """;

    @Override
    public String name() {
        return ErasureQueries.VIEW;
    }

    @Override
    public Set<Class<? extends LedgerEvent>> reads() {
        return Set.of(
                ErasureRequested.class,
                ErasureRequestWithdrawn.class,
                PersonErased.class,
                ErasureReceipted.class,
                HoldPlaced.class,
                HoldLifted.class);
    }

    @Override
    public void apply(List<Recorded> page, ViewSchema view) {
        Writes writes = new Writes();
        for (Recorded recorded : page) {
            if (recorded.event() instanceof ErasureEvent event) {
                write(event, recorded.position(), recorded.recordedAt().atOffset(ZoneOffset.UTC), writes);
            }
        }
        writes.into(view);
    }

    private static void write(ErasureEvent event, long position, OffsetDateTime at, Writes writes) {
        switch (event) {
            case ErasureRequested(var person, var classes, var basis, var requester) ->
                writes.add(REQUESTED, person.value(), position, names(classes), basis.name(), requester.value(), at);
            case ErasureRequestWithdrawn(var person) ->
                writes.add("DELETE FROM ${schema}.request WHERE person = ?", person.value());
            case PersonErased(var person, var classes, var kids, var basis) -> {
                String keys = kids.stream().map(UUID::toString).collect(Collectors.joining(","));
                writes.add(ERASED, position, person.value(), names(classes), keys, basis.name(), at);
                writes.add(CARRIED_OUT, person.value(), names(classes));
            }
            case ErasureReceipted(var person, long erasure, int residual, var receipt) ->
                writes.add(
                        "UPDATE ${schema}.erasure SET receipted_at = ?, residual = ?, receipt = ?"
                                + " WHERE position = ? AND person = ?",
                        at,
                        residual,
                        receipt,
                        erasure,
                        person.value());
            case HoldPlaced(var person, var dataClass, var basis, var until, var placer) ->
                writes.add(HELD, person.value(), dataClass.name(), position, basis.name(), until, placer.value(), at);
            case HoldLifted(var person, var dataClass) ->
                writes.add(
                        "DELETE FROM ${schema}.hold WHERE person = ? AND class = ?", person.value(), dataClass.name());
        }
    }

    private static String names(List<DataClass> classes) {
        return classes.stream().map(DataClass::name).collect(Collectors.joining(","));
    }
}

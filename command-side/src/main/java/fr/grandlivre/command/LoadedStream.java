package fr.grandlivre.command;

import fr.grandlivre.events.LedgerEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * One of the streams that a command over several streams decides on. Confined to the unit of work that loads it.
 *
 * @param <S> state of the stream
 */
public final class LoadedStream<S> {
    private final UUID stream;
    private final Repository<? extends LedgerAggregate<S>> repository;
    private @Nullable Aggregate<? extends LedgerAggregate<S>> aggregate;

    private LoadedStream(UUID stream, Repository<? extends LedgerAggregate<S>> repository) {
        this.stream = stream;
        this.repository = repository;
    }

    /** @return the stream, not loaded yet */
    public static <S> LoadedStream<S> of(UUID stream, Repository<? extends LedgerAggregate<S>> repository) {
        return new LoadedStream<>(stream, repository);
    }

    /** Loads and locks the streams in the order of their ids, so that two commands cannot wait for each other. */
    public static void load(LoadedStream<?>... streams) {
        Arrays.stream(streams).sorted(Comparator.comparing(each -> each.stream)).forEach(LoadedStream::loadOne);
    }

    private void loadOne() {
        aggregate = repository.load(stream.toString());
    }

    /** @return the state as loaded, or after the events recorded since */
    public S state() {
        return loaded().invoke(LedgerAggregate::state);
    }

    /** @return sequence of the stream's last event; -1 when it has none */
    public int lastSeq() {
        Long version = loaded().version();
        return version == null ? -1 : version.intValue();
    }

    /**
     * @param streamOf which of the command's streams an event belongs to
     * @return the same decision, each of its events applied to its stream
     */
    public static Decision record(Decision decision, Function<LedgerEvent, LoadedStream<?>> streamOf) {
        if (decision instanceof Decision.Accepted(var events)) {
            events.forEach(event -> streamOf.apply(event).record(event));
        }
        return decision;
    }

    /** @return the same decision, all its events applied to this stream */
    public Decision record(Decision decision) {
        return record(decision, _ -> this);
    }

    /** Applies an event to this stream. */
    public void record(LedgerEvent event) {
        loaded().execute(root -> root.record(event));
    }

    private Aggregate<? extends LedgerAggregate<S>> loaded() {
        if (aggregate == null) {
            throw new IllegalStateException("load all streams of a command at once, and first");
        }
        return aggregate;
    }
}

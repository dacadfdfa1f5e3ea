package fr.grandlivre.store.axon;

import fr.grandlivre.store.Appended;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tells the dispatcher of a command where its events stand. The engine runs in the dispatching thread and leaves its
 * answer here.
 */
public final class AppendScope {
    private static final ScopedValue<Holder> CURRENT = ScopedValue.newInstance();

    private AppendScope() {}

    /**
     * @param result   what the dispatch returned
     * @param appended where the events stand; empty when the command recorded none
     */
    public record Captured<R extends @Nullable Object>(R result, Optional<Appended> appended) {}

    /**
     * @param dispatch dispatches one command and waits for its result in this thread
     * @return its result, and what it recorded
     * @throws Exception what the dispatch throws
     */
    public static <R extends @Nullable Object> Captured<R> capture(Callable<R> dispatch) throws Exception {
        Holder holder = new Holder();
        R result = ScopedValue.where(CURRENT, holder).call(dispatch::call);
        return new Captured<>(result, Optional.ofNullable(holder.appended));
    }

    static void leave(Appended appended) {
        if (CURRENT.isBound()) {
            CURRENT.get().appended = appended;
        }
    }

    private static final class Holder {
        private @Nullable Appended appended;
    }
}

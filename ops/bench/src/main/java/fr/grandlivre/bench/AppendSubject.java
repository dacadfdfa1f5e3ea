package fr.grandlivre.bench;

import java.util.ArrayList;
import java.util.List;

/** A way to make events durable, with the means to prove afterwards that they are. */
interface AppendSubject extends AutoCloseable {
    /** @return what it is, as the report names it */
    String name();

    /** @return one more caller */
    Caller caller() throws Exception;

    /** @return so many more callers */
    default List<Caller> callers(int count) throws Exception {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(caller());
        }
        return callers;
    }

    /** @return position of the last event that this way has stored, 0 at first */
    long head() throws Exception;

    /**
     * @param position a former {@link #head()}
     * @return what was stored since then
     */
    Stored storedAfter(long position) throws Exception;

    @Override
    default void close() throws Exception {}

    /**
     * @param calls     acknowledgements that the stored rows account for
     * @param events    stored rows
     * @param meanBatch events in one transaction
     */
    record Stored(long calls, long events, double meanBatch) {
        /** @return events that one call made durable; 1 when there was no call */
        double eventsEach() {
            return calls == 0 ? 1 : (double) events / calls;
        }

        /** One event a call, each in a transaction of its own. */
        static Stored oneByOne(long events) {
            return new Stored(events, events, 1);
        }
    }
}

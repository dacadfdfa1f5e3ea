package fr.grandlivre.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writes that a page of events makes, in the order of the events; a run of the same statement is one batch. Not
 * thread-safe.
 */
public final class Writes {
    private final List<Run> runs = new ArrayList<>();

    /** Adds one execution of a statement. */
    public void add(String statement, @Nullable Object... row) {
        if (runs.isEmpty() || !runs.getLast().statement().equals(statement)) {
            runs.add(new Run(statement, new ArrayList<>()));
        }
        runs.getLast().rows().add(row);
    }

    /** Sends everything. */
    public void into(ViewSchema view) {
        runs.forEach(run -> view.batch(run.statement(), run.rows()));
    }

    private record Run(String statement, List<Object[]> rows) {}
}

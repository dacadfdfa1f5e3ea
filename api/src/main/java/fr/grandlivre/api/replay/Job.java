package fr.grandlivre.api.replay;

import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.store.log.Reread;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Long work on a view or on the ledger itself, as it is at one moment. Immutable.
 *
 * @param id         random
 * @param kind       what is done
 * @param view       name of the view; {@link Jobs#LEDGER} for the ledger itself
 * @param state      where it stands
 * @param done       last position folded
 * @param total      head of the ledger when the work began; 0 before
 * @param elapsed    time spent so far
 * @param eta        time left at the speed so far; zero before the first page
 * @param startedAt  when it was asked for
 * @param comparison what a replay found; empty until it succeeded
 * @param exchanged  position at which a rebuild exchanged the views; empty until it succeeded
 * @param reread     what a re-reading of the ledger found; empty until it succeeded
 */
public record Job(
        UUID id,
        Kind kind,
        String view,
        State state,
        long done,
        long total,
        Duration elapsed,
        Duration eta,
        Instant startedAt,
        Optional<Comparison> comparison,
        Optional<Long> exchanged,
        Optional<Reread> reread) {
    /** What can be done. */
    public enum Kind {
        /** Build it beside the live one and compare both. */
        REPLAY,
        /** Build it beside the live one and serve the new one. */
        REBUILD,
        /** Read every row of the ledger again and compare it with what was sealed. */
        REREAD
    }

    /** Where a job stands. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** @return whether nothing more will happen */
    public boolean isOver() {
        return state == State.SUCCEEDED || state == State.FAILED;
    }

    /** @return 0..100 */
    public int percent() {
        return state == State.SUCCEEDED ? 100 : total == 0 ? 0 : (int) (100 * done / total);
    }

    /** @return speed so far; 0 before the first page */
    public long eventsPerSecond() {
        return elapsed.isZero() ? 0 : done * 1_000 / Math.max(1, elapsed.toMillis());
    }

    static Job queued(UUID id, Kind kind, String view, Instant at) {
        return new Job(
                id,
                kind,
                view,
                State.QUEUED,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Job running(long position, long head, Duration spent) {
        Duration left = position == 0
                ? Duration.ZERO
                : spent.multipliedBy(head - position).dividedBy(position);
        return new Job(
                id, kind, view, State.RUNNING, position, head, spent, left, startedAt, comparison, exchanged, reread);
    }

    Job found(Comparison result) {
        return over(State.SUCCEEDED, Optional.of(result), Optional.empty(), Optional.empty());
    }

    Job found(Reread result) {
        return over(State.SUCCEEDED, Optional.empty(), Optional.empty(), Optional.of(result));
    }

    Job exchangedAt(long position) {
        return over(State.SUCCEEDED, Optional.empty(), Optional.of(position), Optional.empty());
    }

    Job failed() {
        return over(State.FAILED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Job over(State end, Optional<Comparison> compared, Optional<Long> position, Optional<Reread> found) {
        return new Job(id, kind, view, end, done, total, elapsed, Duration.ZERO, startedAt, compared, position, found);
    }
}

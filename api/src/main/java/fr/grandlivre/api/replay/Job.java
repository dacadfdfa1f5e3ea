package fr.grandlivre.api.replay;

import fr.grandlivre.query.replay.JobNotes;
import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.store.log.Reread;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Long work on a view or on the ledger itself, as it is at one moment. Immutable.
 *
 * @param id        random
 * @param kind      what is done
 * @param subject   name of a view; {@link Jobs#LEDGER} for the ledger itself; else what the kind says
 * @param state     where it stands
 * @param done      last position folded
 * @param total     position at which the work ends, as known when it began; 0 before
 * @param elapsed   time spent so far
 * @param eta       time left at the speed so far; zero before the first page
 * @param startedAt when it was asked for
 * @param outcome   what came of it; empty until it succeeded, and for one of another node or before a restart
 */
public record Job(
        UUID id,
        Kind kind,
        String subject,
        State state,
        long done,
        long total,
        Duration elapsed,
        Duration eta,
        Instant startedAt,
        Optional<Outcome> outcome) {
    /** What can be done. */
    public enum Kind {
        /** Build it beside the live one and compare both. */
        REPLAY,
        /** Build it beside the live one, compare, serve the new one and keep the old one. */
        REBUILD,
        /** Serve again what the last exchange replaced. */
        ROLLBACK,
        /** Read every row of the ledger again and compare it with what was sealed. */
        REREAD,
        /** Compute every result again from the answers. The subject says whose. */
        RECOUNT,
        /** Write the ledger to files. The subject says which part. */
        EXPORT
    }

    /** Where a job stands. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** Its process ended before it did. */
        INTERRUPTED
    }

    /** What came of a job. */
    public interface Outcome {}

    /** Of a {@link Kind#REPLAY}. */
    public record Compared(Comparison comparison) implements Outcome {}

    /**
     * Of a {@link Kind#REBUILD} or a {@link Kind#ROLLBACK}.
     *
     * @param position   at which the views were exchanged
     * @param comparison how they differed; empty after going back
     */
    public record Exchanged(long position, Optional<Comparison> comparison) implements Outcome {}

    /** Of a {@link Kind#REREAD}. */
    public record ReadAgain(Reread report) implements Outcome {}

    /** @return whether it succeeded, but what came of it is not here: with another node, or gone with a restart */
    public boolean isForgotten() {
        return state == State.SUCCEEDED && outcome.isEmpty();
    }

    /** @return whether nothing more will happen */
    public boolean isOver() {
        return state != State.QUEUED && state != State.RUNNING;
    }

    /** @return 0..100 */
    public int percent() {
        return state == State.SUCCEEDED ? 100 : total == 0 ? 0 : (int) (100 * done / total);
    }

    /** @return speed so far; 0 before the first page */
    public long eventsPerSecond() {
        return elapsed.isZero() ? 0 : done * 1_000 / Math.max(1, elapsed.toMillis());
    }

    /** @return what came of it; empty until it succeeded, and for another kind */
    public <O extends Outcome> Optional<O> outcome(Class<O> type) {
        return outcome.filter(type::isInstance).map(type::cast);
    }

    /** @return how the live view and the rebuilt one differed; empty before, and for other work */
    public Optional<Comparison> comparison() {
        return outcome.flatMap(found -> switch (found) {
            case Compared(var comparison) -> Optional.of(comparison);
            case Exchanged(var _, var comparison) -> comparison;
            default -> Optional.empty();
        });
    }

    /** @return what a re-reading found; empty before, and for other work */
    public Optional<Reread> reread() {
        return outcome(ReadAgain.class).map(ReadAgain::report);
    }

    static Job queued(UUID id, Kind kind, String subject, Instant at) {
        return new Job(id, kind, subject, State.QUEUED, 0, 0, Duration.ZERO, Duration.ZERO, at, Optional.empty());
    }

    Job running(long position, long end, Duration spent) {
        Duration left = position == 0
                ? Duration.ZERO
                : spent.multipliedBy(end - position).dividedBy(position);
        return new Job(id, kind, subject, State.RUNNING, position, end, spent, left, startedAt, outcome);
    }

    Job succeeded(Outcome found) {
        return over(State.SUCCEEDED, Optional.of(found));
    }

    Job failed() {
        return over(State.FAILED, Optional.empty());
    }

    Job cancelled() {
        return over(State.CANCELLED, Optional.empty());
    }

    Job interrupted() {
        return over(State.INTERRUPTED, Optional.empty());
    }

    /** @return a job of another node, or of this one before its start */
    static Job noted(JobNotes.Note note) {
        State stands = note.heard() ? State.valueOf(note.state()) : State.INTERRUPTED;
        Job told = queued(note.id(), Kind.valueOf(note.kind()), note.subject(), note.startedAt())
                .running(note.done(), note.total(), note.elapsed());
        return stands == State.RUNNING ? told : told.standing(stands);
    }

    private Job standing(State stands) {
        return new Job(id, kind, subject, stands, done, total, elapsed, Duration.ZERO, startedAt, outcome);
    }

    private Job over(State end, Optional<Outcome> found) {
        return new Job(id, kind, subject, end, done, total, elapsed, Duration.ZERO, startedAt, found);
    }
}

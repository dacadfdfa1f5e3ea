package fr.grandlivre.api.replay;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.replay.JobNotes;
import fr.grandlivre.query.replay.Rebuild;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Replays, rebuilds, re-readings, recounts and exports, one at a time and node in the order in which they were asked for,
 * so that readers keep their share of the machine. What came of a job lives in the memory of its node; how it stands and
 * how it ended is noted for all nodes, and for the time after a restart. One that a stop interrupts harmed nothing, is told
 * to be interrupted, and may be asked for again. Thread-safe.
 */
@Component
public class Jobs implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** Name of the ledger itself, where others name a view. */
    public static final String LEDGER = "ledger";

    /** One replay and one rebuild of each view may wait; more is a mistake. */
    private static final int MOST_WAITING = 24;

    /** What an auditor looks back at. */
    private static final int REMEMBERED = 100;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** A page of a ledger is dealt with in less: other nodes need not know each. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(1);

    private final Rebuild rebuild;
    private final Rereading rereading;
    private final JobNotes notes;
    private final ServerClock clock;
    private final Map<String, Projection> views = new LinkedHashMap<>();
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("jobs-", 0).daemon(true).factory());

    private long changes;
    private long notedNanos;
    private volatile boolean stopping;

    Jobs(Rebuild rebuild, Rereading rereading, JobNotes notes, List<Projection> projections, ServerClock clock) {
        this.rebuild = rebuild;
        this.rereading = rereading;
        this.notes = notes;
        this.clock = clock;
        projections.stream()
                .sorted(Comparator.comparing(Projection::name))
                .forEach(view -> views.put(view.name(), view));
    }

    /** Tells how far work has come, and stops it when somebody cancelled it. */
    @FunctionalInterface
    public interface Watch {
        /**
         * @param done    last position dealt with
         * @param total   position at which the work ends
         * @param elapsed time spent so far
         * @throws CancellationException when nobody wants the result any more
         */
        void reached(long done, long total, Duration elapsed);
    }

    /** What a job does. */
    @FunctionalInterface
    public interface Work {
        /** @param job its id */
        Job.Outcome run(UUID job, Watch watch);
    }

    /** @return names of the views, sorted */
    public List<String> views() {
        return List.copyOf(views.keySet());
    }

    /** @return the rows of a view that its last exchange replaced; empty when there are none */
    public Optional<Rebuild.Kept> kept(String view) {
        return rebuild.kept(projection(view));
    }

    /** Lets go of the rows that the last exchange of a view replaced. */
    public void confirm(String view) {
        rebuild.confirm(projection(view));
    }

    /**
     * Starts a job on a view or on the ledger, or joins the one that does the same already.
     *
     * @param kind {@code REPLAY}, {@code REBUILD}, {@code ROLLBACK} or {@code REREAD}
     * @param view one of {@link #views()}; {@link #LEDGER} for a re-reading
     * @throws IllegalArgumentException when there is no such view
     * @throws ProblemException         {@code overloaded} when too many wait
     */
    public Job start(Job.Kind kind, String view) {
        if (kind == Job.Kind.REREAD ? !view.equals(LEDGER) : !views.containsKey(view)) {
            throw new IllegalArgumentException("no such view");
        }
        return start(kind, view, (_, watch) -> work(kind, view, watch));
    }

    /**
     * Starts a job, or joins the one that does the same already.
     *
     * @param subject what it works on, so that the same wish is recognised
     * @throws ProblemException {@code overloaded} when too many wait
     */
    public synchronized Job start(Job.Kind kind, String subject, Work work) {
        Optional<Job> same = jobs.values().stream()
                .filter(job -> job.kind() == kind && job.subject().equals(subject) && !job.isOver())
                .findFirst();
        return same.orElseGet(() -> begin(kind, subject, work));
    }

    private Job begin(Job.Kind kind, String subject, Work work) {
        Job job = Job.queued(UUID.randomUUID(), kind, subject, clock.now());
        jobs.put(job.id(), job);
        try {
            notes.begin(job.id(), kind.name(), subject, job.state().name(), job.startedAt());
            worker.execute(() -> run(job, work));
        } catch (RejectedExecutionException _) {
            jobs.remove(job.id());
            notes.end(job.id(), Job.State.CANCELLED.name());
            throw new ProblemException(Slug.OVERLOADED);
        } catch (DataAccessException unavailable) {
            jobs.remove(job.id());
            throw unavailable;
        }
        forgetOldest();
        changed();
        return job;
    }

    private void forgetOldest() {
        jobs.values().stream()
                .filter(Job::isOver)
                .limit(Math.max(0, jobs.size() - REMEMBERED))
                .map(Job::id)
                .toList()
                .forEach(jobs::remove);
    }

    private void run(Job job, Work work) {
        if (find(job.id()).filter(Job::isOver).isPresent()) {
            return; // Cancelled while it waited.
        }
        notedNanos = System.nanoTime() - NOTED_EVERY.toNanos();
        try {
            Job.Outcome outcome = work.run(job.id(), (done, total, elapsed) -> reached(job.id(), done, total, elapsed));
            end(job.id(), running -> running.succeeded(outcome));
        } catch (CancellationException _) {
            LOG.info("Job {} ({}) was cancelled", job.id(), job.kind());
            end(job.id(), Job::cancelled);
        } catch (RuntimeException failure) {
            if (stopping) {
                LOG.info("Job {} ({}) is interrupted by a stop", job.id(), job.kind());
                end(job.id(), Job::interrupted);
            } else {
                LOG.error("Job {} ({} of {}) failed", job.id(), job.kind(), job.subject(), failure);
                end(job.id(), Job::failed);
            }
        } catch (Error defect) {
            end(job.id(), Job::failed);
            throw defect;
        }
    }

    private Job.Outcome work(Job.Kind kind, String view, Watch watch) {
        return switch (kind) {
            case REPLAY -> new Job.Compared(rebuild.compare(projection(view), told(watch)));
            case REBUILD -> {
                Rebuild.Comparison comparison = rebuild.replace(projection(view), told(watch));
                yield new Job.Exchanged(comparison.position(), Optional.of(comparison));
            }
            case ROLLBACK ->
                new Job.Exchanged(
                        rebuild.rollBack(projection(view), told(watch))
                                .orElseThrow(() -> new IllegalStateException("nothing is kept to go back to")),
                        Optional.empty());
            case REREAD ->
                new Job.ReadAgain(rereading.run(
                        progress -> watch.reached(progress.done(), progress.total(), progress.elapsed())));
            case RECOUNT, EXPORT -> throw new IllegalArgumentException("work of this kind comes with its program");
        };
    }

    private static Consumer<Rebuild.Progress> told(Watch watch) {
        return progress -> watch.reached(progress.done(), progress.total(), progress.elapsed());
    }

    private Projection projection(String view) {
        return Objects.requireNonNull(views.get(view), "no such view");
    }

    private void reached(UUID id, long done, long total, Duration elapsed) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("told to stop");
        }
        Optional<Job> now = change(id, job -> job.running(done, total, elapsed)).filter(job -> !job.isOver());
        boolean wanted = now.isPresent();
        if (wanted && System.nanoTime() - notedNanos >= NOTED_EVERY.toNanos()) {
            notedNanos = System.nanoTime();
            wanted = note(now.orElseThrow()); // Another node may have cancelled it.
        }
        if (!wanted) {
            throw new CancellationException();
        }
    }

    /** @return the job as it then is; empty when somebody cancelled it so long ago that it is forgotten */
    private synchronized Optional<Job> change(UUID id, UnaryOperator<Job> change) {
        // Whoever cancelled it has had the last word.
        Job now = jobs.computeIfPresent(id, (_, job) -> job.isOver() ? job : change.apply(job));
        changed();
        return Optional.ofNullable(now);
    }

    private void end(UUID id, UnaryOperator<Job> end) {
        try {
            change(id, end).ifPresent(this::note);
        } catch (DataAccessException unavailable) {
            LOG.warn("The end of job {} could not be noted: other nodes will take it for interrupted", id, unavailable);
        }
    }

    private boolean note(Job job) {
        return notes.change(job.id(), job.state().name(), job.done(), job.total(), job.elapsed());
    }

    /** Tells other nodes that the jobs of this one go on. */
    @Scheduled(fixedDelayString = "PT5S")
    void beat() {
        List<UUID> open = underWay();
        if (!open.isEmpty()) {
            notes.beat(open);
        }
    }

    private synchronized List<UUID> underWay() {
        return jobs.values().stream().filter(job -> !job.isOver()).map(Job::id).toList();
    }

    /** Work that waits will not be done; work under way, on whatever node, stops after its page. */
    public void cancel(UUID id) {
        if (inMemory(id).isPresent()) {
            change(id, Job::cancelled);
        }
        notes.end(id, Job.State.CANCELLED.name());
    }

    /** @return all that are remembered, of all nodes, the newest first */
    public List<Job> newest() {
        Map<UUID, Job> all = new LinkedHashMap<>();
        notes.newest(REMEMBERED).reversed().forEach(note -> all.put(note.id(), Job.noted(note)));
        synchronized (this) {
            all.putAll(jobs);
        }
        return List.copyOf(all.values()).reversed().stream()
                .sorted(Comparator.comparing(Job::startedAt).reversed())
                .limit(REMEMBERED)
                .toList();
    }

    /**
     * @return the job as it is now, without its outcome when another node or an earlier process did it; empty when there is
     *     none, or it was forgotten
     */
    public Optional<Job> find(UUID id) {
        return inMemory(id).or(() -> notes.find(id).map(Job::noted));
    }

    private synchronized Optional<Job> inMemory(UUID id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** @return the latest job of that kind on the view; empty when none is remembered */
    public Optional<Job> latest(Job.Kind kind, String view) {
        return newest().stream()
                .filter(job -> job.kind() == kind && job.subject().equals(view))
                .findFirst();
    }

    /** @return the jobs of these kinds that are remembered, newest first */
    public List<Job> of(Job.Kind... kinds) {
        return newest().stream()
                .filter(job -> List.of(kinds).contains(job.kind()))
                .toList();
    }

    private synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** @return how often a job of this node has changed */
    public synchronized long changes() {
        return changes;
    }

    /**
     * Waits until a job of this node has changed once more.
     *
     * @param seen     {@link #changes()} before
     * @param patience how long to wait
     */
    public synchronized void awaitChange(long seen, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); changes <= seen && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        worker.shutdownNow();
        if (!worker.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("A job did not stop within {}", STOP_WITHIN);
        }
        underWay().forEach(waiting -> end(waiting, Job::interrupted));
    }
}

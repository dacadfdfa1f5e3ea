package fr.grandlivre.api.replay;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.live.DeadLetters;
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
import org.springframework.stereotype.Component;

/**
 * Replays, rebuilds, re-readings, recounts and exports, one at a time in the order in which they were asked for, so that
 * readers keep their share of the machine. Jobs live in memory: one that a stop interrupts is gone, nothing harmed, and may
 * be asked for again. Thread-safe.
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

    private final Rebuild rebuild;
    private final Rereading rereading;
    private final DeadLetters letters;
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

    Jobs(Rebuild rebuild, Rereading rereading, DeadLetters letters, List<Projection> projections, ServerClock clock) {
        this.rebuild = rebuild;
        this.rereading = rereading;
        this.letters = letters;
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
        Job.Outcome run(Watch watch);
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
        return start(kind, view, watch -> work(kind, view, watch));
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
            worker.execute(() -> run(job, work));
        } catch (RejectedExecutionException _) {
            jobs.remove(job.id());
            throw new ProblemException(Slug.OVERLOADED);
        }
        forgetOldest();
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
        try {
            Job.Outcome outcome = work.run((done, total, elapsed) -> reached(job.id(), done, total, elapsed));
            change(job.id(), running -> running.succeeded(outcome));
        } catch (CancellationException _) {
            LOG.info("Job {} ({}) was cancelled", job.id(), job.kind());
        } catch (RuntimeException failure) {
            LOG.error("Job {} ({} of {}) failed", job.id(), job.kind(), job.subject(), failure);
            change(job.id(), Job::failed);
        } catch (Error defect) {
            change(job.id(), Job::failed);
            throw defect;
        }
    }

    private Job.Outcome work(Job.Kind kind, String view, Watch watch) {
        return switch (kind) {
            case REPLAY -> new Job.Compared(rebuild.compare(projection(view), told(watch)));
            case REBUILD -> {
                Rebuild.Comparison comparison = rebuild.replace(projection(view), told(watch));
                // The rebuilt rows hold what was put aside of the old ones.
                letters.settleUpTo(view, comparison.position());
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
        if (find(id).filter(job -> !job.isOver()).isEmpty()) {
            throw new CancellationException();
        }
        change(id, job -> job.running(done, total, elapsed));
    }

    private synchronized void change(UUID id, UnaryOperator<Job> change) {
        // Whoever cancelled it has had the last word.
        jobs.computeIfPresent(id, (_, job) -> job.isOver() ? job : change.apply(job));
    }

    /** Work that waits will not be done; work under way stops after its page. */
    public void cancel(UUID id) {
        change(id, Job::cancelled);
    }

    /** @return all that are remembered, the newest first */
    public synchronized List<Job> newest() {
        return List.copyOf(jobs.values()).reversed();
    }

    /** @return the job as it is now; empty when there is none, or it was forgotten */
    public synchronized Optional<Job> find(UUID id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** @return the latest job of that kind on the view; empty when there was none since the start */
    public synchronized Optional<Job> latest(Job.Kind kind, String view) {
        return jobs.values().stream()
                .filter(job -> job.kind() == kind && job.subject().equals(view))
                .reduce((_, later) -> later);
    }

    /** @return the jobs of these kinds that are remembered, newest first */
    public synchronized List<Job> of(Job.Kind... kinds) {
        return jobs.values().stream()
                .filter(job -> List.of(kinds).contains(job.kind()))
                .toList()
                .reversed();
    }

    @Override
    public void destroy() throws InterruptedException {
        worker.shutdownNow();
        if (!worker.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("A job did not stop within {}", STOP_WITHIN);
        }
    }
}

package fr.grandlivre.api.replay;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.store.log.Reread;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Replays, rebuilds and re-readings, one at a time in the order in which they were asked for, so that readers keep their share of the
 * machine. Jobs live in memory: one that a stop interrupts is gone, nothing harmed, and may be asked for again.
 * Thread-safe.
 */
@Component
public class Jobs implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** Name of the ledger itself, where others name a view. */
    public static final String LEDGER = "ledger";

    /** One replay and one rebuild of each view may wait; more is a mistake. */
    private static final int MOST_WAITING = 8;

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

    /** @return names of the views, sorted */
    public List<String> views() {
        return List.copyOf(views.keySet());
    }

    /**
     * Starts a job, or joins the one that does the same already.
     *
     * @param view one of {@link #views()}; {@link #LEDGER} for a re-reading
     * @throws IllegalArgumentException when there is no such view
     * @throws ProblemException         {@code overloaded} when too many wait
     */
    public synchronized Job start(Job.Kind kind, String view) {
        if (kind == Job.Kind.REREAD ? !view.equals(LEDGER) : !views.containsKey(view)) {
            throw new IllegalArgumentException("no such view");
        }
        Optional<Job> same = jobs.values().stream()
                .filter(job -> job.kind() == kind && job.view().equals(view) && !job.isOver())
                .findFirst();
        return same.orElseGet(() -> begin(kind, view));
    }

    private Job begin(Job.Kind kind, String view) {
        Job job = Job.queued(UUID.randomUUID(), kind, view, clock.now());
        jobs.put(job.id(), job);
        try {
            worker.execute(() -> work(job.id(), kind, view));
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

    private void work(UUID id, Job.Kind kind, String view) {
        try {
            switch (kind) {
                case REPLAY -> {
                    Rebuild.Comparison result = rebuild.compare(projection(view), progress -> progress(id, progress));
                    change(id, job -> job.found(result));
                }
                case REBUILD -> {
                    long position = rebuild.replace(projection(view), progress -> progress(id, progress));
                    // The rebuilt rows hold what was put aside of the old ones.
                    letters.settleUpTo(view, position);
                    change(id, job -> job.exchangedAt(position));
                }
                case REREAD -> {
                    Reread result = rereading.run(
                            progress -> progress(id, progress.done(), progress.total(), progress.elapsed()));
                    change(id, job -> job.found(result));
                }
            }
        } catch (RuntimeException failure) {
            LOG.error("Job {} ({} of {}) failed", id, kind, view, failure);
            change(id, Job::failed);
        } catch (Error defect) {
            change(id, Job::failed);
            throw defect;
        }
    }

    private Projection projection(String view) {
        return Objects.requireNonNull(views.get(view), "checked when it was asked for");
    }

    private void progress(UUID id, Rebuild.Progress progress) {
        progress(id, progress.done(), progress.total(), progress.elapsed());
    }

    private void progress(UUID id, long done, long total, Duration elapsed) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("told to stop");
        }
        change(id, job -> job.running(done, total, elapsed));
    }

    private synchronized void change(UUID id, UnaryOperator<Job> change) {
        jobs.computeIfPresent(id, (_, job) -> change.apply(job));
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
                .filter(job -> job.kind() == kind && job.view().equals(view))
                .reduce((_, later) -> later);
    }

    @Override
    public void destroy() throws InterruptedException {
        worker.shutdownNow();
        if (!worker.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("A job did not stop within {}", STOP_WITHIN);
        }
    }
}

package fr.grandlivre.api.replay;

import fr.grandlivre.rules.ParisDays;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A view with its latest job, as pages show it.
 *
 * @param view          name
 * @param job           id of the job; empty when there was none
 * @param state         {@code none}, {@code queued}, {@code running}, {@code equal}, {@code different}, {@code exchanged} or
 *                      {@code failed}
 * @param percent       0..100
 * @param etaSeconds    time left
 * @param startedAt     time in Paris; empty when there was no job
 * @param position      at which both were compared or exchanged; empty before
 * @param liveDigest    SHA-256 of the live rows; empty before
 * @param rebuiltDigest SHA-256 of the rebuilt rows; empty before
 */
record ViewJob(
        String view,
        String job,
        String state,
        int percent,
        long etaSeconds,
        String startedAt,
        String position,
        String liveDigest,
        String rebuiltDigest) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ParisDays.ZONE);

    static ViewJob of(String view, Optional<Job> latest) {
        return latest.map(ViewJob::of).orElseGet(() -> new ViewJob(view, "", "none", 0, 0, "", "", "", ""));
    }

    private static ViewJob of(Job job) {
        return new ViewJob(
                job.view(),
                job.id().toString(),
                word(job),
                job.percent(),
                Math.ceilDiv(job.eta().toMillis(), 1_000),
                TIME.format(job.startedAt()),
                job.comparison()
                        .map(found -> found.position())
                        .or(job::exchanged)
                        .map(position -> position.toString())
                        .orElse(""),
                job.comparison().map(found -> found.live()).orElse(""),
                job.comparison().map(found -> found.rebuilt()).orElse(""));
    }

    private static String word(Job job) {
        return switch (job.state()) {
            case QUEUED -> "queued";
            case RUNNING -> "running";
            case FAILED -> "failed";
            case SUCCEEDED ->
                job.comparison()
                        .map(found -> found.equal() ? "equal" : "different")
                        .orElse("exchanged");
        };
    }

    /** @return whether the page should look again soon */
    public boolean isUnderWay() {
        return state.equals("queued") || state.equals("running");
    }
}

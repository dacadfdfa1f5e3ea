package fr.grandlivre.api.replay;

import fr.grandlivre.query.replay.Rebuild.Comparison;
import fr.grandlivre.query.replay.RowDifference;
import fr.grandlivre.rules.ParisDays;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A view with its latest job, as pages show it.
 *
 * @param view          name
 * @param job           id of the job; empty when there was none
 * @param state         {@code none}, {@code queued}, {@code running}, {@code equal}, {@code different}, {@code exchanged},
 *                      {@code forgotten}, {@code failed}, {@code interrupted} or {@code cancelled}
 * @param percent       0..100
 * @param etaSeconds    time left
 * @param startedAt     time in Paris; empty when there was no job
 * @param position      at which both were compared or exchanged; empty before
 * @param liveDigest    SHA-256 of the live rows; empty before
 * @param rebuiltDigest SHA-256 of the rebuilt rows; empty before
 * @param rows          rows that the ledger gives; 0 before
 * @param rowsDifferent rows that differ
 * @param differences   of the first of those rows
 * @param lettersLive   events put aside that the live rows lack
 * @param lettersRebuilt events put aside that the rebuilt rows lack
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
        String rebuiltDigest,
        long rows,
        long rowsDifferent,
        List<RowDifference> differences,
        long lettersLive,
        long lettersRebuilt) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ParisDays.ZONE);

    static ViewJob of(String view, Optional<Job> latest) {
        return latest.map(ViewJob::of)
                .orElseGet(() -> new ViewJob(view, "", "none", 0, 0, "", "", "", "", 0, 0, List.of(), 0, 0));
    }

    private static ViewJob of(Job job) {
        return new ViewJob(
                job.subject(),
                job.id().toString(),
                word(job),
                job.percent(),
                Math.ceilDiv(job.eta().toMillis(), 1_000),
                TIME.format(job.startedAt()),
                job.comparison()
                        .map(Comparison::position)
                        .or(() -> job.outcome(Job.Exchanged.class).map(Job.Exchanged::position))
                        .map(position -> position.toString())
                        .orElse(""),
                job.comparison().map(Comparison::live).orElse(""),
                job.comparison().map(Comparison::rebuilt).orElse(""),
                job.comparison().map(Comparison::rows).orElse(0L),
                job.comparison().map(Comparison::rowsDifferent).orElse(0L),
                job.comparison().map(Comparison::differences).orElse(List.of()),
                job.comparison().map(Comparison::lettersLive).orElse(0L),
                job.comparison().map(Comparison::lettersRebuilt).orElse(0L));
    }

    private static String word(Job job) {
        return switch (job.state()) {
            case QUEUED -> "queued";
            case RUNNING -> "running";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case INTERRUPTED -> "interrupted";
            case SUCCEEDED ->
                job.outcome(Job.Compared.class)
                        .map(found -> found.comparison().equal() ? "equal" : "different")
                        .orElse(job.kind() == Job.Kind.REPLAY ? "forgotten" : "exchanged");
        };
    }

    /** @return whether the page should look again soon */
    public boolean isUnderWay() {
        return state.equals("queued") || state.equals("running");
    }
}

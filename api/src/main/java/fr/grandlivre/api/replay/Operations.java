package fr.grandlivre.api.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.request.Fields;
import fr.grandlivre.api.wiring.LiveProcessors;
import fr.grandlivre.api.wiring.OperatorFiles;
import fr.grandlivre.api.wiring.ProcessorStates;
import fr.grandlivre.query.live.DatabaseState;
import fr.grandlivre.query.live.DeadLetters;
import fr.grandlivre.query.live.DeadLetters.Parked;
import fr.grandlivre.query.live.DeadLetters.Reason;
import fr.grandlivre.query.live.Retries;
import fr.grandlivre.store.log.Sealer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.stereotype.Component;

/** What an operator sees and may do, for the page and for programs. Thread-safe. */
@Component
class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    /** Streams put aside that are shown; more are counted. */
    private static final int PARKED_SHOWN = 100;

    private final ProcessorStates processors;
    private final LiveProcessors live;
    private final DeadLetters letters;
    private final Retries retries;
    private final Jobs jobs;
    private final Sealer sealer;
    private final DatabaseState database;
    private final OperatorFiles files;
    private final MeterRegistry meters;
    private final Build build;

    Operations(
            ProcessorStates processors,
            LiveProcessors live,
            DeadLetters letters,
            Retries retries,
            Jobs jobs,
            Sealer sealer,
            DatabaseState database,
            OperatorFiles files,
            MeterRegistry meters,
            Optional<BuildProperties> build,
            Optional<GitProperties> git) {
        this.processors = processors;
        this.live = live;
        this.letters = letters;
        this.retries = retries;
        this.jobs = jobs;
        this.sealer = sealer;
        this.database = database;
        this.files = files;
        this.meters = meters;
        this.build = new Build(
                build.map(BuildProperties::getVersion).orElse("0"),
                git.map(GitProperties::getShortCommitId).orElse("–"),
                Runtime.version().toString());
    }

    /**
     * Everything at one moment.
     *
     * @param head        last position of the ledger
     * @param processors  by name
     * @param deadLetters events put aside, in all
     * @param parked      the oldest of them, one a stream and processor
     * @param jobs        of all nodes, the newest first
     */
    record Snapshot(
            long head,
            List<Processor> processors,
            long deadLetters,
            List<Parked> parked,
            Writing writer,
            Sealing sealer,
            DatabaseState.Figures database,
            Backups backups,
            List<JobLine> jobs,
            Build build) {}

    /**
     * A view or policy.
     *
     * @param kind       {@code view} or {@code policy}
     * @param position   last position in it
     * @param behind     events it has still to see
     * @param lagSeconds how long the oldest of them has been waiting
     * @param state      {@code running}, {@code elsewhere}, {@code failing} or {@code stopped}
     * @param node       who works on it; empty when nobody does
     * @param failure    class of the error that stops it; empty when it fares well
     * @param deadLetters events that it has put aside and that wait: it works, but shows less than it should
     */
    record Processor(
            String name,
            String kind,
            long position,
            long behind,
            long lagSeconds,
            String state,
            String node,
            String failure,
            long deadLetters) {
        /** @return whether some node works on it without an error */
        public boolean works() {
            return state.equals("running") || state.equals("elsewhere");
        }

        /** @return whether it works, but not on everything */
        public boolean degraded() {
            return works() && deadLetters > 0;
        }
    }

    /** @param refusals commands not recorded since the start of this node */
    record Writing(long queue, long refusals) {}

    /** @param refusal why nothing is signed any more; absent while all is well */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sealing(long size, long lagSeconds, @Nullable String refusal) {}

    /** Ages of the last backup and the last proof that one can be restored; absent when none is known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Backups(
            @Nullable Long lastBackupSeconds, @Nullable Long lastRestoreProofSeconds) {}

    /** @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code cancelled} or {@code interrupted} */
    record JobLine(UUID id, String kind, String view, String state, int percent, Instant startedAt) {}

    record Build(String version, String commit, String java) {}

    Snapshot now() {
        ProcessorStates.Look look = processors.look();
        return new Snapshot(
                look.head(),
                look.states().stream().map(this::processor).toList(),
                look.letters(),
                letters.oldest(PARKED_SHOWN),
                new Writing(gauge("ledger.writer.queue"), refusals()),
                new Sealing(
                        sealer.size(),
                        sealer.lag().toSeconds(),
                        sealer.refusal().orElse(null)),
                database.now(),
                new Backups(
                        seconds(files.age(OperatorFiles.Note.BACKUP)),
                        seconds(files.age(OperatorFiles.Note.RESTORE_PROOF))),
                jobs.newest().stream().map(Operations::job).toList(),
                build);
    }

    private Processor processor(ProcessorStates.State state) {
        return new Processor(
                state.name(),
                jobs.views().contains(state.name()) ? "view" : "policy",
                state.position(),
                state.behind(),
                state.lag().toSeconds(),
                state.condition().name().toLowerCase(Locale.ROOT),
                state.node(),
                state.failure().orElse(""),
                state.letters());
    }

    private static JobLine job(Job job) {
        return new JobLine(
                job.id(),
                job.kind().name().toLowerCase(Locale.ROOT),
                job.subject(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.percent(),
                job.startedAt());
    }

    private static @Nullable Long seconds(Optional<Duration> age) {
        return age.map(Duration::toSeconds).orElse(null);
    }

    private long gauge(String name) {
        return Optional.ofNullable(meters.find(name).gauge())
                .map(Gauge::value)
                .map(Math::round)
                .orElse(0L);
    }

    private long refusals() {
        return Math.round(meters.find("ledger.writer.refusals").counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    /** Stops a processor on this node and starts it at once. */
    void restart(@Nullable String processor) {
        Fields fields = new Fields();
        String name = known(fields, processor);
        fields.check();
        LOG.info("Processor {} is started again by an operator", name);
        live.restart(name);
    }

    /** Tries the events again that a processor put aside of one stream. */
    Retries.Outcome retry(@Nullable String processor, @Nullable String stream) {
        Fields fields = new Fields();
        String name = known(fields, processor);
        UUID wanted = fields.uuid("/stream", stream);
        fields.check();
        Retries.Outcome outcome = retries.retry(name, wanted);
        LOG.info("{} events of processor {} were tried again with success", outcome.dealt(), name);
        return outcome;
    }

    /**
     * Lets one event go without its effect.
     *
     * @throws ProblemException {@code not-found} when it is not put aside
     */
    void skip(@Nullable String processor, @Nullable Long position, @Nullable String reason) {
        Fields fields = new Fields();
        String name = known(fields, processor);
        Optional<Reason> why = Optional.ofNullable(reason).flatMap(Reason::of);
        if (position == null) {
            fields.refuse("/position", "missing");
        }
        if (why.isEmpty()) {
            fields.refuse("/reason", reason == null || reason.isBlank() ? "missing" : "choice.unknown");
        }
        fields.check();
        if (!letters.skip(name, position == null ? 0 : position, why.orElseThrow())) {
            throw new ProblemException(Slug.NOT_FOUND);
        }
        LOG.warn("Processor {} goes on without the event at position {}: {}", name, position, reason);
    }

    private String known(Fields fields, @Nullable String processor) {
        if (processor == null) {
            fields.refuse("/processor", "missing");
            return "";
        }
        if (!retries.knows(processor)) {
            fields.refuse("/processor", "processor.unknown");
        }
        return processor;
    }
}

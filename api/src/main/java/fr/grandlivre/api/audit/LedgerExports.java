package fr.grandlivre.api.audit;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.JobWords;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.wiring.PublicAddress;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.LedgerExport.Format;
import fr.grandlivre.store.log.LedgerExport.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/**
 * LedgerExports of the ledger as jobs; their files stay in the data folder of this node until somebody removes them. Personal
 * fields stay sealed. Thread-safe.
 */
@Component
public class LedgerExports {
    private final LedgerExport export;
    private final LedgerReader ledger;
    private final Jobs jobs;
    private final PublicAddress address;
    private final Path folder;

    LedgerExports(LedgerExport export, LedgerReader ledger, Jobs jobs, PublicAddress address, Settings settings) {
        this.export = export;
        this.ledger = ledger;
        this.jobs = jobs;
        this.address = address;
        this.folder = settings.data().resolve("exports");
    }

    /**
     * Which part of the ledger, as what. Its text is the subject of the job.
     *
     * @param from first position
     * @param to   last position
     */
    record Part(Format format, long from, long to) {
        private static final Pattern TEXT = Pattern.compile("(\\w+) (\\d+) to (\\d+)");

        /** @return what {@link #text} wrote */
        static Part of(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not the subject of an export");
            }
            return new Part(
                    LedgerExports.format(parts.group(1)).orElseThrow(),
                    Long.parseLong(parts.group(2)),
                    Long.parseLong(parts.group(3)));
        }

        String text() {
            return format.word() + " " + from + " to " + to;
        }
    }

    /** What an export made, kept with its job. */
    record Exported(Manifest manifest, Path folder) implements Job.Outcome {}

    /** @return the format of that name; empty when there is none */
    static Optional<Format> format(String word) {
        return Arrays.stream(Format.values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /**
     * @param format {@code jsonl} or {@code cloudevents}
     * @param from   first position; blank for the first
     * @param to     last position; blank for the head
     * @throws ProblemException {@code validation} or {@code overloaded}
     */
    public Job start(String format, String from, String to) {
        List<Violation> violations = new ArrayList<>();
        Optional<Format> written = format(format);
        if (written.isEmpty()) {
            violations.add(new Violation("/format", "invalid"));
        }
        long head = ledger.head();
        long first = position(from, 1, head, "/from", violations);
        long last = position(to, head, head, "/to", violations);
        if (violations.isEmpty() && first > last) {
            violations.add(new Violation("/from", "range"));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        LedgerExport.Wish wish = new LedgerExport.Wish(written.get(), first, last, address.at("/ledger"));
        return jobs.start(Job.Kind.EXPORT, new Part(wish.format(), first, last).text(), (job, watch) -> {
            Path own = folder.resolve(job.toString());
            Manifest manifest = export.write(
                    wish,
                    own,
                    Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
                    progress -> watch.reached(progress.done() - first + 1, last - first + 1, progress.elapsed()));
            return new Exported(manifest, own);
        });
    }

    private static long position(String text, long otherwise, long head, String pointer, List<Violation> violations) {
        if (text.isBlank()) {
            return otherwise;
        }
        String digits = text.strip();
        long position = digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
        if (position < 1) {
            violations.add(new Violation(pointer, "range"));
        } else if (position > head) {
            violations.add(new Violation(pointer, "position.beyond-head"));
        }
        return position;
    }

    /** What the jobs are about. */
    @Component
    static final class Words implements JobWords {
        @Override
        public Job.Kind kind() {
            return Job.Kind.EXPORT;
        }

        @Override
        public List<MessageSourceResolvable> of(String subject) {
            Part part = Part.of(subject);
            Object[] values = {
                Long.toString(part.from()),
                Long.toString(part.to()),
                part.format().word().toUpperCase(Locale.ROOT)
            };
            return List.of(new DefaultMessageSourceResolvable(new String[] {"exports.of"}, values));
        }
    }

    /** @return exports that are remembered, newest first */
    List<Job> all() {
        return jobs.of(Job.Kind.EXPORT);
    }

    /** @throws ProblemException {@code not-found} when there is no such export, or it is not over */
    Manifest manifest(UUID job) {
        return exported(job).manifest();
    }

    /** @return what an export holds; empty when its files are not on this node */
    Optional<Manifest> manifest(Job job) {
        return made(job).map(Exported::manifest);
    }

    /** @throws ProblemException {@code not-found} when the export has no such file */
    Path file(UUID job, String name) {
        Exported exported = exported(job);
        return Stream.concat(
                        Stream.of(LedgerExport.MANIFEST, LedgerExport.CHECKPOINT),
                        exported.manifest().files().stream().map(LedgerExport.File::name))
                .filter(name::equals)
                .map(exported.folder()::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private Exported exported(UUID job) {
        return jobs.find(job).flatMap(this::made).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    private Optional<Exported> made(Job job) {
        return job.outcome(Exported.class)
                .or(() -> job.kind() == Job.Kind.EXPORT && job.isForgotten() ? kept(job.id()) : Optional.empty());
    }

    /** The files of an export outlive the process that wrote them. */
    private Optional<Exported> kept(UUID job) {
        Path own = folder.resolve(job.toString());
        return LedgerExport.manifest(own).map(manifest -> new Exported(manifest, own));
    }
}

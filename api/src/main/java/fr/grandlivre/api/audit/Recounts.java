package fr.grandlivre.api.audit;

import fr.grandlivre.api.privacy.Accesses;
import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.api.replay.Job;
import fr.grandlivre.api.replay.JobWords;
import fr.grandlivre.api.replay.Jobs;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.query.audit.HistoryQueries;
import fr.grandlivre.query.audit.Recount;
import fr.grandlivre.query.audit.Recount.Report;
import fr.grandlivre.query.audit.Recount.Rules;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.store.LedgerReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/** Recounts as an auditor asks for them: whose results, up to when, under which rules. Thread-safe. */
@Component
public class Recounts {
    private static final Pattern POSITION = Pattern.compile("[1-9]\\d{0,17}");
    private static final Pattern LEARNER = Pattern.compile("learner/([0-9a-f-]{36})/.*");

    private final Recount recount;
    private final HistoryQueries history;
    private final SchoolReportQueries reports;
    private final LedgerReader ledger;
    private final Jobs jobs;
    private final Accesses accesses;

    Recounts(
            Recount recount,
            HistoryQueries history,
            SchoolReportQueries reports,
            LedgerReader ledger,
            Jobs jobs,
            Accesses accesses) {
        this.recount = recount;
        this.history = history;
        this.reports = reports;
        this.ledger = ledger;
        this.jobs = jobs;
        this.accesses = accesses;
    }

    /** Whose results. */
    public enum Scope {
        ALL,
        LEARNER,
        SCHOOL,
        SESSION
    }

    /**
     * What is recounted. Its text is the subject of the job.
     *
     * @param id    of the learner, school or session; empty for all
     * @param to    last position that counts
     * @param rules one of {@link #rules()}
     */
    record Wish(Scope scope, String id, long to, String rules) {
        private static final Pattern TEXT = Pattern.compile("([a-z]+)(?:/(\\S+))? to (\\d+) (.+)");

        /** @return what {@link #text} wrote */
        static Wish of(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not the subject of a recount");
            }
            return new Wish(
                    Scope.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                    Objects.requireNonNullElse(parts.group(2), ""),
                    Long.parseLong(parts.group(3)),
                    parts.group(4));
        }

        String text() {
            return word() + (id.isEmpty() ? "" : "/" + id) + " to " + to + " " + rules;
        }

        /** @return whether the rules are those in force when each answer was given */
        public boolean isAsRecorded() {
            return rules.equals("as-recorded");
        }

        /** @return name of the scope in forms and message bundles */
        public String word() {
            return scope.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a recount found, kept with its job. */
    record Recounted(Report report) implements Job.Outcome {}

    /** @return names of rules, those in force first */
    List<String> rules() {
        return recount.ruleNames();
    }

    /**
     * @param id    of the learner, school or session; blank for all
     * @param to    last position that counts; blank for the head
     * @param rules one of {@link #rules()}
     * @throws ProblemException {@code validation}, {@code date-in-future} or {@code overloaded}
     */
    public Job start(Scope scope, String id, String to, String rules) {
        List<Violation> violations = new ArrayList<>();
        Optional<Rules> under = recount.rules(rules);
        if (under.isEmpty()) {
            violations.add(new Violation("/rules", "rules.unknown"));
        }
        Optional<UUID> uuid = uuid(id);
        Set<LearnerId> people = scope == Scope.ALL || uuid.isEmpty() ? Set.of() : people(scope, uuid.get());
        if (scope != Scope.ALL && uuid.isEmpty()) {
            violations.add(new Violation("/scope", "identifier.malformed"));
        } else if (scope != Scope.ALL && people.isEmpty()) {
            violations.add(new Violation("/scope", "subject.unknown"));
        }
        long head = ledger.head();
        if (!to.isBlank() && !POSITION.matcher(to.strip()).matches()) {
            violations.add(new Violation("/to", "range"));
        } else if (!to.isBlank() && Long.parseLong(to.strip()) > head) {
            violations.add(new Violation("/to", "position.beyond-head"));
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        long upTo = to.isBlank() ? head : Long.parseLong(to.strip());
        Wish wish = new Wish(scope, scope == Scope.ALL ? "" : uuid.get().toString(), upTo, rules);
        return jobs.start(
                Job.Kind.RECOUNT,
                wish.text(),
                (_, watch) -> new Recounted(
                        scope == Scope.ALL ? all(upTo, under.get(), watch) : of(people, upTo, under.get(), watch)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Set<LearnerId> people(Scope scope, UUID id) {
        if (scope != Scope.LEARNER) {
            return history.learnersOf(id);
        }
        LearnerId learner = new LearnerId(id);
        return history.isKnown(learner) ? Set.of(learner) : Set.of();
    }

    private Report all(long to, Rules rules, Jobs.Watch watch) {
        int threads = Runtime.getRuntime().availableProcessors();
        Report report = recount.all(
                to, rules, threads, progress -> watch.reached(progress.done(), progress.total(), progress.elapsed()));
        return withMentions(report, rules, Optional.empty());
    }

    private Report of(Set<LearnerId> people, long to, Rules rules, Jobs.Watch watch) {
        long started = System.nanoTime();
        watch.reached(0, to, Duration.ZERO);
        Report report = recount.of(history.streamsOf(people), people, to, rules);
        watch.reached(to, to, Duration.ofNanos(System.nanoTime() - started));
        return withMentions(report, rules, Optional.of(people));
    }

    /** A mention is recorded nowhere: what the school reports serve is compared, where nothing has happened since. */
    private Report withMentions(Report report, Rules rules, Optional<Set<LearnerId>> people) {
        return rules.isWhatIf()
                ? report
                : report.with(reports.servedMentions(report.to()).stream()
                        .filter(served -> people.map(some -> some.contains(served.learner()))
                                .orElse(true))
                        .flatMap(served -> differing(report, served))
                        .toList());
    }

    private static Stream<Recount.Discrepancy> differing(Report report, SchoolReportQueries.ServedMention served) {
        String key = "learner/" + served.learner() + "/mention/" + served.year();
        String recounted = report.mentions().getOrDefault(key, "absent");
        return recounted.equals(served.mention().name())
                ? Stream.of()
                : Stream.of(new Recount.Discrepancy(
                        key,
                        "/mention",
                        served.mention().name(),
                        recounted,
                        served.position(),
                        served.rule().value(),
                        List.of(served.position())));
    }

    /** What the jobs are about. */
    @Component
    static final class Words implements JobWords {
        @Override
        public Job.Kind kind() {
            return Job.Kind.RECOUNT;
        }

        @Override
        public List<MessageSourceResolvable> of(String subject) {
            Wish wish = Wish.of(subject);
            return List.of(
                    message("results.of." + wish.word(), wish.id()),
                    message("results.up-to", Long.toString(wish.to())),
                    wish.isAsRecorded() ? message("results.of.recorded") : message("results.of.other", wish.rules()));
        }

        private static MessageSourceResolvable message(String key, Object... values) {
            return new DefaultMessageSourceResolvable(new String[] {key}, values);
        }
    }

    /** @return recounts that are remembered, newest first */
    List<Job> all() {
        return jobs.of(Job.Kind.RECOUNT);
    }

    /** @throws ProblemException {@code not-found} when there is no such recount */
    Job find(UUID job) {
        return jobs.find(job)
                .filter(found -> found.kind() == Job.Kind.RECOUNT)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    /**
     * @return what a recount found, the reading recorded
     * @throws ProblemException {@code not-found} when there is no such recount, or it is not over
     */
    Report report(UUID job, SignedIn reader) {
        Report report = jobs.find(job)
                .flatMap(found -> found.outcome(Recounted.class))
                .map(Recounted::report)
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        accesses.record(
                reader,
                Role.AUDITOR,
                Surface.AUDIT,
                FieldsClass.RESULTS,
                Stream.concat(
                                report.discrepancies().stream().map(Recount.Discrepancy::key),
                                report.alternatives().stream().map(Recount.Alternative::key))
                        .map(LEARNER::matcher)
                        .filter(Matcher::matches)
                        .map(named -> new LearnerId(UUID.fromString(named.group(1))))
                        .collect(Collectors.toSet()));
        return report;
    }
}

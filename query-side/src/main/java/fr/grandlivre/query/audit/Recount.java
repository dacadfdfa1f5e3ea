package fr.grandlivre.query.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Computes every level, exam result, certificate and mention again from the raw answers, under the rules that were in force
 * then, and says where what was recorded differs. Reads the ledger only; writes nothing. Outcomes of answers are facts and
 * are not graded again. Thread-safe.
 */
public final class Recount {
    /** Decoded and folded at once: keeps 1 M events under 512 MB. */
    private static final int PAGE = 5_000;

    private static final Comparator<Discrepancy> BY_POSITION = Comparator.comparingLong(
                    Discrepancy::firstDivergingPosition)
            .thenComparing(Discrepancy::key)
            .thenComparing(Discrepancy::pointer);

    private final LedgerReader ledger;
    private final RecordedEvents events;
    private final Frameworks frameworks;

    public Recount(LedgerReader ledger, EventCodec codec, Frameworks frameworks) {
        this.ledger = ledger;
        this.events = RecordedEvents.of(
                codec,
                null,
                Set.of(
                        AnswerRecorded.class,
                        LevelChanged.class,
                        ImprovementStarted.class,
                        CompetenceReset.class,
                        HistoryAbsorbed.class,
                        ExamStarted.class,
                        SessionEvent.ExamAnswerRecorded.class,
                        SessionEvent.ExamEnded.class,
                        SessionEvent.ExamScored.class,
                        SessionEvent.QuestionNeutralised.class,
                        SessionEvent.QuestionReinstated.class,
                        SessionEvent.ExamCancelled.class,
                        SessionEvent.ExamReinstated.class,
                        SessionEvent.ExamRejectedForFraud.class,
                        SessionEvent.ExamFraudLifted.class,
                        SessionPublished.class,
                        CertificateIssued.class,
                        CertificateImported.class,
                        CertificateSuspended.class,
                        CertificateReinstated.class,
                        CertificateRevoked.class));
        this.frameworks = frameworks;
    }

    /**
     * Under which rules.
     *
     * @param framework version for all answers; empty for that of each answer
     * @param exams     version of the rules of exams; empty for those of each exam day
     */
    public record Rules(Optional<FrameworkVersion> framework, Optional<RulesVersion> exams) {
        /** Those in force then. */
        public static final Rules AS_RECORDED = new Rules(Optional.empty(), Optional.empty());

        /** @return whether other rules than those in force are tried: nothing can be right or wrong then */
        public boolean isWhatIf() {
            return framework.isPresent() || exams.isPresent();
        }
    }

    /** @return rules of that name: {@code as-recorded}, a framework version, or a version of the rules of exams */
    public Optional<Rules> rules(String name) {
        if (name.equals("as-recorded")) {
            return Optional.of(Rules.AS_RECORDED);
        }
        return frameworks.versions().stream()
                .filter(framework -> framework.version().value().equals(name))
                .map(framework -> new Rules(Optional.of(framework.version()), Optional.empty()))
                .findFirst()
                .or(() -> ExamRules.shipped().stream()
                        .filter(rules -> rules.version().value().equals(name))
                        .map(rules -> new Rules(Optional.empty(), Optional.of(rules.version())))
                        .findFirst());
    }

    /** @return names that {@link #rules(String)} knows, those in force first */
    public List<String> ruleNames() {
        List<String> names = new ArrayList<>(List.of("as-recorded"));
        frameworks.versions().forEach(framework -> names.add(framework.version().value()));
        ExamRules.shipped().forEach(rules -> names.add(rules.version().value()));
        return names;
    }

    /**
     * How far it has come.
     *
     * @param done    last position dealt with
     * @param total   last position that counts
     * @param elapsed time spent so far
     */
    public record Progress(long done, long total, Duration elapsed) {}

    /**
     * Something that was recorded and is not what the answers give.
     *
     * @param key                    of what: {@code learner/…/competence/1.2}, {@code exam/…}, {@code certificate/…}
     * @param pointer                which value of it
     * @param recorded               as recorded; {@code absent} when it was not
     * @param recomputed             as the answers give it; {@code absent} when they do not
     * @param firstDivergingPosition of the event that is the first to say something else
     * @param frameworkVersion       under which it was computed
     * @param because                position of the answer or act that decides it
     */
    public record Discrepancy(
            String key,
            String pointer,
            String recorded,
            String recomputed,
            long firstDivergingPosition,
            String frameworkVersion,
            List<Long> because) {}

    /**
     * What another version of the rules would give.
     *
     * @param key       of what
     * @param pointer   which value of it
     * @param recorded  as recorded
     * @param elsewhere under the other rules
     */
    public record Alternative(String key, String pointer, String recorded, String elsewhere) {}

    /**
     * What a recount found.
     *
     * @param to            last position that counted
     * @param events        events that were folded
     * @param checked       levels, exams, certificates and mentions that were computed again
     * @param rules         under which rules
     * @param discrepancies by position; empty for other rules than those in force
     * @param alternatives  what other rules would change, by key; empty for those in force
     * @param mentions      {@code learner/…/mention/2021-2022} and the mention that the certificates give
     * @param digest        SHA-256 over everything that was computed: the same for any number of threads
     */
    public record Report(
            long to,
            long events,
            long checked,
            String rules,
            List<Discrepancy> discrepancies,
            List<Alternative> alternatives,
            @JsonIgnore SortedMap<String, String> mentions,
            String digest) {
        /** @return the same with what else differs */
        public Report with(Collection<Discrepancy> more) {
            List<Discrepancy> all = new ArrayList<>(discrepancies);
            all.addAll(more);
            all.sort(BY_POSITION);
            return new Report(to, events, checked, rules, List.copyOf(all), alternatives, mentions, digest);
        }

        /** @return whether nothing that was recorded differs */
        public boolean clean() {
            return discrepancies.isEmpty();
        }
    }

    /**
     * @param to       last position that counts
     * @param threads  how many fold at once, from 1
     * @param progress told after every page
     */
    public Report all(long to, Rules rules, int threads, Consumer<Progress> progress) {
        try (Parts parts = new Parts(rules, threads)) {
            long started = System.nanoTime();
            ledger.scan(0, to, PAGE, page -> {
                parts.after(page);
                progress.accept(
                        new Progress(page.getLast().position(), to, Duration.ofNanos(System.nanoTime() - started)));
            });
            return parts.report(to);
        }
    }

    /**
     * @param streams all that concern somebody: evaluations, sessions, exams and certificates
     * @param people  whose results are looked at
     * @param to      last position that counts
     */
    public Report of(Collection<UUID> streams, Set<LearnerId> people, long to, Rules rules) {
        try (Parts parts = new Parts(rules, 1)) {
            parts.people = Optional.of(people);
            parts.after(ledger.streams(streams, to));
            return parts.report(to);
        }
    }

    /** Learners dealt out to threads: what concerns one of them is folded in order, by one. */
    private final class Parts implements AutoCloseable {
        private final Rules rules;
        private final ExecutorService threads;
        private final List<LearnerRecount> parts;
        private final Map<UUID, Integer> streams = new HashMap<>();
        private Optional<Set<LearnerId>> people = Optional.empty();
        private long folded;

        Parts(Rules rules, int threads) {
            this.rules = rules;
            this.threads = Executors.newFixedThreadPool(
                    threads,
                    Thread.ofPlatform().name("recount-", 0).daemon(true).factory());
            this.parts = IntStream.range(0, threads)
                    .mapToObj(_ -> new LearnerRecount(frameworks, rules, this::asOf))
                    .toList();
        }

        /** An answer may have been recorded between the reading of a profile and the start of the exam on it. */
        private Knowledge asOf(UUID stream, CompetenceCode code, long upTo) {
            Knowledge knowledge = Knowledge.none(frameworks, code);
            for (Recorded recorded : events.read(ledger.streams(List.of(stream), upTo))) {
                knowledge = LearnerRecount.after(knowledge, recorded, rules);
            }
            return knowledge;
        }

        void after(List<StoredEvent> page) {
            List<List<Recorded>> dealt = new ArrayList<>();
            parts.forEach(_ -> dealt.add(new ArrayList<>()));
            for (Recorded recorded : decoded(page)) {
                deal(recorded, dealt);
            }
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                LearnerRecount part = parts.get(i);
                List<Recorded> own = dealt.get(i);
                folded += own.size();
                work.add(() -> {
                    own.forEach(part::after);
                    return true;
                });
            }
            done(work);
        }

        private List<Recorded> decoded(List<StoredEvent> page) {
            int share = Math.max(1, Math.ceilDiv(page.size(), parts.size()));
            List<Callable<List<Recorded>>> work = new ArrayList<>();
            for (int from = 0; from < page.size(); from += share) {
                List<StoredEvent> some = page.subList(from, Math.min(page.size(), from + share));
                work.add(() -> events.read(some));
            }
            List<Recorded> all = new ArrayList<>(page.size());
            done(work).forEach(all::addAll);
            return all;
        }

        private <T> List<T> done(List<Callable<T>> work) {
            try {
                List<T> results = new ArrayList<>();
                for (Future<T> one : threads.invokeAll(work)) {
                    results.add(one.get());
                }
                return results;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("told to stop");
            } catch (ExecutionException failure) {
                throw new IllegalStateException("a part of the recount failed", failure.getCause());
            }
        }

        private void deal(Recorded recorded, List<List<Recorded>> dealt) {
            LedgerEvent event = recorded.event();
            if (event instanceof SessionPublished) {
                dealt.forEach(part -> part.add(recorded)); // Names exams of many learners.
                return;
            }
            Optional<LearnerId> learner = LearnerRecount.learner(event);
            if (learner.isPresent() && people.isPresent() && !people.get().contains(learner.get())) {
                return;
            }
            Integer part = learner.isPresent()
                    ? (Integer) Math.floorMod(learner.get().hashCode(), parts.size())
                    : streams.get(recorded.stream());
            if (part == null) {
                return; // An exam of somebody else, or a stream whose beginning is not part of this recount.
            }
            if (learner.isPresent() && LearnerRecount.begins(event)) {
                streams.put(recorded.stream(), part);
            }
            dealt.get(part).add(recorded);
        }

        Report report(long to) {
            List<Discrepancy> discrepancies = new ArrayList<>();
            List<Alternative> alternatives = new ArrayList<>();
            SortedMap<String, String> states = new TreeMap<>();
            for (LearnerRecount part : parts) {
                part.end();
                discrepancies.addAll(part.discrepancies());
                alternatives.addAll(part.alternatives());
                states.putAll(part.states());
            }
            discrepancies.sort(BY_POSITION);
            alternatives.sort(Comparator.comparing(Alternative::key).thenComparing(Alternative::pointer));
            return new Report(
                    to,
                    folded,
                    states.size(),
                    name(rules),
                    List.copyOf(discrepancies),
                    List.copyOf(alternatives),
                    mentions(states),
                    digest(states, alternatives));
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    private static SortedMap<String, String> mentions(SortedMap<String, String> states) {
        SortedMap<String, String> mentions = new TreeMap<>(states);
        mentions.keySet().removeIf(key -> !key.contains("/mention/"));
        return mentions;
    }

    private static String name(Rules rules) {
        return rules.framework()
                .map(FrameworkVersion::value)
                .or(() -> rules.exams().map(RulesVersion::value))
                .orElse("as-recorded");
    }

    private static String digest(SortedMap<String, String> states, List<Alternative> alternatives) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            states.forEach((key, state) -> sha256.update((key + "=" + state + "\n").getBytes(StandardCharsets.UTF_8)));
            alternatives.forEach(other -> sha256.update((other + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}

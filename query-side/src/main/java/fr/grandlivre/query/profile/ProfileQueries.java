package fr.grandlivre.query.profile;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.profile.ProfileView.CompetenceLevel;
import fr.grandlivre.rules.evaluation.Explanation;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads profiles: now from the view, at any past position by folding the learner's own streams. Both give the same for
 * the same position. Thread-safe.
 */
public final class ProfileQueries {
    /** Name of the view it reads. */
    public static final String VIEW = "profile";

    private final JdbcTemplate jdbc;
    private final LedgerReader ledger;
    private final RecordedEvents events;
    private final RecordedEvents levelChanges;
    private final Frameworks frameworks;

    public ProfileQueries(JdbcTemplate jdbc, LedgerReader ledger, EventCodec codec, Frameworks frameworks) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.events = RecordedEvents.all(codec, null);
        this.levelChanges = RecordedEvents.of(codec, null, Set.of(EvaluationEvent.LevelChanged.class));
        this.frameworks = frameworks;
    }

    /**
     * @param now selects the version whose labels and scale are shown
     * @return the profile as the view has it; for an unknown learner an empty one
     */
    public ProfileView current(LearnerId learner, Instant now) {
        Map<CompetenceCode, CompetenceLevel> rows = new HashMap<>();
        long[] position = {0};
        long[] changed = {0};
        // One statement, so that rows and position are of one moment.
        jdbc.query(
                """
                SELECT p.position, c.competence, c.framework, c.pix, c.answers, c.last_answer_at, c.position AS changed
                FROM profile.progress p LEFT JOIN profile.competence c ON c.learner = ?\
                """,
                row -> {
                    position[0] = row.getLong("position");
                    if (row.getString("competence") != null) {
                        CompetenceCode code = new CompetenceCode(row.getString("competence"));
                        Framework rowFramework = frameworks.of(new FrameworkVersion(row.getString("framework")));
                        PixScore score = PixScore.of(Fraction.of(row.getInt("pix")), rowFramework.scale());
                        OffsetDateTime last = row.getObject("last_answer_at", OffsetDateTime.class);
                        rows.put(
                                code,
                                level(code, score, row.getInt("answers"), last == null ? null : last.toInstant()));
                        changed[0] = Math.max(changed[0], row.getLong("changed"));
                    }
                },
                learner.value());
        return view(learner, position[0], changed[0], null, frameworks.inForce(now), rows);
    }

    /**
     * @param now selects the version whose competences are listed
     * @return the scores of several learners as the view has them, all competences of each
     */
    public Map<LearnerId, Map<CompetenceCode, PixScore>> scores(Collection<LearnerId> learners, Instant now) {
        Framework inForce = frameworks.inForce(now);
        Map<LearnerId, Map<CompetenceCode, PixScore>> scores = new HashMap<>();
        learners.forEach(learner -> scores.put(learner, unanswered(inForce)));
        jdbc.query(
                "SELECT learner, competence, framework, pix FROM profile.competence WHERE learner = ANY (?)",
                row -> {
                    Framework answered = frameworks.of(new FrameworkVersion(row.getString("framework")));
                    scores.getOrDefault(new LearnerId(row.getObject("learner", UUID.class)), new HashMap<>())
                            .replace(
                                    new CompetenceCode(row.getString("competence")),
                                    PixScore.of(Fraction.of(row.getInt("pix")), answered.scale()));
                },
                (Object) learners.stream().map(LearnerId::value).toArray(UUID[]::new));
        return scores;
    }

    /**
     * @param upToPosition every event up to it counts, none after it
     * @param at           selects the version whose competences are listed
     * @return the scores of several learners as they were, all competences of each, in one reading of the ledger
     */
    public Map<LearnerId, Map<CompetenceCode, PixScore>> scoresAsOf(
            Collection<LearnerId> learners, long upToPosition, Instant at) {
        Framework inForce = frameworks.inForce(at);
        Map<LearnerId, Map<CompetenceCode, PixScore>> scores = new HashMap<>();
        Map<UUID, LearnerId> owners = new HashMap<>();
        Map<UUID, Knowledge> folds = new HashMap<>();
        for (LearnerId learner : learners) {
            scores.put(learner, unanswered(inForce));
            for (Competence competence : inForce.competences()) {
                UUID stream = StreamIds.evaluation(learner, competence.code());
                owners.put(stream, learner);
                folds.put(stream, Knowledge.none(frameworks, competence.code()));
            }
        }
        for (Recorded recorded : events.read(ledger.streams(folds.keySet(), upToPosition))) {
            folds.computeIfPresent(
                    recorded.stream(),
                    (_, before) -> before.after((EvaluationEvent) recorded.event(), recorded.recordedAt()));
        }
        folds.forEach((stream, knowledge) -> scores.getOrDefault(owners.get(stream), new HashMap<>())
                .replace(knowledge.competence(), knowledge.score()));
        return scores;
    }

    private static Map<CompetenceCode, PixScore> unanswered(Framework framework) {
        PixScore none = PixScore.of(Fraction.ZERO, framework.scale());
        return framework.competences().stream()
                .collect(Collectors.toMap(Competence::code, _ -> none, (first, _) -> first, TreeMap::new));
    }

    /**
     * @param upToPosition every event up to it counts, none after it
     * @param at           the instant that was asked for, whose version is shown
     * @return the profile as it was
     */
    public ProfileView asOf(LearnerId learner, long upToPosition, Instant at) {
        Framework framework = frameworks.inForce(at);
        List<Recorded> recorded = events.read(ledger.streams(streams(learner, framework), upToPosition));
        Map<CompetenceCode, CompetenceLevel> rows = new HashMap<>();
        knowledge(learner, framework, recorded).forEach((code, knowledge) -> {
            if (knowledge.isStarted()) {
                rows.put(
                        code,
                        level(
                                code,
                                knowledge.score(),
                                knowledge.answers().size(),
                                knowledge.lastAnswerAt().orElseThrow()));
            }
        });
        long changed = recorded.isEmpty() ? 0 : recorded.getLast().position();
        return view(learner, upToPosition, changed, at, framework, rows);
    }

    /**
     * @param upToPosition every event up to it counts
     * @return why the level is what it is, with the place of each answer in the ledger
     */
    public Explained explained(LearnerId learner, CompetenceCode competence, long upToPosition) {
        List<Explanation.Dated> stream = new ArrayList<>();
        Map<AnswerId, Long> positions = new HashMap<>();
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        long changed = 0;
        for (Recorded recorded :
                events.read(ledger.streams(List.of(StreamIds.evaluation(learner, competence)), upToPosition))) {
            EvaluationEvent event = (EvaluationEvent) recorded.event();
            stream.add(new Explanation.Dated(event, recorded.recordedAt()));
            changed = recorded.position();
            knowledge = knowledge.after(event, recorded.recordedAt());
            if (event instanceof EvaluationEvent.AnswerRecorded answer) {
                positions.put(answer.answer(), recorded.position());
            }
        }
        Explanation explanation =
                Explanation.of(frameworks, competence, stream, absorbed -> source(absorbed, positions));
        return new Explained(explanation, knowledge, Map.copyOf(positions), changed);
    }

    /** @return what the other account's stream said when it was absorbed */
    private List<Explanation.Dated> source(HistoryAbsorbed absorbed, Map<AnswerId, Long> positions) {
        List<Explanation.Dated> stream = new ArrayList<>();
        for (Recorded recorded : events.read(ledger.stream(absorbed.source(), 0))) {
            if (recorded.seq() <= absorbed.throughSeq()) {
                stream.add(new Explanation.Dated((EvaluationEvent) recorded.event(), recorded.recordedAt()));
                if (recorded.event() instanceof EvaluationEvent.AnswerRecorded answer) {
                    positions.put(answer.answer(), recorded.position());
                }
            }
        }
        return stream;
    }

    /** @return what a learner knows in each competence, up to the newest event of its stream */
    public Map<CompetenceCode, Knowledge> knowledge(LearnerId learner) {
        Framework newest = frameworks.versions().getLast();
        return knowledge(learner, newest, events.read(ledger.streams(streams(learner, newest), Long.MAX_VALUE)));
    }

    /** @return what the learner's answers in one competence say, up to the newest event of its stream */
    public Knowledge knowledge(LearnerId learner, CompetenceCode competence) {
        Knowledge knowledge = Knowledge.none(frameworks, competence);
        for (Recorded recorded : events.read(ledger.stream(StreamIds.evaluation(learner, competence), 0))) {
            knowledge = knowledge.after((EvaluationEvent) recorded.event(), recorded.recordedAt());
        }
        return knowledge;
    }

    /**
     * @param upToPosition last position looked at
     * @return what happened to the learner's levels: instants at which a profile may differ, and each change of a level
     */
    public Timeline timeline(LearnerId learner, long upToPosition) {
        List<StoredEvent> stored =
                ledger.streams(streams(learner, frameworks.versions().getLast()), upToPosition);
        return new Timeline(
                stored.stream().map(StoredEvent::recordedAt).toList(),
                levelChanges.read(stored).stream()
                        .map(change -> new LevelChange(
                                change.position(), change.recordedAt(), (EvaluationEvent.LevelChanged) change.event()))
                        .toList());
    }

    private Map<CompetenceCode, Knowledge> knowledge(LearnerId learner, Framework framework, List<Recorded> events) {
        Map<UUID, Knowledge> byStream = framework.competences().stream()
                .collect(Collectors.toMap(
                        competence -> StreamIds.evaluation(learner, competence.code()),
                        competence -> Knowledge.none(frameworks, competence.code())));
        for (Recorded recorded : events) {
            byStream.computeIfPresent(
                    recorded.stream(),
                    (_, knowledge) -> knowledge.after((EvaluationEvent) recorded.event(), recorded.recordedAt()));
        }
        return byStream.values().stream().collect(Collectors.toMap(Knowledge::competence, Function.identity()));
    }

    private static List<UUID> streams(LearnerId learner, Framework framework) {
        return framework.competences().stream()
                .map(competence -> StreamIds.evaluation(learner, competence.code()))
                .toList();
    }

    private static ProfileView view(
            LearnerId learner,
            long position,
            long changed,
            @Nullable Instant at,
            Framework framework,
            Map<CompetenceCode, CompetenceLevel> rows) {
        List<CompetenceLevel> competences = framework.competences().stream()
                .map(Competence::code)
                .sorted()
                .map(code ->
                        rows.getOrDefault(code, level(code, PixScore.of(Fraction.ZERO, framework.scale()), 0, null)))
                .toList();
        Pix total =
                new Pix(competences.stream().mapToInt(row -> row.pix().value()).sum());
        return new ProfileView(
                learner,
                position,
                changed,
                at,
                framework.version(),
                framework.maxReachableLevel(),
                total,
                framework.scale().maxTotal(),
                framework.scale().overallLevel(total),
                competences);
    }

    private static CompetenceLevel level(
            CompetenceCode code, PixScore score, int answers, @Nullable Instant lastAnswerAt) {
        Integer missing = score.missing().isPresent() ? score.missing().getAsInt() : null;
        return new CompetenceLevel(code, score.level(), score.pix(), missing, answers, lastAnswerAt);
    }

    /**
     * A level, why it is what it is, and what may be done about it.
     *
     * @param explanation answer by answer
     * @param knowledge   the fold it rests on
     * @param positions   ledger position of each answer
     * @param changed     ledger position of the last event of the stream; 0 when there is none
     */
    public record Explained(
            Explanation explanation, Knowledge knowledge, Map<AnswerId, Long> positions, long changed) {}

    /**
     * @param events  when each event of the learner's evaluations was recorded, oldest first
     * @param changes changes of a level, oldest first
     */
    public record Timeline(List<Instant> events, List<LevelChange> changes) {}

    /**
     * @param position ledger position
     * @param at       when it was recorded
     * @param change   what changed
     */
    public record LevelChange(long position, Instant at, EvaluationEvent.LevelChanged change) {}
}

package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A learner's stream in competence 1.2 for tests: each fact comes one minute after the one before. */
public final class History {
    public static final LearnerId LEARNER = new LearnerId(UUID.fromString("018f0000-0000-4000-8000-0000000000aa"));
    private static final Instant START = Instant.parse("2021-10-01T08:00:00.000Z");

    private static final AtomicLong SOURCES = new AtomicLong();

    private final Frameworks frameworks;
    private final Map<UUID, List<Explanation.Dated>> sources = new HashMap<>();
    private final List<Explanation.Dated> events = new ArrayList<>();
    private FrameworkVersion version;
    private Knowledge knowledge;

    private History(Frameworks frameworks) {
        this.frameworks = frameworks;
        this.version = frameworks.earliest().version();
        this.knowledge = Knowledge.none(frameworks, Contents.C12);
    }

    public static History in(Frameworks frameworks) {
        return new History(frameworks);
    }

    /** The following answers are given in that version. */
    public History version(String name) {
        version = new FrameworkVersion(name);
        return this;
    }

    public History ok(String... skills) {
        return answers(Outcome.OK, skills);
    }

    public History ko(String... skills) {
        return answers(Outcome.KO, skills);
    }

    /** @param skills names without @; each is asked by its challenge a */
    public History answers(Outcome outcome, String... skills) {
        for (String skill : skills) {
            add(answer(events.size(), version, skill, outcome));
        }
        return this;
    }

    /** Answers a named challenge right. */
    public History okTo(String challenge) {
        String skill = challenge.substring(0, challenge.length() - 1);
        AnswerRecorded answer = answer(events.size(), version, skill, Outcome.OK);
        return add(new AnswerRecorded(
                answer.answer(),
                LEARNER,
                Contents.C12,
                new ChallengeId(challenge),
                answer.skill(),
                version,
                Outcome.OK,
                null,
                0,
                null,
                List.of(0),
                null));
    }

    public History improve() {
        return add(new ImprovementStarted(LEARNER, Contents.C12, version));
    }

    public History reset() {
        return add(new CompetenceReset(
                new UUID(1, events.size()),
                LEARNER,
                Contents.C12,
                knowledge.score().level(),
                knowledge.score().pix()));
    }

    /** Another account of the learner counts from now on, if anything was ever answered there. */
    public History absorb(History other) {
        UUID source = new UUID(3, SOURCES.incrementAndGet());
        other.knowledge
                .absorbedBy(new UUID(2, events.size()), LEARNER, source, other.events.size() - 1)
                .ifPresent(this::add);
        sources.put(source, other.events());
        sources.putAll(other.sources);
        return this;
    }

    public History add(EvaluationEvent event) {
        Instant at = START.plusSeconds(60L * events.size());
        events.add(new Explanation.Dated(event, at));
        knowledge = knowledge.after(event, at);
        return this;
    }

    public Knowledge knowledge() {
        return knowledge;
    }

    public List<Explanation.Dated> events() {
        return List.copyOf(events);
    }

    public Explanation explanation() {
        return Explanation.of(
                frameworks, Contents.C12, events, absorbed -> Objects.requireNonNull(sources.get(absorbed.source())));
    }

    public Level level() {
        return knowledge.score().level();
    }

    public Pix pix() {
        return knowledge.score().pix();
    }

    static AnswerRecorded answer(int number, FrameworkVersion version, String skill, Outcome outcome) {
        return new AnswerRecorded(
                new AnswerId(new UUID(0, number)),
                LEARNER,
                Contents.C12,
                new ChallengeId(skill + "a"),
                Contents.skill(skill),
                version,
                outcome,
                null,
                0,
                null,
                outcome == Outcome.SKIPPED ? null : List.of(0),
                null);
    }
}

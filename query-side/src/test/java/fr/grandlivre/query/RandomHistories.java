package fr.grandlivre.query;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Learners who answer, take up again and reset at random, with levels recorded as the command side would. */
public final class RandomHistories {
    private static final int LEARNERS = 6;
    private static final int COMPETENCES = 3;

    private final TestViews views;
    private final Frameworks frameworks;
    private final Random random;
    private final List<LearnerId> learners = new ArrayList<>();
    private final Map<UUID, Knowledge> known = new HashMap<>();

    public RandomHistories(TestViews views, Frameworks frameworks, long seed) {
        this.views = views;
        this.frameworks = frameworks;
        this.random = new Random(seed);
        for (int i = 0; i < LEARNERS; i++) {
            learners.add(new LearnerId(new UUID(random.nextLong(), random.nextLong())));
        }
    }

    public List<LearnerId> learners() {
        return learners;
    }

    /** @return position of the last event of what happened */
    public long somethingHappens() {
        LearnerId learner = learners.get(random.nextInt(learners.size()));
        Framework framework =
                frameworks.versions().get(random.nextInt(frameworks.versions().size()));
        List<Competence> taught = framework.competences().stream()
                .filter(each -> !each.tubes().isEmpty())
                .toList();
        Competence competence = taught.get(random.nextInt(Math.min(COMPETENCES, taught.size())));
        views.setNow(views.now().plusMillis(1 + random.nextInt(60_000)));
        UUID stream = StreamIds.evaluation(learner, competence.code());
        Knowledge before = known.getOrDefault(stream, Knowledge.none(frameworks, competence.code()));
        EvaluationEvent event = event(learner, framework, competence, before);
        Knowledge after = before.after(event, views.now());
        known.put(stream, after);
        List<LedgerEvent> events = new ArrayList<>(List.of(event));
        PixScore then = before.score();
        PixScore now = after.score();
        if (!then.level().equals(now.level())) {
            events.add(new LevelChanged(
                    learner,
                    competence.code(),
                    then.level(),
                    now.level(),
                    now.pix(),
                    event instanceof AnswerRecorded answer ? answer.answer().value() : new UUID(0, random.nextLong()),
                    event instanceof AnswerRecorded ? Cause.ANSWER : Cause.RESET,
                    framework.version()));
        }
        return views.append(stream, events.toArray(LedgerEvent[]::new));
    }

    private EvaluationEvent event(LearnerId learner, Framework framework, Competence competence, Knowledge before) {
        return switch (random.nextInt(20)) {
            case 0 -> new ImprovementStarted(learner, competence.code(), framework.version());
            case 1 ->
                new CompetenceReset(
                        UUID.randomUUID(),
                        learner,
                        competence.code(),
                        before.score().level(),
                        before.score().pix());
            default -> {
                var skill = competence
                        .skills()
                        .get(random.nextInt(competence.skills().size()));
                Challenge challenge = skill.challenges().getFirst();
                yield new AnswerRecorded(
                        new AnswerId(UUID.randomUUID()),
                        learner,
                        competence.code(),
                        challenge.id(),
                        skill.id(),
                        framework.version(),
                        random.nextInt(3) > 0 ? Outcome.OK : Outcome.KO,
                        null,
                        1_000,
                        null,
                        List.of(0),
                        null);
            }
        };
    }
}

package fr.grandlivre.bench;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.Rehearsal;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What learners answer, worked out ahead: callers of the bench must not spend the measured time on choosing questions.
 * Seeded: learner number 7 gives the same answers in every round. Thread-safe.
 */
final class AnswerScripts {
    private static final AnswerId NO_ANSWER = new AnswerId(new UUID(0, 0));

    /** Learners worked out between two looks at the count. */
    private static final int AT_ONCE = 50;

    private final Framework framework;
    private final Instant now;
    private final List<CompetenceCode> competences;
    private final ConcurrentHashMap<Integer, Script> scripts = new ConcurrentHashMap<>();

    AnswerScripts(Instant now) {
        this.now = now;
        framework = Frameworks.shipped().inForce(now);
        competences = framework.competences().stream().map(Competence::code).toList();
    }

    /**
     * @param learner who
     * @param steps   in order, never empty
     */
    record Script(LearnerId learner, List<Step> steps) {}

    /**
     * @param competence where
     * @param challenge  that is due
     * @param response   to it
     */
    record Step(CompetenceCode competence, ChallengeId challenge, Response response) {}

    /**
     * Works scripts out until they hold enough answers, whatever the callers' share of them.
     *
     * @param from    number of the next learner
     * @param callers learners who answer at once
     * @param answers of all callers together
     */
    void prepare(int from, int callers, long answers) {
        int next = from;
        for (long prepared = 0; prepared < answers; next += AT_ONCE) {
            prepared += IntStream.range(next, next + AT_ONCE)
                    .parallel()
                    .mapToLong(number -> of(number).steps().size())
                    .sum();
        }
        // Each caller stops in the middle of a script.
        IntStream.range(next, next + callers).parallel().forEach(this::of);
    }

    /** @return all answers of one learner, competence after competence, until nothing is left to ask */
    Script of(int number) {
        return scripts.computeIfAbsent(number, this::script);
    }

    private Script script(int number) {
        Random random = new Random(Answers.SEED + number);
        LearnerId learner = new LearnerId(new UUID(random.nextLong(), random.nextLong()));
        double ability = random.nextDouble();
        List<Step> steps = new ArrayList<>();
        for (CompetenceCode competence : competences) {
            pass(learner, competence, ability, random, steps);
        }
        return new Script(learner, List.copyOf(steps));
    }

    private void pass(LearnerId learner, CompetenceCode competence, double ability, Random random, List<Step> steps) {
        UUID stream = StreamIds.evaluation(learner, competence);
        Rehearsal rehearsal = new Rehearsal(Frameworks.shipped(), competence);
        Optional<NextChallenge> due = NextChallenge.due(stream, rehearsal.knowledge(), framework, Set.of());
        while (due.isPresent()) {
            Challenge challenge = due.get().challenge();
            Response response = response(challenge, random.nextDouble() < ability, random);
            RecordAnswer answer =
                    new RecordAnswer(NO_ANSWER, learner, competence, challenge.id(), response, null, null, now);
            if (rehearsal.send(answer, Set.of(), now) instanceof Decision.Refused(var code, var _)) {
                throw new IllegalStateException(challenge.id() + " is refused: " + code);
            }
            steps.add(new Step(competence, challenge.id(), response));
            due = NextChallenge.due(stream, rehearsal.knowledge(), framework, Set.of());
        }
    }

    /** A timed challenge wants a command more to start its clock: these learners skip it. */
    private static Response response(Challenge challenge, boolean right, Random random) {
        if (challenge.isTimed()) {
            return new Response.Skipped();
        }
        return right ? AnsweringModel.right(challenge) : AnsweringModel.wrong(challenge, random);
    }
}

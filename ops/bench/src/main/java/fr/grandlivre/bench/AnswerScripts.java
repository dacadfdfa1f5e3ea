package fr.grandlivre.bench;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Knowledge;
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

    private final Framework framework;
    private final List<CompetenceCode> competences;
    private final ConcurrentHashMap<Integer, Script> scripts = new ConcurrentHashMap<>();

    AnswerScripts(Instant now, int preparedLearners) {
        framework = Frameworks.shipped().inForce(now);
        competences = framework.competences().stream().map(Competence::code).toList();
        IntStream.range(0, preparedLearners).parallel().forEach(this::of);
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
        Knowledge knowledge = Knowledge.none(Frameworks.shipped(), competence);
        Optional<NextChallenge> due = NextChallenge.due(stream, knowledge, framework, Set.of());
        while (due.isPresent()) {
            Challenge challenge = due.get().challenge();
            Response response = response(challenge, random.nextDouble() < ability);
            steps.add(new Step(competence, challenge.id(), response));
            knowledge = knowledge.after(recorded(learner, competence, challenge, response), Instant.EPOCH);
            due = NextChallenge.due(stream, knowledge, framework, Set.of());
        }
    }

    private AnswerRecorded recorded(
            LearnerId learner, CompetenceCode competence, Challenge challenge, Response response) {
        if (!(Grading.grade(challenge, response) instanceof Grading.Graded(var outcome))) {
            throw new IllegalStateException("a misshapen answer to " + challenge.id());
        }
        return new AnswerRecorded(
                NO_ANSWER,
                learner,
                competence,
                challenge.id(),
                challenge.skill(),
                framework.version(),
                outcome,
                null,
                0,
                null,
                null,
                null);
    }

    /** A timed challenge wants a command more to start its clock: these learners skip it. */
    private static Response response(Challenge challenge, boolean right) {
        if (challenge.isTimed()) {
            return new Response.Skipped();
        }
        return switch (challenge) {
            case Challenge.Qcu qcu -> new Response.Chosen(List.of(place(qcu.choices(), right)));
            case Challenge.Qcm qcm ->
                new Response.Chosen(right ? places(qcm.choices()) : List.of(place(qcm.choices(), false)));
            case Challenge.Qroc qroc -> new Response.Typed(List.of(text(qroc.answer(), right)));
            case Challenge.Qrocm qrocm ->
                new Response.Typed(qrocm.answers().stream()
                        .map(field -> text(field, right))
                        .toList());
        };
    }

    private static List<Integer> places(List<Challenge.Choice> choices) {
        return IntStream.range(0, choices.size())
                .filter(place -> choices.get(place).right())
                .boxed()
                .toList();
    }

    private static int place(List<Challenge.Choice> choices, boolean right) {
        return IntStream.range(0, choices.size())
                .filter(place -> choices.get(place).right() == right)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Challenge.AnswerField field, boolean right) {
        return right ? field.solutions().getFirst() : field.wrong().getFirst();
    }
}

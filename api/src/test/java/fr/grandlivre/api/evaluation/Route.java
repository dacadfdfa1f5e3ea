package fr.grandlivre.api.evaluation;

import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.Rehearsal;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A way from nothing to a certain sort of challenge.
 *
 * @param answers to give on the way: right, or skipped
 */
public record Route(List<Boolean> answers) {
    private static final int ATTEMPTS = 100;

    /** @return the first of many tries, always the same ones; empty when none leads there */
    public static Optional<Route> to(
            Predicate<Challenge> wanted, LearnerId learner, CompetenceCode competence, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Route> route = attempt(wanted, learner, competence, now, attempt);
            if (route.isPresent()) {
                return route;
            }
        }
        return Optional.empty();
    }

    private static Optional<Route> attempt(
            Predicate<Challenge> wanted, LearnerId learner, CompetenceCode competence, Instant now, int attempt) {
        Framework framework = Frameworks.shipped().inForce(now);
        UUID stream = StreamIds.evaluation(learner, competence);
        SplittableRandom chance = new SplittableRandom(attempt);
        Rehearsal rehearsal = new Rehearsal(Frameworks.shipped(), competence);
        List<Boolean> answers = new ArrayList<>();
        for (var due = NextChallenge.due(stream, rehearsal.knowledge(), framework, Set.of());
                due.isPresent();
                due = NextChallenge.due(stream, rehearsal.knowledge(), framework, Set.of())) {
            Challenge challenge = due.get().challenge();
            if (wanted.test(challenge)) {
                return Optional.of(new Route(List.copyOf(answers)));
            }
            // A timed one would want its clock started first.
            boolean right = chance.nextBoolean() && !challenge.isTimed();
            answers.add(right);
            rehearsal.send(
                    new RecordAnswer(
                            new AnswerId(new UUID(attempt, answers.size())),
                            learner,
                            competence,
                            challenge.id(),
                            right ? AnsweringModel.right(challenge) : new Response.Skipped(),
                            null,
                            null,
                            now),
                    Set.of(),
                    now);
        }
        return Optional.empty();
    }
}

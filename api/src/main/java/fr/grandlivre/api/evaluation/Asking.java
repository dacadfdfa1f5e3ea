package fr.grandlivre.api.evaluation;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.Withdrawals;
import fr.grandlivre.command.evaluation.EvaluationCommand.Within;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.evaluation.EvaluationQueries;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a learner is to be asked next: the same for the page, for programs and for the decision. Thread-safe. */
@Component
class Asking {
    private final EvaluationQueries evaluations;
    private final Frameworks frameworks;
    private final Withdrawals withdrawals;
    private final ServerClock clock;

    Asking(EvaluationQueries evaluations, Frameworks frameworks, Withdrawals withdrawals, ServerClock clock) {
        this.evaluations = evaluations;
        this.frameworks = frameworks;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    /**
     * @param competence which, in the words of the version in force
     * @param framework  version in force
     * @param knowledge  fold of the learner's stream
     * @param due        what to ask; empty when the pass is finished
     * @param now        server's clock
     */
    record Asked(
            Competence competence, Framework framework, Knowledge knowledge, Optional<Challenge> due, Instant now) {
        /** @return when the clock of the due challenge started; empty when it is untimed or not started */
        Optional<Instant> startedAt() {
            return due.flatMap(challenge -> knowledge.timerOf(challenge.id()));
        }

        /** @return whether the content of the due challenge may be shown: a timed one stays hidden until it is started */
        boolean open() {
            return due.map(challenge -> !challenge.isTimed() || startedAt().isPresent())
                    .orElse(false);
        }

        /** @return when the time of the due challenge is over */
        Optional<Instant> endsAt() {
            return startedAt().flatMap(start -> due.flatMap(Challenge::timer).map(start::plus));
        }

        /** @return number of the due question in this pass, from 1 */
        int number() {
            return knowledge.answersOfPass().size() + 1;
        }
    }

    /** @throws ProblemException {@code not-found} when the framework in force has no such competence */
    Asked next(LearnerId learner, CompetenceCode code) {
        return next(learner, code, null);
    }

    /**
     * @param within the campaign in which it is asked; null outside campaigns
     * @throws ProblemException {@code not-found} when the framework in force has no such competence
     */
    Asked next(LearnerId learner, CompetenceCode code, @Nullable Within within) {
        Instant now = clock.now();
        Framework framework = frameworks.inForce(now);
        Competence competence = framework.competence(code).orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
        Knowledge knowledge = evaluations.knowledge(learner, code);
        UUID stream = StreamIds.evaluation(learner, code);
        Set<ChallengeId> withdrawn = withdrawals.of(framework.version());
        Optional<NextChallenge> due = within == null
                ? NextChallenge.due(stream, knowledge, framework, withdrawn)
                : NextChallenge.due(stream, knowledge, framework, withdrawn, within.target());
        return new Asked(competence, framework, knowledge, due.map(NextChallenge::challenge), now);
    }
}

package fr.grandlivre.bench.learners;

import fr.grandlivre.bench.learners.Picker.Pick;
import fr.grandlivre.command.Decision;
import fr.grandlivre.command.evaluation.EvaluationCommand.OfCompetence;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.evaluation.Rehearsal;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One learner in one competence, from nothing until there is nothing left to ask.
 *
 * @param competence which
 * @param ability    of the learner in it, in difficulties
 * @param truth      the score of what the learner has
 * @param scores     after each answer, never empty
 */
record Sitting(CompetenceCode competence, double ability, PixScore truth, List<PixScore> scores) {
    /** @return the sitting, decided by the ledger's own decider in memory */
    static Sitting of(VirtualLearner learner, Competence competence, Picker picker, Instant now) {
        Frameworks frameworks = Frameworks.shipped();
        Framework framework = frameworks.inForce(now);
        CompetenceCode code = competence.code();
        UUID stream = StreamIds.evaluation(learner.id(), code);
        Rehearsal rehearsal = new Rehearsal(frameworks, code);
        List<PixScore> scores = new ArrayList<>();
        for (Optional<Pick> pick = next(learner, code, stream, rehearsal, picker, framework);
                pick.isPresent();
                pick = next(learner, code, stream, rehearsal, picker, framework)) {
            Challenge challenge = pick.get().challenge();
            if (challenge.isTimed()) {
                send(rehearsal, new StartTimer(learner.id(), code, challenge.id(), null, now), pick.get(), now);
            }
            send(
                    rehearsal,
                    new RecordAnswer(
                            new AnswerId(learner.answerId(challenge.id())),
                            learner.id(),
                            code,
                            challenge.id(),
                            learner.response(challenge, framework),
                            null,
                            null,
                            now),
                    pick.get(),
                    now);
            scores.add(rehearsal.knowledge().score());
        }
        return new Sitting(code, learner.ability(competence), learner.truth(code, framework), List.copyOf(scores));
    }

    private static Optional<Pick> next(
            VirtualLearner learner,
            CompetenceCode code,
            UUID stream,
            Rehearsal rehearsal,
            Picker picker,
            Framework framework) {
        int answers = rehearsal.knowledge().answers().size();
        return picker.pick(stream, rehearsal.knowledge(), framework, learner.draw(code, answers));
    }

    private static void send(Rehearsal rehearsal, OfCompetence command, Pick pick, Instant now) {
        if (rehearsal.send(command, pick.withheld(), now) instanceof Decision.Refused(var code, var _)) {
            throw new IllegalStateException(pick.challenge().id() + " was due and is refused: " + code);
        }
    }

    int answers() {
        return scores.size();
    }

    PixScore last() {
        return scores.getLast();
    }

    /** @return the score after so many answers; the last one when there were fewer */
    PixScore after(int answers) {
        return scores.get(Math.min(answers, scores.size()) - 1);
    }
}

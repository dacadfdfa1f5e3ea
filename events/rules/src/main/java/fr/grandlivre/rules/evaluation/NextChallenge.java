package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.PickRules;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Tube;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The adaptive pick (domain rules, evaluation). It depends on the facts alone, so the challenge that is due after an
 * answer is the same on every machine and at every reading.
 *
 * @param skill     the skill to test
 * @param challenge the challenge that tests it
 */
public record NextChallenge(Skill skill, Challenge challenge) {
    /** Rewards nearer than this are equal. */
    private static final double REWARD_PRECISION = 1e-9;

    /**
     * @param stream    id of the evaluation stream, seed of the draw
     * @param knowledge fold of that stream
     * @param inForce   version whose challenges are asked
     * @param withdrawn challenges that are no longer asked
     * @return the due challenge of the competence; empty when the pass is finished
     */
    public static Optional<NextChallenge> due(
            UUID stream, Knowledge knowledge, Framework inForce, Set<ChallengeId> withdrawn) {
        Set<TubeId> all = tubes(knowledge, inForce).stream().map(Tube::id).collect(Collectors.toUnmodifiableSet());
        return due(stream, knowledge, inForce, withdrawn, all);
    }

    /**
     * @param target tubes that may be asked: the target of a campaign
     * @return the due challenge among those tubes; empty when there is nothing to ask
     */
    public static Optional<NextChallenge> due(
            UUID stream, Knowledge knowledge, Framework inForce, Set<ChallengeId> withdrawn, Set<TubeId> target) {
        double predicted = predicted(knowledge, inForce.pick());
        List<Candidate> candidates = candidates(knowledge, inForce, withdrawn, target, predicted);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> best = knowledge.answersOfPass().isEmpty()
                ? ofFirstDifficulty(candidates, inForce.pick())
                : mostRewarding(candidates, knowledge, predicted);
        Draw draw = Draw.of(stream, knowledge.answers().size());
        Candidate drawn = draw.among(best.stream()
                .sorted(Comparator.comparing(candidate -> candidate.skill().id()))
                .toList());
        return Optional.of(new NextChallenge(drawn.skill(), draw.among(unseenFirst(drawn.playable(), knowledge))));
    }

    /**
     * What the adaptive pick chooses from, for those who compare it with another choice.
     *
     * @param inForce   version whose challenges are asked
     * @param withdrawn challenges that are no longer asked
     * @return every challenge of the competence that may be asked now, in the order of the bank; empty when the pass is
     *     finished
     */
    public static List<NextChallenge> askable(Knowledge knowledge, Framework inForce, Set<ChallengeId> withdrawn) {
        Set<TubeId> all = tubes(knowledge, inForce).stream().map(Tube::id).collect(Collectors.toUnmodifiableSet());
        return candidates(knowledge, inForce, withdrawn, all, predicted(knowledge, inForce.pick())).stream()
                .flatMap(candidate ->
                        candidate.playable().stream().map(asked -> new NextChallenge(candidate.skill(), asked)))
                .toList();
    }

    /** @return the level at which the direct answers that count are least surprising, 0.5 … 7.5 */
    static double predicted(Knowledge knowledge, PickRules pick) {
        return PredictedLevel.of(
                pick,
                knowledge.skills().entrySet().stream()
                        .filter(known -> known.getValue().direct() && !knowledge.isOpen(known.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(known -> new PredictedLevel.Answer(
                                Skill.difficultyOf(known.getKey()), knowledge.isValidated(known.getKey())))
                        .toList());
    }

    /** @return expected number of skills on which the answer will decide */
    static double reward(Tube tube, Skill skill, Knowledge knowledge, double predicted) {
        double right = PredictedLevel.probability(predicted, skill.difficulty());
        int validated = 0;
        int invalidated = 0;
        for (Skill other : tube.skills()) {
            if (knowledge.isOpen(other.id())) {
                validated += other.difficulty() <= skill.difficulty() ? 1 : 0;
                invalidated += other.difficulty() >= skill.difficulty() ? 1 : 0;
            }
        }
        return right * validated + (1 - right) * invalidated;
    }

    /** A skill that may be asked, with the challenges that may ask it; never empty. */
    private record Candidate(Tube tube, Skill skill, List<Challenge> playable) {}

    private static List<Candidate> candidates(
            Knowledge knowledge, Framework inForce, Set<ChallengeId> withdrawn, Set<TubeId> target, double predicted) {
        List<Candidate> candidates = new ArrayList<>();
        for (Tube tube : tubes(knowledge, inForce)) {
            if (!target.contains(tube.id())) {
                continue;
            }
            for (Skill skill : tube.skills()) {
                if (skill.difficulty() - predicted <= inForce.pick().greatestStepUp() && knowledge.isOpen(skill.id())) {
                    List<Challenge> playable = playable(skill, withdrawn);
                    if (!playable.isEmpty()) {
                        candidates.add(new Candidate(tube, skill, playable));
                    }
                }
            }
        }
        return untimedWhereNeeded(fromEasyTubes(candidates, inForce.pick()), knowledge);
    }

    private static List<Challenge> playable(Skill skill, Set<ChallengeId> withdrawn) {
        return withdrawn.isEmpty()
                ? skill.challenges()
                : skill.challenges().stream()
                        .filter(challenge -> !withdrawn.contains(challenge.id()))
                        .toList();
    }

    private static List<Candidate> fromEasyTubes(List<Candidate> candidates, PickRules pick) {
        List<Candidate> easy = candidates.stream()
                .filter(candidate -> candidate.tube().hardest() <= pick.hardestOfEasyTube())
                .toList();
        return easy.isEmpty() ? candidates : easy;
    }

    /** Two timed challenges never follow each other, and none comes first; the rule yields rather than end a pass. */
    private static List<Candidate> untimedWhereNeeded(List<Candidate> candidates, Knowledge knowledge) {
        boolean needed = knowledge.answersOfPass().isEmpty() || wasLastTimed(knowledge);
        if (!needed) {
            return candidates;
        }
        List<Candidate> untimed = candidates.stream()
                .map(candidate -> new Candidate(
                        candidate.tube(),
                        candidate.skill(),
                        candidate.playable().stream()
                                .filter(challenge -> !challenge.isTimed())
                                .toList()))
                .filter(candidate -> !candidate.playable().isEmpty())
                .toList();
        return untimed.isEmpty() ? candidates : untimed;
    }

    private static boolean wasLastTimed(Knowledge knowledge) {
        return knowledge
                .lastAnswer()
                .flatMap(last -> knowledge
                        .frameworks()
                        .of(last.recorded().framework())
                        .challenge(last.recorded().challenge()))
                .map(Challenge::isTimed)
                .orElse(false);
    }

    private static List<Candidate> ofFirstDifficulty(List<Candidate> candidates, PickRules pick) {
        int lowest = candidates.stream()
                .mapToInt(candidate -> candidate.skill().difficulty())
                .min()
                .orElseThrow();
        boolean hasFirst =
                candidates.stream().anyMatch(candidate -> candidate.skill().difficulty() == pick.firstDifficulty());
        int difficulty = hasFirst ? pick.firstDifficulty() : lowest;
        return candidates.stream()
                .filter(candidate -> candidate.skill().difficulty() == difficulty)
                .toList();
    }

    private static List<Candidate> mostRewarding(List<Candidate> candidates, Knowledge knowledge, double predicted) {
        double[] rewards = new double[candidates.size()];
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rewards.length; i++) {
            Candidate candidate = candidates.get(i);
            rewards[i] = reward(candidate.tube(), candidate.skill(), knowledge, predicted);
            greatest = Math.max(greatest, rewards[i]);
        }
        List<Candidate> best = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            if (rewards[i] >= greatest - REWARD_PRECISION) {
                best.add(candidates.get(i));
            }
        }
        return best;
    }

    private static List<Challenge> unseenFirst(List<Challenge> playable, Knowledge knowledge) {
        List<Challenge> unseen = playable.stream()
                .filter(challenge -> !knowledge.hasSeen(challenge.id()))
                .toList();
        return unseen.isEmpty() ? playable : unseen;
    }

    private static List<Tube> tubes(Knowledge knowledge, Framework inForce) {
        return inForce.competence(knowledge.competence()).map(Competence::tubes).orElse(List.of());
    }
}

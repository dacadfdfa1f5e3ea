package fr.grandlivre.bench.learners;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ways to choose the next challenge among those that may be asked. All stop when there is none. */
enum Picker {
    /** As the product does. */
    ADAPTIVE {
        @Override
        Optional<Pick> pick(UUID stream, Knowledge knowledge, Framework framework, SplittableRandom chance) {
            return NextChallenge.due(stream, knowledge, framework, Set.of())
                    .map(next -> new Pick(next.challenge(), Set.of()));
        }
    },

    /** Any of them. */
    RANDOM {
        @Override
        Optional<Pick> pick(UUID stream, Knowledge knowledge, Framework framework, SplittableRandom chance) {
            List<NextChallenge> askable = NextChallenge.askable(knowledge, framework, Set.of());
            if (askable.isEmpty()) {
                return Optional.empty();
            }
            Challenge challenge = askable.get(chance.nextInt(askable.size())).challenge();
            Set<ChallengeId> others = new HashSet<>();
            framework
                    .competence(knowledge.competence())
                    .orElseThrow()
                    .skills()
                    .forEach(skill -> skill.challenges().forEach(other -> others.add(other.id())));
            others.remove(challenge.id());
            return Optional.of(new Pick(challenge, others));
        }
    };

    /**
     * A challenge to ask.
     *
     * @param challenge which
     * @param withheld  challenges to be withheld from the decider, so that it asks this one
     */
    record Pick(Challenge challenge, Set<ChallengeId> withheld) {}

    /**
     * @param stream of the evaluation
     * @param chance of the picker's own
     * @return empty when nothing may be asked
     */
    abstract Optional<Pick> pick(UUID stream, Knowledge knowledge, Framework framework, SplittableRandom chance);
}

package fr.grandlivre.rules.evaluation;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Tutorial;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tutorials offered after a failure (domain rules, tutorials). */
public final class TutorialChoice {
    private TutorialChoice() {}

    /**
     * @param answer    the answer just given
     * @param knowledge fold of the stream with that answer
     * @param framework version of the answer
     * @param useful    number of learners who found a tutorial useful; absent means none
     * @return as many as the version allows at most: that of the failed tube, then those of the other tubes failed in this pass; empty when
     *     the answer was right
     */
    public static List<Tutorial> after(
            AnswerRecorded answer, Knowledge knowledge, Framework framework, Map<TubeId, Integer> useful) {
        if (answer.outcome() == Outcome.OK) {
            return List.of();
        }
        TubeId failed = framework.skill(answer.skill()).map(Skill::tube).orElseThrow();
        Set<TubeId> alsoFailed = knowledge.tubesFailedInPass(framework);
        return framework.tutorials().stream()
                .filter(tutorial -> tutorial.id().equals(failed) || alsoFailed.contains(tutorial.id()))
                .sorted(Comparator.comparing(
                                (Tutorial tutorial) -> !tutorial.id().equals(failed))
                        .thenComparing(tutorial -> !tutorial.skills().contains(answer.skill()))
                        .thenComparingInt(tutorial -> -useful.getOrDefault(tutorial.id(), 0))
                        .thenComparingInt(Tutorial::minutes)
                        .thenComparing(Tutorial::id))
                .limit(framework.pick().tutorialsAfterFailure())
                .toList();
    }
}

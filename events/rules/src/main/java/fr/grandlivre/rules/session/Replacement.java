package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * The challenge that takes the place of one with a problem (domain rules, alert): of the same skill, else of the nearest
 * skill of its tube, the easier of two equally near.
 *
 * @param skill     what it tests
 * @param challenge what is asked instead
 */
public record Replacement(SkillId skill, ChallengeId challenge) {
    /**
     * @param framework version of the exam
     * @param question  the question with the problem
     * @param unusable  challenges already in the exam, and withdrawn ones
     * @return empty means {@code no-replacement}
     */
    public static Optional<Replacement> of(Framework framework, Question question, Set<ChallengeId> unusable) {
        int difficulty = Skill.difficultyOf(question.skill());
        return framework
                .skill(question.skill())
                .flatMap(skill -> framework.tube(skill.tube()))
                .flatMap(tube -> tube.skills().stream()
                        .sorted(Comparator.comparingInt((Skill skill) -> Math.abs(skill.difficulty() - difficulty))
                                .thenComparingInt(Skill::difficulty))
                        .flatMap(skill -> skill.challenges().stream())
                        .map(Challenge::id)
                        .filter(id -> !id.equals(question.challenge()) && !unusable.contains(id))
                        .findFirst())
                .flatMap(framework::challenge)
                .map(challenge -> new Replacement(challenge.skill(), challenge.id()));
    }
}

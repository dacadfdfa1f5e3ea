package fr.grandlivre.rules.session;

import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.rules.evaluation.Draw;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.SkillKnowledge;
import fr.grandlivre.rules.evaluation.SkillKnowledge.Validated;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an exam asks (domain rules, composition): in each competence with the level, the hardest skills that the learner
 * has shown directly, each by a challenge not seen yet where there is one. The same facts give the same exam.
 */
public final class Composition {
    private Composition() {}

    /**
     * @param exam      seed of the order
     * @param rules     of the exam day
     * @param framework version in force on the exam day
     * @param profile   the learner's knowledge in each competence, as of now
     * @param withdrawn challenges that are no longer asked
     * @return 0..48 questions numbered from 1; empty means {@code nothing-to-ask}
     */
    public static List<Question> of(
            ExamId exam,
            ExamRules rules,
            Framework framework,
            Map<CompetenceCode, Knowledge> profile,
            Set<ChallengeId> withdrawn) {
        List<Chosen> chosen = profile.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> entry.getValue().score().level().compareTo(rules.certifiableLevel()) >= 0)
                .flatMap(entry -> ofCompetence(entry.getValue(), rules, framework, withdrawn).stream())
                .limit(rules.questions())
                .toList();
        List<Chosen> shuffled = shuffled(exam, chosen);
        List<Question> questions = new ArrayList<>();
        for (Chosen next : shuffled) {
            questions.add(new Question(
                    questions.size() + 1,
                    next.skill().competence(),
                    next.skill().id(),
                    next.challenge().id(),
                    next.challenge().timer().map(Duration::toMillis).orElse(null)));
        }
        return List.copyOf(questions);
    }

    /** A skill and the challenge that tests it. */
    private record Chosen(Skill skill, Challenge challenge) {}

    private static List<Chosen> ofCompetence(
            Knowledge knowledge, ExamRules rules, Framework framework, Set<ChallengeId> withdrawn) {
        return knowledge.skills().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Validated validated && validated.direct())
                .sorted(hardestThenMostRecent())
                .flatMap(entry -> framework.skill(entry.getKey()).stream())
                .flatMap(skill ->
                        challenge(skill, knowledge, withdrawn).map(challenge -> new Chosen(skill, challenge)).stream())
                .limit(rules.questionsPerCompetence())
                .toList();
    }

    private static Comparator<Map.Entry<SkillId, SkillKnowledge>> hardestThenMostRecent() {
        Comparator<Map.Entry<SkillId, SkillKnowledge>> byDifficulty =
                Comparator.comparing(entry -> Skill.difficultyOf(entry.getKey()), Comparator.reverseOrder());
        return byDifficulty
                .thenComparing(entry -> entry.getValue().at(), Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey);
    }

    private static Optional<Challenge> challenge(Skill skill, Knowledge knowledge, Set<ChallengeId> withdrawn) {
        return skill.challenges().stream()
                .filter(challenge -> !withdrawn.contains(challenge.id()))
                .min(Comparator.comparing((Challenge challenge) -> knowledge.hasSeen(challenge.id()))
                        .thenComparing(Challenge::id));
    }

    private static List<Chosen> shuffled(ExamId exam, List<Chosen> ordered) {
        List<Chosen> left = new ArrayList<>(ordered);
        List<Chosen> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(Draw.of(exam.value(), shuffled.size()).index(left.size())));
        }
        return shuffled;
    }
}

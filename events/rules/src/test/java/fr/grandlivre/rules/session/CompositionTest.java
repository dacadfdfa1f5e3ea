package fr.grandlivre.rules.session;

import static fr.grandlivre.rules.framework.Contents.frameworks;
import static fr.grandlivre.rules.framework.Contents.tube;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.evaluation.History;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final ExamRules RULES = ExamRules.inForceOn(LocalDate.parse("2022-05-16"));
    private static final ExamId EXAM = new ExamId(new UUID(3, 4));
    private static final Frameworks ABC =
            frameworks(tube("aaa", 1, 2, 3, 4, 5), tube("bbb", 1, 2, 3, 4, 5), tube("ccc", 1, 2, 3, 4, 5));

    @Test
    void the_hardest_direct_skills_are_asked_then_the_most_recent() {
        History history = History.in(ABC).ok("aaa3", "ccc2", "bbb3", "bbb1", "aaa5");
        assertThat(skills(history)).containsExactlyInAnyOrder("@aaa5", "@bbb3", "@aaa3");
        History recent = History.in(ABC).ok("aaa2", "ccc2", "bbb2", "aaa4");
        assertThat(skills(recent)).containsExactlyInAnyOrder("@aaa4", "@bbb2", "@ccc2");
    }

    @Test
    void inferred_and_failed_skills_are_not_asked() {
        assertThat(skills(History.in(ABC).ok("aaa5").ko("bbb2"))).containsExactly("@aaa5");
    }

    @Test
    void a_challenge_not_seen_yet_is_asked_first() {
        assertThat(compose(History.in(ABC).okTo("aaa4a"), Set.of()))
                .extracting(Question::challenge)
                .containsExactly(new ChallengeId("aaa4b"));
        assertThat(compose(History.in(ABC).okTo("aaa4b"), Set.of()))
                .extracting(Question::challenge)
                .containsExactly(new ChallengeId("aaa4a"));
    }

    @Test
    void withdrawn_challenges_are_not_asked() {
        History history = History.in(ABC).okTo("aaa4a").ok("bbb2");
        assertThat(compose(history, Set.of(new ChallengeId("aaa4b"))))
                .extracting(Question::challenge)
                .contains(new ChallengeId("aaa4a"));
        assertThat(compose(history, Set.of(new ChallengeId("aaa4b"), new ChallengeId("aaa4a"))))
                .extracting(question -> question.skill().value())
                .containsExactly("@bbb2");
    }

    @Test
    void a_competence_below_the_level_is_not_asked() {
        assertThat(compose(History.in(ABC).ok("aaa2"), Set.of())).isEmpty();
    }

    @Test
    void a_whole_profile_gives_48_numbered_questions_in_a_repeatable_order() {
        Frameworks shipped = Frameworks.shipped();
        Framework framework = shipped.inForceOn(LocalDate.parse("2022-05-16"));
        Map<CompetenceCode, Knowledge> profile = new HashMap<>();
        for (Competence competence : framework.competences()) {
            profile.put(competence.code(), complete(shipped, framework, competence));
        }
        List<Question> questions = Composition.of(EXAM, RULES, framework, profile, Set.of());
        assertThat(questions).hasSize(48);
        assertThat(questions)
                .extracting(Question::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 48).boxed().toList());
        assertThat(new HashSet<>(questions.stream().map(Question::challenge).toList()))
                .hasSize(48);
        assertThat(Composition.of(EXAM, RULES, framework, new HashMap<>(profile), Set.of()))
                .isEqualTo(questions);
        assertThat(Composition.of(new ExamId(new UUID(3, 5)), RULES, framework, profile, Set.of()))
                .isNotEqualTo(questions)
                .hasSize(48);
        assertThat(questions)
                .extracting(Question::competence)
                .isNotEqualTo(
                        questions.stream().map(Question::competence).sorted().toList());
        assertThat(questions)
                .allSatisfy(question -> assertThat(question.timerMs())
                        .isEqualTo(framework
                                .challenge(question.challenge())
                                .orElseThrow()
                                .timer()
                                .map(timer -> timer.toMillis())
                                .orElse(null)));
    }

    @Test
    void a_replacement_is_of_the_same_skill_and_else_of_the_nearest() {
        Question question = compose(History.in(ABC).okTo("aaa3a"), Set.of()).getFirst();
        assertThat(question.challenge()).isEqualTo(new ChallengeId("aaa3b"));
        assertThat(Replacement.of(ABC.earliest(), question, Set.of()))
                .get()
                .extracting(Replacement::challenge)
                .isEqualTo(new ChallengeId("aaa3a"));
        assertThat(Replacement.of(ABC.earliest(), question, Set.of(new ChallengeId("aaa3a"))))
                .contains(new Replacement(Contents.skill("aaa2"), new ChallengeId("aaa2a")));
        Set<ChallengeId> all = new HashSet<>();
        ABC.earliest().challenges().forEach(challenge -> all.add(challenge.id()));
        assertThat(Replacement.of(ABC.earliest(), question, all)).isEmpty();
    }

    private static Knowledge complete(Frameworks frameworks, Framework framework, Competence competence) {
        Knowledge knowledge = Knowledge.none(frameworks, competence.code());
        for (Skill skill : competence.skills()) {
            knowledge = knowledge.after(
                    new AnswerRecorded(
                            new AnswerId(new UUID(0, knowledge.answers().size())),
                            History.LEARNER,
                            competence.code(),
                            skill.challenges().getFirst().id(),
                            skill.id(),
                            framework.version(),
                            Outcome.OK,
                            null,
                            0,
                            null,
                            null,
                            null),
                    Instant.EPOCH.plusSeconds(knowledge.answers().size()));
        }
        return knowledge;
    }

    private static List<String> skills(History history) {
        return compose(history, Set.of()).stream()
                .map(question -> question.skill().value())
                .toList();
    }

    private static List<Question> compose(History history, Set<ChallengeId> withdrawn) {
        return Composition.of(EXAM, RULES, ABC.earliest(), Map.of(Contents.C12, history.knowledge()), withdrawn);
    }
}

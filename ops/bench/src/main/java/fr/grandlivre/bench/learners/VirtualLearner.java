package fr.grandlivre.bench.learners;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Skill;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A learner whose abilities are known. The response to a challenge depends on learner and challenge alone: asked in any
 * order, by any way, the same learner answers alike.
 *
 * @param id        drawn from the seed
 * @param abilities in difficulties, one a tube of the framework
 */
record VirtualLearner(LearnerId id, Map<TubeId, Double> abilities) {
    /** As the adaptive pick assumes; one failure in six is a skip. */
    static final AnsweringModel MODEL = new AnsweringModel(1, 1 / 6d);

    /** Middle of the difficulties that the bank has. */
    static final double MEAN_ABILITY = 3;

    /** Between learners. */
    static final double SPREAD = 1.2;

    /** Between the competences of one learner. */
    static final double COMPETENCE_SPREAD = 0.6;

    /** Between the tubes of one competence. */
    static final double TUBE_SPREAD = 0.4;

    /** @return the learner of that number, the same for the same seed */
    static VirtualLearner of(long seed, int number, Framework framework) {
        SplittableRandom chance = chance("learner/" + seed + "/" + number);
        LearnerId id = new LearnerId(new UUID(
                (chance.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                (chance.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L));
        double general = MEAN_ABILITY + SPREAD * chance.nextGaussian();
        Map<TubeId, Double> abilities = new HashMap<>();
        for (Competence competence : framework.competences()) {
            double own = general + COMPETENCE_SPREAD * chance.nextGaussian();
            competence.tubes().forEach(tube -> abilities.put(tube.id(), own + TUBE_SPREAD * chance.nextGaussian()));
        }
        return new VirtualLearner(id, Map.copyOf(abilities));
    }

    /** @return what the learner answers to the challenge */
    Response response(Challenge challenge, Framework framework) {
        TubeId tube = framework.skill(challenge.skill()).orElseThrow().tube();
        return MODEL.response(challenge, ability(tube), chance("answer/" + id + "/" + challenge.id()));
    }

    /** @return mean of the tubes of the competence */
    double ability(Competence competence) {
        return competence.tubes().stream()
                .mapToDouble(tube -> ability(tube.id()))
                .average()
                .orElseThrow();
    }

    /** @return mean of all tubes */
    double ability() {
        return abilities.values().stream()
                .sorted()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** @return the score of the skills that the learner has: those whose difficulty is not above the ability */
    PixScore truth(CompetenceCode code, Framework framework) {
        List<Skill> skills = framework.competence(code).orElseThrow().skills();
        Fraction sum = skills.stream()
                .filter(skill -> ability(skill.tube()) >= skill.difficulty())
                .map(skill -> framework.pixValue(skill.id()))
                .reduce(Fraction.ZERO, Fraction::plus);
        return PixScore.of(sum, framework.scale());
    }

    /** @return chances that depend on the learner, the competence and the number of answers alone */
    SplittableRandom draw(CompetenceCode competence, int answers) {
        return chance("draw/" + id + "/" + competence + "/" + answers);
    }

    /** @return an id that depends on the learner and the challenge alone */
    UUID answerId(ChallengeId challenge) {
        return named("command/" + id + "/" + challenge);
    }

    private double ability(TubeId tube) {
        Double ability = abilities.get(tube);
        if (ability == null) {
            throw new IllegalArgumentException("the learner was drawn for a framework without the tube " + tube);
        }
        return ability;
    }

    private static SplittableRandom chance(String name) {
        return new SplittableRandom(named(name).getMostSignificantBits());
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}

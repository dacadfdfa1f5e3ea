package fr.grandlivre.rules.evaluation;

import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Skill;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How somebody of a known ability answers: by chance, the more rarely right the harder the skill is for that person. Chance
 * is the caller's, so that the same seed gives the same answers.
 *
 * @param steepness how much one difficulty more or less matters, above 0; 1 is what the adaptive pick assumes
 * @param skipping  share of «Passer» among what is not right, 0..1
 * @see <a href="https://en.wikipedia.org/wiki/Rasch_model">Rasch model</a>
 */
public record AnsweringModel(double steepness, double skipping) {
    /** @throws IllegalArgumentException outside the ranges */
    public AnsweringModel {
        if (!(steepness > 0) || !(skipping >= 0 && skipping <= 1)) {
            throw new IllegalArgumentException("steepness above 0, skipping from 0 to 1");
        }
    }

    /**
     * @param ability    in difficulties
     * @param difficulty of the skill, 1..8
     * @return probability of a right answer; one half when the ability equals the difficulty
     */
    public double probability(double ability, int difficulty) {
        return 1 / (1 + StrictMath.exp(-steepness * (ability - difficulty)));
    }

    /** @return right, wrong or skipped, as chance and ability will have it */
    public Response response(Challenge challenge, double ability, RandomGenerator chance) {
        if (chance.nextDouble() < probability(ability, Skill.difficultyOf(challenge.skill()))) {
            return right(challenge);
        }
        return chance.nextDouble() < skipping ? new Response.Skipped() : wrong(challenge, chance);
    }

    /** @return an answer that the challenge accepts, the same at every call */
    public static Response right(Challenge challenge) {
        return switch (challenge) {
            case Qcu(var _, List<Choice> choices) -> new Response.Chosen(indexes(choices, true));
            case Qcm(var _, List<Choice> choices) -> new Response.Chosen(indexes(choices, true));
            case Qroc(var _, AnswerField field) ->
                new Response.Typed(List.of(field.solutions().getFirst()));
            case Qrocm(var _, var _, List<AnswerField> fields) ->
                new Response.Typed(fields.stream()
                        .map(field -> field.solutions().getFirst())
                        .toList());
        };
    }

    /** @return a plausible answer that the challenge refuses */
    public static Response wrong(Challenge challenge, RandomGenerator chance) {
        return switch (challenge) {
            case Qcu(var _, List<Choice> choices) -> new Response.Chosen(List.of(any(indexes(choices, false), chance)));
            case Qcm(var _, List<Choice> choices) -> new Response.Chosen(List.of(any(indexes(choices, false), chance)));
            case Qroc(var _, AnswerField field) -> new Response.Typed(List.of(any(field.wrong(), chance)));
            case Qrocm(var _, var _, List<AnswerField> fields) -> {
                List<String> texts = new ArrayList<>(fields.stream()
                        .map(field -> field.solutions().getFirst())
                        .toList());
                texts.set(0, any(fields.getFirst().wrong(), chance));
                yield new Response.Typed(texts);
            }
        };
    }

    private static List<Integer> indexes(List<Choice> choices, boolean right) {
        return IntStream.range(0, choices.size())
                .filter(index -> choices.get(index).right() == right)
                .boxed()
                .toList();
    }

    private static <T> T any(List<T> list, RandomGenerator chance) {
        return list.get(chance.nextInt(list.size()));
    }
}

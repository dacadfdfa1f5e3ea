package fr.grandlivre.api.demo;

import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What virtual learners type and choose. */
final class DemoResponses {
    private DemoResponses() {}

    static Response right(Challenge challenge) {
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

    static Response wrong(Challenge challenge, SplittableRandom chance) {
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

    private static <T> T any(List<T> list, SplittableRandom chance) {
        return list.get(chance.nextInt(list.size()));
    }
}

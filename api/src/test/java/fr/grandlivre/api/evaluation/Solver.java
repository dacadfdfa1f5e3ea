package fr.grandlivre.api.evaluation;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A learner who knows every answer of the shipped bank. */
final class Solver {
    private Solver() {}

    static Challenge challenge(String id) {
        return Frameworks.shipped()
                .versions()
                .getLast()
                .challenge(new ChallengeId(id))
                .orElseThrow();
    }

    static Response right(Challenge challenge) {
        return switch (challenge) {
            case Qcu(var _, var choices) -> chosen(choices);
            case Qcm(var _, var choices) -> chosen(choices);
            case Qroc(var _, var answer) ->
                new Response.Typed(List.of(answer.solutions().getFirst()));
            case Qrocm(var _, var _, var answers) ->
                new Response.Typed(answers.stream()
                        .map(answer -> answer.solutions().getFirst())
                        .toList());
        };
    }

    /** @return the right answer as the body of a request */
    static String json(Challenge challenge) {
        String answer = switch (right(challenge)) {
            case Response.Chosen(var indexes) -> "\"choices\":" + indexes;
            case Response.Typed(var fields) ->
                "\"fields\":"
                        + fields.stream()
                                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                                .collect(Collectors.joining(",", "[", "]"));
            case Response.Skipped() -> "\"skipped\":true";
        };
        return "{\"challenge\":\"" + challenge.id() + "\"," + answer + "}";
    }

    private static Response chosen(List<Choice> choices) {
        return new Response.Chosen(IntStream.range(0, choices.size())
                .filter(index -> choices.get(index).right())
                .boxed()
                .toList());
    }
}

package fr.grandlivre.api.evaluation;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.util.stream.Collectors;

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

    /** @return the right answer as the body of a request */
    static String json(Challenge challenge) {
        String answer = switch (AnsweringModel.right(challenge)) {
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
}

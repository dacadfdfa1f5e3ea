package fr.grandlivre.bench.learners;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.evaluation.Response;
import java.util.Map;

/** An answer as the interface takes it. */
public final class AnswerBody {
    private AnswerBody() {}

    /** @return members of the JSON object */
    public static Map<String, Object> of(ChallengeId challenge, Response response) {
        String id = challenge.value();
        return switch (response) {
            case Response.Chosen(var indexes) -> Map.of("challenge", id, "choices", indexes);
            case Response.Typed(var fields) -> Map.of("challenge", id, "fields", fields);
            case Response.Skipped() -> Map.of("challenge", id, "skipped", true);
        };
    }
}

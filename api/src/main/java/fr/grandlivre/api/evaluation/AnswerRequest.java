package fr.grandlivre.api.evaluation;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Response;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a program sends it: exactly one of choices, fields and skipped.
 *
 * @param challenge  the one that was shown
 * @param choices    indexes of the chosen options, from 0
 * @param fields     texts, one a field, kept as typed
 * @param skipped    true for «Passer»
 * @param focusedOut whether the learner left the page; absent where nobody watched
 * @param participation passage in a campaign within which it was asked; absent outside campaigns
 */
@Schema(example = "{\"challenge\":\"keywords2a\",\"choices\":[1],\"focusedOut\":false}")
record AnswerRequest(
        @Nullable String challenge,
        @Nullable List<@Nullable Integer> choices,
        @Nullable List<@Nullable String> fields,
        @Nullable Boolean skipped,
        @Nullable Boolean focusedOut,
        @Nullable UUID participation) {

    /**
     * What it says, once it is understood.
     *
     * @param challenge which
     * @param response  what
     */
    record Parsed(ChallengeId challenge, Response response) {}

    /** @throws ProblemException {@code validation} with every field at fault */
    Parsed parse() {
        List<Violation> violations = new ArrayList<>();
        Optional<ChallengeId> asked = challengeId(challenge, violations);
        Optional<Response> response = response(violations);
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
        return new Parsed(asked.orElseThrow(), response.orElseThrow());
    }

    /** @throws ProblemException {@code validation} when the text is no challenge id */
    static ChallengeId challengeId(@Nullable String text) {
        List<Violation> violations = new ArrayList<>();
        return challengeId(text, violations).orElseThrow(() -> new ProblemException(Problem.invalid(violations)));
    }

    static Optional<ChallengeId> challengeId(@Nullable String text, List<Violation> violations) {
        if (text == null) {
            violations.add(new Violation("/challenge", "missing"));
            return Optional.empty();
        }
        try {
            return Optional.of(new ChallengeId(text));
        } catch (IllegalArgumentException _) {
            violations.add(new Violation("/challenge", "invalid"));
            return Optional.empty();
        }
    }

    private Optional<Response> response(List<Violation> violations) {
        boolean skips = Boolean.TRUE.equals(skipped);
        // An empty list answers as little as a page sent without a tick.
        boolean chooses = choices != null && !choices.isEmpty();
        boolean types = fields != null && !fields.isEmpty();
        long given =
                Stream.of(chooses, types, skips).filter(Boolean::booleanValue).count();
        if (given != 1) {
            violations.add(new Violation("", given == 0 ? "answer.missing" : "answer.several"));
            return Optional.empty();
        }
        if (skips) {
            return Optional.of(new Response.Skipped());
        }
        return chooses
                ? chosen(Objects.requireNonNull(choices), violations)
                : typed(Objects.requireNonNull(fields), violations);
    }

    private static Optional<Response> chosen(List<@Nullable Integer> choices, List<Violation> violations) {
        List<Integer> indexes = new ArrayList<>(choices.size());
        for (int i = 0; i < choices.size(); i++) {
            Integer choice = choices.get(i);
            if (choice == null) {
                violations.add(new Violation("/choices/" + i, "invalid"));
            } else {
                indexes.add(choice);
            }
        }
        return Optional.of(new Response.Chosen(indexes));
    }

    private static Optional<Response> typed(List<@Nullable String> fields, List<Violation> violations) {
        List<String> texts = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String text = fields.get(i);
            if (text == null) {
                violations.add(new Violation("/fields/" + i, "invalid"));
                continue;
            }
            Optional<String> violation = text.codePointCount(0, text.length()) > Grading.LONGEST_TEXT
                    ? Optional.of("too-long")
                    : TypedText.violation(text);
            if (violation.isPresent()) {
                violations.add(new Violation("/fields/" + i, violation.get()));
            }
            texts.add(text);
        }
        return Optional.of(new Response.Typed(texts));
    }
}

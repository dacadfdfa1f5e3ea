package fr.grandlivre.api.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * An answer as a page sends it.
 *
 * @param challenge  the one that was shown
 * @param choices    checked boxes, as sent
 * @param fields     texts, as sent
 * @param skipped    whether «Passer» was pressed
 * @param focusedOut what the script saw; absent without script
 */
record AnswerForm(
        @Nullable String challenge,
        List<String> choices,
        List<String> fields,
        boolean skipped,
        @Nullable Boolean focusedOut) {
    static AnswerForm read(MultiValueMap<String, String> form) {
        return new AnswerForm(
                form.getFirst("challenge"),
                form.getOrDefault("choix", List.of()),
                form.getOrDefault("champ", List.of()),
                form.containsKey("passer"),
                switch (Objects.requireNonNullElse(form.getFirst("sortie"), "")) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                });
    }

    /** @return the same, as a program would have sent it */
    AnswerRequest request() {
        return new AnswerRequest(
                challenge,
                skipped || choices.isEmpty()
                        ? null
                        : choices.stream().map(AnswerForm::index).toList(),
                skipped || fields.isEmpty() ? null : List.copyOf(fields),
                skipped,
                focusedOut,
                null);
    }

    EvaluationPages.Kept kept(UUID commandId, String error) {
        return new EvaluationPages.Kept(commandId.toString(), choices, fields, error);
    }

    // No page sends another text; the rules refuse what no challenge has.
    private static Integer index(String text) {
        return Stream.of(text)
                .filter(digits -> digits.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(-1);
    }
}

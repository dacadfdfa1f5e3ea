package fr.grandlivre.api.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Document;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A challenge as it is shown, in one language and without its solutions.
 *
 * @param challenge   id, to be sent back with the answer
 * @param kind        qcu, qcm, qroc or qrocm
 * @param instruction what to do
 * @param document    what it works on; absent when the instruction says all
 * @param choices     in the order shown, named by their index from 0; absent for text
 * @param fields      labels in the order shown; absent for choices
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Question(
        String challenge,
        String kind,
        String instruction,
        @Nullable Sheet document,
        @Nullable List<String> choices,
        @Nullable List<String> fields) {
    /**
     * The document of a challenge.
     *
     * @param kind    table, csv, text, mail, html, svg or tree
     * @param name    file name; absent when it is only shown
     * @param alt     what an image shows; absent for others
     * @param content the document itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sheet(
            String kind, @Nullable String name, @Nullable String alt, String content) {
        static Sheet of(Document document, Locale language) {
            return new Sheet(
                    document.kind().name().toLowerCase(Locale.ROOT),
                    document.name(),
                    document.alt() == null ? null : document.alt().in(language),
                    document.body().in(language));
        }
    }

    static Question of(Challenge challenge, Locale language) {
        return new Question(
                challenge.id().value(),
                kind(challenge),
                challenge.instruction().in(language),
                challenge
                        .document()
                        .map(document -> Sheet.of(document, language))
                        .orElse(null),
                switch (challenge) {
                    case Qcu(var _, var choices) -> labels(choices, language);
                    case Qcm(var _, var choices) -> labels(choices, language);
                    case Qroc _, Qrocm _ -> null;
                },
                switch (challenge) {
                    case Qroc(var _, var answer) -> List.of(answer.label().in(language));
                    case Qrocm(var _, var _, var answers) ->
                        answers.stream()
                                .map(answer -> answer.label().in(language))
                                .toList();
                    case Qcu _, Qcm _ -> null;
                });
    }

    static String kind(Challenge challenge) {
        return switch (challenge) {
            case Qcu _ -> "qcu";
            case Qcm _ -> "qcm";
            case Qroc _ -> "qroc";
            case Qrocm _ -> "qrocm";
        };
    }

    private static List<String> labels(List<Challenge.Choice> choices, Locale language) {
        return choices.stream().map(choice -> choice.label().in(language)).toList();
    }
}

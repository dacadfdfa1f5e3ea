package fr.grandlivre.api.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Document;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A challenge as it is asked, in one language: nothing in it says which answer is right.
 *
 * @param kind        qcu, qcm, qroc or qrocm
 * @param instruction what to do
 * @param document    what to work on; absent when the instruction says all
 * @param choices     of a qcu or qcm, in order; empty for the others
 * @param fields      labels of the texts of a qroc or qrocm, in order; empty for the others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AskedQuestion(
        String kind, String instruction, @Nullable AskedDocument document, List<String> choices, List<String> fields) {
    /**
     * @param kind table, csv, text, mail, html, svg or tree
     * @param name file name; absent where it is only shown
     * @param alt  what an image shows; absent for others
     * @param body rows of cells divided by semicolons for tables, source text for the others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AskedDocument(
            String kind, @Nullable String name, @Nullable String alt, String body) {
        /** @return cells of a table, header first */
        @JsonIgnore
        public List<List<String>> rows() {
            return body.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> Arrays.asList(line.split(";", -1)))
                    .toList();
        }
    }

    static AskedQuestion of(Challenge challenge, Locale language) {
        AskedDocument document =
                challenge.document().map(shown -> document(shown, language)).orElse(null);
        String instruction = challenge.instruction().in(language);
        return switch (challenge) {
            case Qcu(var _, var choices) ->
                new AskedQuestion("qcu", instruction, document, labels(choices, language), List.of());
            case Qcm(var _, var choices) ->
                new AskedQuestion("qcm", instruction, document, labels(choices, language), List.of());
            case Qroc(var _, var field) ->
                new AskedQuestion("qroc", instruction, document, List.of(), texts(List.of(field), language));
            case Qrocm(var _, var _, var answers) ->
                new AskedQuestion("qrocm", instruction, document, List.of(), texts(answers, language));
        };
    }

    private static List<String> labels(List<Choice> choices, Locale language) {
        return choices.stream().map(choice -> choice.label().in(language)).toList();
    }

    private static List<String> texts(List<AnswerField> fields, Locale language) {
        return fields.stream().map(field -> field.label().in(language)).toList();
    }

    private static AskedDocument document(Document shown, Locale language) {
        return new AskedDocument(
                shown.kind().name().toLowerCase(Locale.ROOT),
                shown.name(),
                shown.alt() == null ? null : shown.alt().in(language),
                shown.body().in(language));
    }
}

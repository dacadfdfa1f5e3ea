package fr.grandlivre.rules.framework;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.rules.DataProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule of the bank, broken once. */
class FrameworkLinterTest {
    private static final String TUBE = """
        - id: NAME
          title: {fr: "Titre", en: "Title"}
          tutorial:
            title: {fr: "Titre", en: "Title"}
            minutes: 3
            format: lesson
            skills: [1, 2]
            body: {fr: "FRENCH", en: "ENGLISH"}
          skills:
        """;
    private static final String SKILL = """
        - difficulty: DIGIT
          title: {fr: "Savoir", en: "Know"}
          challenges:
            - id: a
              kind: qcu
              instruction: {fr: "Quel mot ?", en: "Which word?"}
              document:
                kind: table
                fr: |
                  a;b
                  1;2
                en: |
                  a;b
                  1;2
              choices:
                - {fr: "un", en: "one", right: true}
                - {fr: "deux", en: "two"}
                - {fr: "trois", en: "three"}
              explanation: {fr: "Un.", en: "One."}
        """;
    private static final String QROC = """
        - id: b
          kind: qroc
          instruction: {fr: "Combien de fichiers ?", en: "How many files?"}
          answer:
            label: {fr: "Nombre", en: "Number"}
            tolerances: [t1]
            solutions: ["12", "douze", "twelve"]
            wrong: ["11", "13"]
          explanation: {fr: "Douze.", en: "Twelve."}
        """;
    private static final String QCM = """
        - id: b
          kind: qcm
          instruction: {fr: "Choisir deux mots.", en: "Choose two words."}
          choices:
            - {fr: "un", en: "one", right: true}
            - {fr: "deux", en: "two", right: true}
            - {fr: "trois", en: "three"}
          explanation: {fr: "Un et deux.", en: "One and two."}
        """;
    private static final String QROCM = """
        - id: b
          kind: qrocm
          matching: interchangeable
          instruction: {fr: "Citer les deux noms.", en: "Name both."}
          answers:
            - label: {fr: "Premier", en: "First"}
              tolerances: [t1]
              solutions: ["alpha"]
              wrong: ["gamma", "delta"]
            - label: {fr: "Second", en: "Second"}
              tolerances: [t1]
              solutions: ["beta"]
              wrong: ["gamma", "delta"]
          explanation: {fr: "Alpha et beta.", en: "Alpha and beta."}
        """;

    @Test
    void a_good_file_has_no_problem_and_is_counted() {
        for (String second : List.of(QROC, QCM, QROCM)) {
            FrameworkLinter.Report report = FrameworkLinter.lint(Map.of("1.1.yaml", file(second)));
            assertThat(report.problems()).isEmpty();
            assertThat(report.counts())
                    .startsWith("competences 1, tubes 3, skills 15, challenges 30")
                    .contains("documents 15");
        }
    }

    @Test
    void the_schema_is_strict() {
        assertRefused(file(QROC).replace("minutes: 3", "minutes: 9"), "minutes must be a whole number");
        assertRefused(file(QROC).replace("format: lesson", "format: film"), "format must be one of");
        assertRefused(file(QROC).replace("kind: qroc", "kind: quiz"), "kind must be");
        assertRefused(file(QROC).replace("  wrong: [", "  wrongs: ["), "unknown field wrongs");
        assertRefused(file(QROC).replace("solutions: [\"12\"", "solutions: [12"), "quoted text");
        assertRefused(file(QROC).replace("tolerances: [t1]", "tolerances: [t4]"), "tolerances must be one of");
        assertRefused("competence: [", "is no YAML");
        assertRefused(file(QROC).replace("title: {fr: \"Titre\"", "title: {fr: \"A\", fr: \"B\""), "is no YAML");
    }

    @Test
    void both_languages_are_needed() {
        assertRefused(file(QROC).replace("{fr: \"Nombre\", en: \"Number\"}", "{fr: \"Nombre\"}"), "en must be text");
        assertRefused(
                file(QROC).replace("{fr: \"Nombre\", en: \"Number\"}", "{fr: \" \", en: \"Number\"}"),
                "fr must be text");
    }

    @Test
    void a_tube_has_the_difficulties_one_to_five() {
        assertRefused(file(QROC).replace("difficulty: 5", "difficulty: 6"), "difficulties are");
        assertRefused(file(QROC).replace("difficulty: 5", "difficulty: 4"), "difficulties are");
    }

    @Test
    void ids_are_unique() {
        assertRefused(file(QROC).replace("id: beta", "id: alpha"), "tube id stands twice");
        assertRefused(file(QROC.replace("id: b", "id: a")), "stands twice");
        FrameworkLinter.Report twice = FrameworkLinter.lint(Map.of("1.1.yaml", file(QROC), "copy.yaml", file(QROC)));
        assertThat(twice.problems()).extracting(DataProblem::message).anyMatch(text -> text.contains("has two files"));
    }

    @Test
    void a_skill_has_two_different_challenges() {
        assertRefused(file(""), "fewer than 2 challenges");
    }

    @Test
    void sentences_and_texts_are_short() {
        String sentence = "mot ".repeat(26).strip() + ".";
        assertRefused(file(QROC).replace("Combien de fichiers ?", sentence), "a sentence of 26 words");
        String instruction = "Voici quatre mots simples. ".repeat(16).strip();
        assertRefused(file(QROC).replace("Combien de fichiers ?", instruction), "has 64 words");
        assertRefused(
                file(QROC)
                        .replace(
                                "fr: \"Douze.\"",
                                "fr: \"" + "Une phrase courte. ".repeat(17).strip() + "\""),
                "has 51 words");
    }

    @Test
    void a_tutorial_is_a_short_text_without_html_and_links() {
        assertRefused(file(QROC).replaceFirst("One idea\\.", ""), "body has 118 words");
        assertRefused(file(QROC).replaceFirst("One idea\\.", "<b>One</b> idea."), "holds HTML");
        assertRefused(file(QROC).replaceFirst("One idea\\.", "[One](https://example.org) idea."), "holds HTML");
        assertRefused(file(QROC).replaceFirst("skills: \\[1, 2\\]", "skills: [1, 7]"), "names a skill");
    }

    @Test
    void french_speaks_to_nobody() {
        assertRefused(
                file(QROC).replace("Combien de fichiers ?", "Combien vois-tu de fichiers ?"), "speaks to the reader");
        assertRefused(file(QROC).replace("Combien de fichiers ?", "Ouvrir votre dossier."), "speaks to the reader");
    }

    @Test
    void a_document_is_not_broken() {
        assertRefused(file(QROC).replace("a;b", "a;b;c"), "rows of equal length");
        assertRefused(file(QROC).replace("kind: table", "kind: csv"), "needs a file name");
        assertRefused(file(QROC).replace("kind: table", "kind: svg"), "alt text");
        String svg = file(QROC).replaceAll("( +)kind: table", "$1kind: svg\n$1alt: {fr: \"Un trait\", en: \"A line\"}");
        assertRefused(svg, "is no image");
        String drawn = svg.replace("a;b", "<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'><rect/></svg>")
                .replace("1;2", "");
        assertThat(FrameworkLinter.lint(Map.of("1.1.yaml", drawn)).problems()).isEmpty();
        assertRefused(drawn.replace("<rect/>", "<rect style='x'/>"), "attribute style");
        assertRefused(drawn.replace("<rect/>", "<script/>"), "must not hold <script>");
        assertRefused(drawn.replace("0 0 9 9", "0 0 900 9"), "viewBox");
        assertRefused(drawn.replace("<rect/>", "<text font-size='9'>a</text>"), "letters smaller");
    }

    @Test
    void right_and_wrong_answers_grade_as_they_say() {
        assertRefused(
                file(QROC).replace("wrong: [\"11\", \"13\"]", "wrong: [\"11\", \"Douze \"]"), "otherwise than KO");
        assertRefused(file(QROC).replace("\"twelve\"]", "\" \"]"), "otherwise than OK");
        assertRefused(file(QROC).replace("wrong: [\"11\", \"13\"]", "wrong: [\"11\"]"), "fewer than 2 wrong");
        assertRefused(file(QCM).replace("\"two\", right: true", "\"two\""), "right choices");
        assertRefused(file(QCM).replace("fr: \"trois\"", "fr: \"deux\""), "same choice twice");
        assertRefused(file(QROCM).replace("solutions: [\"beta\"]", "solutions: [\"beta\", \"Alpha\"]"), "overlaps");
        assertRefused(file(QROCM).replace("wrong: [\"gamma\", \"delta\"]", "wrong: [\"gamma\", \"beta\"]"), "overlaps");
    }

    private static void assertRefused(String yaml, String message) {
        assertThat(FrameworkLinter.lint(Map.of("1.1.yaml", yaml)).problems())
                .extracting(DataProblem::message)
                .anyMatch(found -> found.contains(message));
    }

    /** @return a competence of three tubes whose skills have a QCU on a table, and the other challenge */
    private static String file(String other) {
        StringBuilder file = new StringBuilder("competence: \"1.1\"\ntubes:\n");
        for (String tube : List.of("alpha", "beta", "gamma")) {
            file.append(TUBE.replace("NAME", tube)
                    .replace("FRENCH", "Une idée. ".repeat(60).strip())
                    .replace("ENGLISH", "One idea. ".repeat(60).strip())
                    .indent(2));
            for (int difficulty = 1; difficulty <= 5; difficulty++) {
                file.append(SKILL.replace("DIGIT", Integer.toString(difficulty)).indent(6));
                file.append(other.indent(10));
            }
        }
        return file.toString();
    }
}

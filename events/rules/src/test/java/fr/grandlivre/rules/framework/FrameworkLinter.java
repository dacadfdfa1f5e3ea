package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.DataProblem;
import fr.grandlivre.rules.evaluation.Grading;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Matching;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** Checks the bank of challenges: its form, its language, and that every challenge grades its own answers. */
final class FrameworkLinter {
    private static final int TUBES_OF_COMPETENCE = 3;
    private static final List<Integer> DIFFICULTIES = List.of(1, 2, 3, 4, 5);
    private static final int LEAST_CHALLENGES_OF_SKILL = 2;
    private static final int LEAST_WRONG_ANSWERS = 2;
    private static final int MOST_WORDS_OF_SENTENCE = 25;
    private static final int MOST_WORDS_OF_INSTRUCTION = 60;
    private static final int MOST_WORDS_OF_EXPLANATION = 50;
    private static final int LEAST_WORDS_OF_TUTORIAL = 120;
    private static final int MOST_WORDS_OF_TUTORIAL = 220;
    private static final double WIDEST_IMAGE = 320;
    private static final double SMALLEST_LETTERS = 12;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:;…])\\s+|\\n+");
    private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}_]\\S*");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\p{L}])(tu|toi|ton|tes|ta|vous|votre|vos)(?![\\p{L}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern MONTH = Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    private static final Pattern HTML_OR_LINK = Pattern.compile("<[a-zA-Z/!]|!?\\[[^\\]]*\\]\\(");

    private final List<DataProblem> problems = new ArrayList<>();
    private final Map<String, String> tubes = new TreeMap<>();
    private final Set<String> competences = new TreeSet<>();
    private int skills;
    private int challenges;
    private int documents;
    private int timed;
    private int focused;
    private final Map<String, Integer> kinds = new TreeMap<>();

    private FrameworkLinter() {}

    /**
     * @param counts   what the files hold
     * @param problems all that is wrong, file by file
     */
    record Report(String counts, List<DataProblem> problems) {}

    /** @param files text by name */
    static Report lint(Map<String, String> files) {
        FrameworkLinter linter = new FrameworkLinter();
        new TreeMap<>(files).forEach(linter::file);
        return new Report(linter.counts(), List.copyOf(linter.problems));
    }

    private String counts() {
        return "competences %d, tubes %d, skills %d, challenges %d %s, tutorials %d, documents %d, timed %d, focus %d, problems %d"
                .formatted(
                        competences.size(),
                        tubes.size(),
                        skills,
                        challenges,
                        kinds,
                        tubes.size(),
                        documents,
                        timed,
                        focused,
                        problems.size());
    }

    private void file(String name, String yaml) {
        List<DataProblem> schema = new ArrayList<>();
        CompetenceBank bank = CompetenceBank.read(DataNode.parse(name, yaml, schema));
        if (CONTROL.matcher(yaml).find()) {
            schema.add(new DataProblem(name, "holds a control character"));
        }
        problems.addAll(schema);
        if (!schema.isEmpty()) {
            return;
        }
        if (!competences.add(bank.competence().value())) {
            problem(name, "competence " + bank.competence() + " has two files");
        }
        if (bank.tubes().size() != TUBES_OF_COMPETENCE) {
            problem(name, "has " + bank.tubes().size() + " tubes, not " + TUBES_OF_COMPETENCE);
        }
        bank.tubes().forEach(tube -> tube(name, tube));
    }

    private void tube(String file, Tube tube) {
        String where = file + " " + tube.id();
        String other = tubes.put(tube.id().value(), file);
        if (other != null) {
            problem(where, "tube id stands twice, also in " + other);
        }
        List<Integer> difficulties =
                tube.skills().stream().map(Skill::difficulty).toList();
        if (!difficulties.equals(DIFFICULTIES)) {
            problem(where, "difficulties are " + difficulties + ", not " + DIFFICULTIES);
        }
        noAddress(where + " title", tube.title().fr());
        tutorial(where + " tutorial", tube.tutorial(), tube);
        tube.skills().forEach(skill -> skill(where + skill.difficulty(), skill));
    }

    private void tutorial(String where, Tutorial tutorial, Tube tube) {
        Set<Object> known = tube.skills().stream().map(Skill::id).collect(Collectors.toSet());
        if (!known.containsAll(tutorial.skills())) {
            problem(where, "names a skill that its tube does not have");
        }
        noAddress(where, tutorial.title().fr());
        noAddress(where, tutorial.body().fr());
        for (String body : List.of(tutorial.body().fr(), tutorial.body().en())) {
            sentences(where, body);
            long words = words(body);
            if (words < LEAST_WORDS_OF_TUTORIAL || words > MOST_WORDS_OF_TUTORIAL) {
                problem(where, "body has " + words + " words");
            }
            if (HTML_OR_LINK.matcher(body.replaceAll("`[^`]*`", "")).find()) {
                problem(where, "holds HTML, an image or a link");
            }
        }
    }

    private void skill(String where, Skill skill) {
        skills++;
        noAddress(where + " title", skill.title().fr());
        if (skill.challenges().size() < LEAST_CHALLENGES_OF_SKILL) {
            problem(where, "has fewer than " + LEAST_CHALLENGES_OF_SKILL + " challenges");
        }
        Set<Object> ids = new HashSet<>();
        Set<Object> instructions = new HashSet<>();
        for (Challenge challenge : skill.challenges()) {
            if (!ids.add(challenge.id())) {
                problem(where, "challenge id " + challenge.id() + " stands twice");
            }
            if (!instructions.add(List.of(
                    challenge.instruction(),
                    challenge.document().map(Object::toString).orElse("")))) {
                problem(where, "asks the same question twice");
            }
            challenge(where + " " + challenge.id(), challenge);
        }
    }

    private void challenge(String where, Challenge challenge) {
        challenges++;
        kinds.merge(challenge.getClass().getSimpleName().toLowerCase(Locale.ROOT), 1, Integer::sum);
        timed += challenge.isTimed() ? 1 : 0;
        focused += challenge.focus() ? 1 : 0;
        texts(where + " instruction", challenge.instruction(), MOST_WORDS_OF_INSTRUCTION);
        texts(where + " explanation", challenge.explanation(), MOST_WORDS_OF_EXPLANATION);
        noAddress(where + " instruction", challenge.instruction().fr());
        noAddress(where + " explanation", challenge.explanation().fr());
        String asOf = challenge.sheet().asOf();
        if (asOf != null && !MONTH.matcher(asOf).matches()) {
            problem(where, "asOf must be a year and a month");
        }
        challenge.document().ifPresent(document -> {
            documents++;
            document(where + " document", document);
        });
        switch (challenge) {
            case Qcu qcu -> choices(where, qcu, qcu.choices());
            case Qcm qcm -> choices(where, qcm, qcm.choices());
            case Qroc qroc -> fields(where, qroc, List.of(qroc.answer()), Matching.INDEPENDENT);
            case Qrocm qrocm -> fields(where, qrocm, qrocm.answers(), qrocm.matching());
        }
    }

    private void choices(String where, Challenge challenge, List<Choice> choices) {
        if (choices.size() < 3 || choices.size() > 6) {
            problem(where, "has " + choices.size() + " choices, not 3 to 6");
        }
        List<Integer> right = IntStream.range(0, choices.size())
                .filter(index -> choices.get(index).right())
                .boxed()
                .toList();
        boolean one = challenge instanceof Qcu;
        if (one ? right.size() != 1 : right.size() < 2 || right.size() == choices.size()) {
            problem(where, "has " + right.size() + " right choices of " + choices.size());
            return;
        }
        for (Function<Text, String> language : List.<Function<Text, String>>of(Text::fr, Text::en)) {
            long different = choices.stream()
                    .map(choice -> language.apply(choice.label()))
                    .distinct()
                    .count();
            if (different != choices.size()) {
                problem(where, "shows the same choice twice");
            }
        }
        expect(where, challenge, new Response.Chosen(right), Outcome.OK);
        for (int index = 0; index < choices.size(); index++) {
            List<Integer> others = new ArrayList<>(one ? List.of() : right);
            if (!others.remove(Integer.valueOf(index))) {
                others.add(index);
            }
            if (!one || !choices.get(index).right()) {
                expect(where, challenge, new Response.Chosen(others), Outcome.KO);
            }
        }
    }

    private void fields(String where, Challenge challenge, List<AnswerField> fields, Matching matching) {
        if (challenge instanceof Qrocm && (fields.size() < 2 || fields.size() > 4)) {
            problem(where, "has " + fields.size() + " fields, not 2 to 4");
        }
        for (int index = 0; index < fields.size(); index++) {
            AnswerField field = fields.get(index);
            noAddress(where + " label", field.label().fr());
            if (field.wrong().size() < LEAST_WRONG_ANSWERS) {
                problem(where, "has fewer than " + LEAST_WRONG_ANSWERS + " wrong answers in field " + index);
            }
            for (String solution : field.solutions()) {
                expect(where, challenge, typed(fields, index, solution), Outcome.OK);
            }
            for (String wrong : field.wrong()) {
                expect(where, challenge, typed(fields, index, wrong), Outcome.KO);
            }
            if (matching == Matching.INTERCHANGEABLE) {
                interchangeable(where, fields, index);
            }
        }
        if (matching == Matching.INTERCHANGEABLE) {
            List<String> backwards = new ArrayList<>(fields.stream()
                            .map(field -> field.solutions().getFirst())
                            .toList())
                    .reversed();
            expect(where, challenge, new Response.Typed(backwards), Outcome.OK);
        }
    }

    private void interchangeable(String where, List<AnswerField> fields, int index) {
        AnswerField field = fields.get(index);
        for (int other = 0; other < fields.size(); other++) {
            AnswerField group = fields.get(other);
            if (!group.tolerances().equals(field.tolerances())) {
                problem(where, "interchangeable fields must have the same tolerances");
            }
            if (other != index && field.solutions().stream().anyMatch(text -> Grading.accepts(group, text))) {
                problem(where, "a solution of field " + index + " overlaps with those of field " + other);
            }
            if (field.wrong().stream().anyMatch(text -> Grading.accepts(group, text))) {
                problem(where, "a wrong answer of field " + index + " overlaps with the solutions of field " + other);
            }
        }
    }

    private static Response typed(List<AnswerField> fields, int index, String text) {
        return new Response.Typed(IntStream.range(0, fields.size())
                .mapToObj(other ->
                        other == index ? text : fields.get(other).solutions().getFirst())
                .toList());
    }

    private void expect(String where, Challenge challenge, Response response, Outcome expected) {
        if (!Grading.grade(challenge, response).equals(new Grading.Graded(expected))) {
            String sent =
                    response instanceof Response.Typed(List<String> fields) ? fields.toString() : response.toString();
            problem(where, "grades its own answer " + sent + " otherwise than " + expected);
        }
    }

    private void document(String where, Document document) {
        for (String body : List.of(document.body().fr(), document.body().en())) {
            switch (document.kind()) {
                case TABLE, CSV -> table(where, body);
                case SVG -> image(where, body);
                case TEXT, MAIL, HTML, TREE -> {}
            }
        }
    }

    private void table(String where, String body) {
        Set<Integer> widths =
                body.strip().lines().map(row -> row.split(";", -1).length).collect(Collectors.toSet());
        if (widths.size() != 1 || body.strip().lines().count() < 2) {
            problem(where, "must have a head and rows of equal length, not " + widths);
        }
    }

    private void image(String where, String body) {
        try {
            Element svg =
                    parser().parse(new InputSource(new StringReader(body))).getDocumentElement();
            double width = width(svg.getAttribute("viewBox"));
            if (width <= 0 || width > WIDEST_IMAGE) {
                problem(where, "must have a viewBox of at most " + WIDEST_IMAGE + " units");
            }
            NodeList all = svg.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                element(where, (Element) Objects.requireNonNull(all.item(i)));
            }
        } catch (Exception broken) {
            problem(where, "is no image: " + broken.getMessage());
        }
    }

    private void element(String where, Element element) {
        if (Set.of("script", "style", "a", "image", "foreignObject", "use", "animate", "set")
                .contains(element.getTagName())) {
            problem(where, "must not hold <" + element.getTagName() + ">");
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            String name = ((Attr) element.getAttributes().item(i)).getName();
            if (name.equals("style") || name.equals("class") || name.startsWith("on") || name.endsWith("href")) {
                problem(where, "must not hold the attribute " + name);
            }
        }
        String size = element.getAttribute("font-size");
        if (!size.isEmpty() && Double.parseDouble(size.replace("px", "")) < SMALLEST_LETTERS) {
            problem(where, "has letters smaller than " + SMALLEST_LETTERS + " units");
        }
    }

    private static double width(String viewBox) {
        String[] numbers = viewBox.strip().split("[\\s,]+");
        return numbers.length == 4 ? Double.parseDouble(numbers[2]) : 0;
    }

    private static DocumentBuilder parser() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler());
        return parser;
    }

    private void texts(String where, Text text, int mostWords) {
        for (String language : List.of(text.fr(), text.en())) {
            sentences(where, language);
            long words = words(language);
            if (words > mostWords) {
                problem(where, "has " + words + " words, more than " + mostWords);
            }
        }
    }

    private void sentences(String where, String text) {
        for (String sentence : SENTENCE_END.split(text)) {
            long words = words(sentence);
            if (words > MOST_WORDS_OF_SENTENCE) {
                problem(where, "has a sentence of " + words + " words: " + sentence);
            }
        }
    }

    private static long words(String text) {
        return WORD.matcher(text).results().count();
    }

    private void noAddress(String where, String french) {
        Matcher found = ADDRESS.matcher(french);
        if (found.find()) {
            problem(where, "speaks to the reader: " + found.group());
        }
    }

    private void problem(String where, String message) {
        problems.add(new DataProblem(where, message));
    }
}

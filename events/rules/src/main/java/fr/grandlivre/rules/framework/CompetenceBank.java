package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Matching;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Challenge.Sheet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The content of one competence: one file, read by {@link #read}.
 *
 * @param competence code 1.1 to 5.2
 * @param tubes      in the order of the file
 * @param plain      the file as maps and lists, for the hash of a version's content
 */
record CompetenceBank(CompetenceCode competence, List<Tube> tubes, Object plain) {
    private static final int GREATEST_DIFFICULTY = 8;
    private static final int LEAST_MINUTES = 2;
    private static final int GREATEST_MINUTES = 5;
    private static final int GREATEST_TIMER_SECONDS = 600;
    private static final TubeId NO_TUBE = new TubeId("unnamed");
    private static final CompetenceCode NO_COMPETENCE = new CompetenceCode("9.9");

    /** Notes every problem in the file; the result is only of use when there is none. */
    static CompetenceBank read(DataNode file) {
        file.only("competence", "tubes");
        CompetenceCode code = file.parsed("competence", CompetenceCode::new, NO_COMPETENCE);
        List<Tube> tubes =
                file.objects("tubes").stream().map(tube -> tube(tube, code)).toList();
        return new CompetenceBank(code, tubes, file.plain());
    }

    private static Tube tube(DataNode node, CompetenceCode competence) {
        node.only("id", "title", "tutorial", "skills");
        TubeId id = node.parsed("id", TubeId::new, NO_TUBE);
        List<Skill> skills = node.objects("skills").stream()
                .map(skill -> skill(skill, id, competence))
                .sorted(Comparator.comparingInt(Skill::difficulty))
                .toList();
        return new Tube(
                id, competence, Text.read(node, "title"), tutorial(node.object("tutorial"), id, competence), skills);
    }

    private static Tutorial tutorial(DataNode node, TubeId tube, CompetenceCode competence) {
        node.only("title", "minutes", "format", "skills", "body");
        return new Tutorial(
                tube,
                competence,
                Text.read(node, "title"),
                node.number("minutes", LEAST_MINUTES, GREATEST_MINUTES),
                node.constant("format", Tutorial.Format.values()),
                node.numbers("skills", 1, GREATEST_DIFFICULTY).stream()
                        .sorted()
                        .map(difficulty -> Skill.id(tube, difficulty))
                        .toList(),
                Text.read(node, "body"));
    }

    private static Skill skill(DataNode node, TubeId tube, CompetenceCode competence) {
        node.only("difficulty", "title", "challenges");
        int difficulty = node.number("difficulty", 1, GREATEST_DIFFICULTY);
        List<Challenge> challenges = node.objects("challenges").stream()
                .map(challenge -> challenge(challenge, tube, difficulty))
                .sorted(Comparator.comparing(Challenge::id))
                .toList();
        return new Skill(
                Skill.id(tube, difficulty), tube, competence, difficulty, Text.read(node, "title"), challenges);
    }

    private static Challenge challenge(DataNode node, TubeId tube, int difficulty) {
        Sheet sheet = sheet(node, tube, difficulty);
        return switch (node.text("kind")) {
            case "qcu" -> new Qcu(sheet, choices(node));
            case "qcm" -> new Qcm(sheet, choices(node));
            case "qroc" -> new Qroc(sheet, answer(ownFields(node, "answer").object("answer")));
            case "qrocm" ->
                new Qrocm(
                        sheet,
                        ownFields(node, "matching", "answers").constant("matching", Matching.values()),
                        node.objects("answers").stream()
                                .map(CompetenceBank::answer)
                                .toList());
            default -> {
                node.problem("kind must be qcu, qcm, qroc or qrocm");
                yield new Qcu(sheet, List.of());
            }
        };
    }

    private static Sheet sheet(DataNode node, TubeId tube, int difficulty) {
        String stem = tube.value() + difficulty;
        return new Sheet(
                node.parsed("id", letter -> new ChallengeId(stem + letter), new ChallengeId(stem + "z")),
                Skill.id(tube, difficulty),
                Text.read(node, "instruction"),
                node.optional("document").map(Document::read).orElse(null),
                Text.read(node, "explanation"),
                node.has("timer") ? Duration.ofSeconds(node.number("timer", 1, GREATEST_TIMER_SECONDS)) : null,
                node.flag("focus"),
                node.optionalText("asOf").orElse(null));
    }

    private static DataNode ownFields(DataNode node, String... own) {
        List<String> common = List.of("id", "kind", "instruction", "document", "explanation", "timer", "focus", "asOf");
        node.only(Stream.concat(common.stream(), Arrays.stream(own)).toArray(String[]::new));
        return node;
    }

    private static List<Choice> choices(DataNode node) {
        return ownFields(node, "choices").objects("choices").stream()
                .map(choice -> {
                    choice.only("fr", "en", "right");
                    return new Choice(new Text(choice.text("fr"), choice.text("en")), choice.flag("right"));
                })
                .toList();
    }

    private static AnswerField answer(DataNode node) {
        node.only("label", "tolerances", "solutions", "wrong");
        Set<Tolerance> tolerances = EnumSet.noneOf(Tolerance.class);
        if (!node.isEmptyList("tolerances")) {
            node.texts("tolerances")
                    .forEach(name -> tolerances.add(node.named("tolerances", name, Tolerance.values())));
        }
        return new AnswerField(
                Text.read(node, "label"), Set.copyOf(tolerances), node.texts("solutions"), node.texts("wrong"));
    }
}

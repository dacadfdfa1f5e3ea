package fr.grandlivre.bench.learners;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The figures of a simulation as a Markdown page. */
final class SimulationPage {
    private static final int[] EQUAL_ANSWERS = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15};

    /** From a first idea to what a level is worth in the end, levels. */
    private static final double[] ERRORS = {1.5, 1.25, 1, 0.9, 0.8, 0.7, 0.6};

    private final LearnerOptions options;
    private final Cohort adaptive;
    private final Cohort random;
    private final Duration inMemory;
    private final Optional<OverHttp.Played> overHttp;

    SimulationPage(
            LearnerOptions options,
            Cohort adaptive,
            Cohort random,
            Duration inMemory,
            Optional<OverHttp.Played> overHttp) {
        this.options = options;
        this.adaptive = adaptive;
        this.random = random;
        this.inMemory = inMemory;
        this.overHttp = overHttp;
    }

    String markdown() {
        List<String> page = new ArrayList<>();
        page.add("# Simulated learners");
        page.add("");
        page.add("Written by `ops/bin/simulate-learners`; do not edit.");
        page.add("");
        page.addAll(circumstances());
        page.addAll(quality());
        page.addAll(equalAnswers());
        page.addAll(equalError());
        return String.join("\n", page) + "\n";
    }

    private List<String> circumstances() {
        List<String> lines = new ArrayList<>();
        lines.add("""
            Each learner has an ability in every tube, in difficulties: normal around %s with a spread of %s between \
            learners, %s between the competences of a learner and %s between the tubes of a competence. The chance of \
            a right answer is 1/(1 + e^−(ability − difficulty)); a learner answers the same challenge alike whoever \
            picks it. The true level is that of the skills whose difficulty is not above the ability. The same \
            deciders as in the product; both pickers choose among the challenges that may be asked, and stop when \
            there is none.\
            """.formatted(
                        plain(VirtualLearner.MEAN_ABILITY),
                        plain(VirtualLearner.SPREAD),
                        plain(VirtualLearner.COMPETENCE_SPREAD),
                        plain(VirtualLearner.TUBE_SPREAD)));
        lines.add("");
        lines.add("| Circumstance | Value |");
        lines.add("|---|---|");
        lines.add("| learners × competences | %d × %d |"
                .formatted(
                        options.learners(),
                        adaptive.learners().getFirst().sittings().size()));
        lines.add("| seed | %d |".formatted(options.seed()));
        lines.add("| machine | %d cores, JDK %s |"
                .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()));
        lines.add("| both pickers in memory | %s s |".formatted(seconds(inMemory)));
        lines.add("| over HTTP | %s |"
                .formatted(overHttp.map(played ->
                                "%d learners, %d answers in %s s: %d of %d competences with the level, points and number of answers of the same learner in memory"
                                        .formatted(
                                                played.learners(),
                                                played.answers(),
                                                seconds(played.took()),
                                                played.competences() - played.different(),
                                                played.competences()))
                        .orElse("not played")));
        lines.add("");
        return lines;
    }

    private List<String> quality() {
        List<String> lines = new ArrayList<>();
        lines.add("## Once nothing is left to ask");
        lines.add("");
        lines.add("| | Adaptive | Random |");
        lines.add("|---|--:|--:|");
        lines.add(row("rank correlation of ability and level, by competence", 3, Cohort::correlationOfLevels));
        lines.add(row("rank correlation of ability and pix, by competence", 3, Cohort::correlationOfPix));
        lines.add(row("rank correlation of mean ability and total pix, by learner", 3, Cohort::correlationOfTotals));
        lines.add(row("mean absolute error, levels", 3, Cohort::errorAtTheEnd));
        lines.add(row("mean absolute error, pix", 2, cohort -> cohort.errorOfPix(Integer.MAX_VALUE)));
        lines.add(row("answers a competence, mean", 2, Cohort::meanAnswers));
        lines.add(row("answers a competence, median", 0, Cohort::medianAnswers));
        lines.add(row("answers a competence, most", 0, Cohort::longest));
        lines.add("");
        return lines;
    }

    private List<String> equalAnswers() {
        List<String> lines = new ArrayList<>();
        lines.add("## After equally many answers");
        lines.add("");
        lines.add("| Answers a competence | Error in levels, adaptive | Random | Error in pix, adaptive | Random |");
        lines.add("|--:|--:|--:|--:|--:|");
        for (int answers : EQUAL_ANSWERS) {
            lines.add("| %d | %s | %s | %s | %s |"
                    .formatted(
                            answers,
                            decimal(adaptive.error(answers), 3),
                            decimal(random.error(answers), 3),
                            decimal(adaptive.errorOfPix(answers), 2),
                            decimal(random.errorOfPix(answers), 2)));
        }
        lines.add("");
        return lines;
    }

    private List<String> equalError() {
        List<String> lines = new ArrayList<>();
        lines.add("## Answers for the same error");
        lines.add("");
        lines.add("| Mean error at most, levels | Answers a competence, adaptive | Random |");
        lines.add("|--:|--:|--:|");
        for (double error : ERRORS) {
            lines.add("| %s | %s | %s |"
                    .formatted(
                            plain(error),
                            count(adaptive.answersForError(error)),
                            count(random.answersForError(error))));
        }
        lines.add("");
        lines.add("A dash: never reached.");
        return lines;
    }

    private interface Figure {
        double of(Cohort cohort);
    }

    private String row(String what, int decimals, Figure figure) {
        return "| %s | %s | %s |"
                .formatted(what, decimal(figure.of(adaptive), decimals), decimal(figure.of(random), decimals));
    }

    private static String count(OptionalInt answers) {
        return answers.isPresent() ? Integer.toString(answers.getAsInt()) : "–";
    }

    private static String seconds(Duration duration) {
        return decimal(duration.toMillis() / 1e3, 1);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? decimal(value, 0) : Double.toString(value);
    }

    private static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}

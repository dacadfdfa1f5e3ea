package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.framework.PixScale;
import fr.grandlivre.rules.session.ExamScoring.Cause;
import fr.grandlivre.rules.session.ExamScoring.JuryDecision;
import fr.grandlivre.rules.session.ExamScoring.QuestionResult;
import fr.grandlivre.rules.session.ScoringTable.Answers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the scoring table in every band, through whole exams: the competence of the row beside others that bring the
 * rate into the band. The rows are written out here as the domain rules print them, so that the shipped file cannot change
 * unseen.
 */
class WholeTableTest {
    private static final ExamRules RULES = ExamRules.inForceOn(LocalDate.parse("2022-05-16"));
    private static final PixScale SCALE = new PixScale(8, 4, 5, 16);
    private static final CompetenceCode TESTED = new CompetenceCode("5.2");
    private static final int FILLERS = 15;
    private static final int LEVEL = 3;
    private static final int PIX = 27;

    /** rule, asked, correct, neutralised, verdict at 80 and above, at 70 to 79, at 50 to 69. */
    private static final String TABLE = """
        1,3,3,0,keep,keep,keep
        2,3,2,0,keep,D,D
        3,3,2,1,keep,keep,keep
        4,3,1,0,X,X,X
        5,3,1,1,keep,D,X
        6,3,1,2,keep,keep,D
        7,3,0,0,X,X,X
        8,3,0,1,X,X,X
        9,3,0,2,X,X,X
        10,3,0,3,X,X,X
        11,2,2,0,keep,keep,keep
        12,2,1,0,keep,D,X
        13,2,1,1,keep,keep,D
        14,2,0,0,X,X,X
        15,2,0,1,X,X,X
        16,2,0,2,X,X,X
        17,1,1,0,keep,keep,D
        18,1,0,0,X,X,X
        19,1,0,1,X,X,X
        """;

    /**
     * A cell of the table.
     *
     * @param least lower end of the band, whole percent
     * @param most  upper end of the band
     */
    record Cell(int rule, Answers answers, int least, int most, Verdict verdict) {}

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            String[] row = line.split(",");
            Answers answers = new Answers(Integer.parseInt(row[1]), Integer.parseInt(row[2]), Integer.parseInt(row[3]));
            cells.add(new Cell(Integer.parseInt(row[0]), answers, 80, 100, verdict(row[4])));
            cells.add(new Cell(Integer.parseInt(row[0]), answers, 70, 79, verdict(row[5])));
            cells.add(new Cell(Integer.parseInt(row[0]), answers, 50, 69, verdict(row[6])));
        }
        return cells;
    }

    private static Verdict verdict(String cell) {
        return switch (cell) {
            case "keep" -> Verdict.KEEP;
            case "D" -> Verdict.DOWNGRADE;
            default -> Verdict.NOT_CERTIFIED;
        };
    }

    @Test
    void the_shipped_table_is_the_one_of_the_domain_rules() {
        assertThat(cells()).hasSize(57);
        assertThat(RULES.table().rows()).hasSize(19);
        assertThat(RULES.table().bands()).containsExactly(80, 70, 50);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void every_cell_decides_as_the_domain_rules_print_it(Cell cell) {
        int exams = 0;
        for (int right = 0; right <= 3 * FILLERS; right++) {
            ExamScoring scoring = exam(cell.answers(), right, EndReason.COMPLETED);
            if (scoring.ratePercent() >= cell.least() && scoring.ratePercent() <= cell.most()) {
                assertRuled(scoring, cell);
                exams++;
            }
        }
        assertThat(exams).as("exams in the band").isPositive();
    }

    private static void assertRuled(ExamScoring scoring, Cell cell) {
        ScoredCompetence ruled = scoring.competences().getLast();
        assertThat(ruled.competence()).isEqualTo(TESTED);
        assertThat(ruled.rule()).isEqualTo(cell.rule());
        assertThat(ruled.verdict()).isEqualTo(cell.verdict());
        assertThat(ruled.level().value())
                .isEqualTo(
                        switch (cell.verdict()) {
                            case KEEP -> LEVEL;
                            case DOWNGRADE -> LEVEL - 1;
                            case NOT_CERTIFIED -> -1;
                        });
        assertThat(ruled.pix().value())
                .isEqualTo(
                        switch (cell.verdict()) {
                            case KEEP -> PIX;
                            case DOWNGRADE -> PIX - 8;
                            case NOT_CERTIFIED -> 0;
                        });
    }

    /** A law that holds for any exam: nothing but the rate decides below its limit. */
    @ParameterizedTest
    @MethodSource("cells")
    void below_half_nothing_is_certified_and_no_row_is_named(Cell cell) {
        ExamScoring scoring = exam(cell.answers(), 0, EndReason.COMPLETED);
        assertThat(scoring.ratePercent()).isLessThan(50);
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.REJECTED);
        assertThat(scoring.cause()).contains(Cause.RATE_BELOW_LIMIT);
        assertThat(scoring.competences())
                .allMatch(each -> each.rule() == null && each.level().value() == -1);
    }

    static Stream<Answers> outside() {
        return Stream.of(
                new Answers(4, 4, 0),
                new Answers(4, 3, 0),
                new Answers(5, 5, 0),
                new Answers(6, 4, 1),
                new Answers(9, 9, 0));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void answers_outside_the_table_are_an_error_that_names_them_and_never_a_level(Answers answers) {
        ExamScoring scoring = exam(answers, 3 * FILLERS, EndReason.COMPLETED);
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.ERROR);
        assertThat(scoring.cause()).contains(Cause.SCORING_RULE_MISSING);
        assertThat(scoring.competences()).isEmpty();
        assertThat(scoring.totalPix()).isEqualTo(Pix.ZERO);
        assertThat(scoring.missing()).hasValueSatisfying(missing -> {
            assertThat(missing.competence()).isEqualTo(TESTED);
            assertThat(missing.answers()).isEqualTo(answers);
        });
    }

    @Test
    void no_answers_but_those_of_the_rows_have_a_verdict() {
        for (int asked = -1; asked <= 6; asked++) {
            for (int correct = -1; correct <= 6; correct++) {
                for (int neutralised = -1; neutralised <= 6; neutralised++) {
                    boolean possible = asked >= 1
                            && asked <= 3
                            && correct >= 0
                            && neutralised >= 0
                            && correct + neutralised <= asked;
                    Answers answers = new Answers(asked, correct, neutralised);
                    for (int band = 0; band < 3; band++) {
                        assertThat(RULES.table().ruling(band, answers).isPresent())
                                .as("%s in band %s", answers, band)
                                .isEqualTo(possible);
                    }
                }
            }
        }
    }

    /** The order in which questions were asked means nothing, and an exam scored twice has one result. */
    @Test
    void scoring_is_a_function_of_the_answers_alone() {
        long seed = 20_220_516;
        Random chance = new Random(seed);
        for (int run = 0; run < 500; run++) {
            List<QuestionResult> questions = new ArrayList<>();
            for (int competence = 0; competence < 16; competence++) {
                int asked = 1 + chance.nextInt(3);
                for (int question = 0; question < asked; question++) {
                    questions.add(new QuestionResult(
                            code(competence),
                            chance.nextInt(4) == 0 ? Outcome.KO : Outcome.OK,
                            chance.nextInt(6) == 0));
                }
            }
            ExamScoring once = score(questions, EndReason.COMPLETED);
            Collections.shuffle(questions, chance);
            ExamScoring again = score(questions, EndReason.COMPLETED);
            assertThat(again).as("seed %s, run %s", seed, run).isEqualTo(once);
            assertThat(once.totalPix().value())
                    .as("seed %s, run %s", seed, run)
                    .isEqualTo(once.competences().stream()
                            .mapToInt(each -> each.pix().value())
                            .sum());
        }
    }

    private static ExamScoring exam(Answers answers, int right, EndReason reason) {
        List<QuestionResult> questions = new ArrayList<>();
        for (int filler = 0; filler < 3 * FILLERS; filler++) {
            questions.add(new QuestionResult(code(filler / 3), filler < right ? Outcome.OK : Outcome.KO, false));
        }
        for (int question = 0; question < answers.asked(); question++) {
            boolean correct = question < answers.correct();
            boolean neutralised = question >= answers.asked() - answers.neutralised();
            questions.add(new QuestionResult(TESTED, correct ? Outcome.OK : Outcome.KO, neutralised));
        }
        return score(questions, reason);
    }

    private static ExamScoring score(List<QuestionResult> questions, EndReason reason) {
        List<CertifiableCompetence> positioned = new ArrayList<>();
        for (int competence = 0; competence < 16; competence++) {
            positioned.add(new CertifiableCompetence(code(competence), new Level(LEVEL), new Pix(PIX)));
        }
        return ExamScoring.score(RULES, SCALE, positioned, questions, reason, JuryDecision.NONE);
    }

    /** The sixteen codes in their order; the last is the tested one. */
    private static CompetenceCode code(int index) {
        List<String> codes = List.of(
                "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1",
                "5.2");
        return new CompetenceCode(codes.get(index));
    }
}

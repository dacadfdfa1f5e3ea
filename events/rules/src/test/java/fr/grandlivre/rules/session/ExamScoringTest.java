package fr.grandlivre.rules.session;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.rules.framework.PixScale;
import fr.grandlivre.rules.session.ExamScoring.Cause;
import fr.grandlivre.rules.session.ExamScoring.JuryDecision;
import fr.grandlivre.rules.session.ExamScoring.QuestionResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamScoringTest {
    private static final ExamRules RULES = ExamRules.inForceOn(LocalDate.parse("2022-05-16"));
    private static final PixScale SCALE = new PixScale(8, 4, 5, 16);
    private static final List<CertifiableCompetence> POSITIONED = List.of(
            positioned("1.1", 4, 35),
            positioned("1.2", 3, 27),
            positioned("1.3", 2, 20),
            positioned("2.1", 3, 25),
            positioned("3.1", 1, 8));

    @ParameterizedTest
    @CsvSource({"24,48,50", "23,47,49", "31,39,79", "35,44,80", "16,23,70", "25,36,69", "0,0,0"})
    void the_rate_is_rounded_half_up(int correct, int counted, int rate) {
        assertThat(ExamScoring.ratePercent(correct, counted)).isEqualTo(rate);
    }

    @Test
    void the_worked_example_gives_91_pix() {
        ExamScoring scoring = score(questions("111", "110", "110", "111", "100"));
        assertThat(scoring.ratePercent()).isEqualTo(73);
        assertThat(levels(scoring)).containsExactly(4, 2, 1, 3, -1);
        assertThat(pix(scoring)).containsExactly(35, 19, 12, 25, 0);
        assertThat(scoring.totalPix()).isEqualTo(new Pix(91));
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.VALIDATED);
        assertThat(scoring.cause()).isEmpty();
        assertThat(scoring.competences().get(1).rule()).isEqualTo(2);
        assertThat(scoring.competences().get(1).verdict()).isEqualTo(Verdict.DOWNGRADE);
    }

    @Test
    void neutralising_wrong_answers_gives_99_then_107() {
        ExamScoring once = score(questions("111", "11n", "110", "111", "100"));
        assertThat(once.ratePercent()).isEqualTo(79);
        assertThat(once.totalPix()).isEqualTo(new Pix(99));
        ExamScoring twice = score(questions("111", "11n", "11n", "111", "100"));
        assertThat(twice.ratePercent()).isEqualTo(85);
        assertThat(twice.totalPix()).isEqualTo(new Pix(107));
        assertThat(twice.neutralised()).isEqualTo(2);
    }

    @Test
    void a_rate_below_50_rejects_everything() {
        ExamScoring scoring = score(questions("111", "110", "100", "100", "000"));
        assertThat(scoring.ratePercent()).isEqualTo(47);
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.REJECTED);
        assertThat(scoring.cause()).contains(Cause.RATE_BELOW_LIMIT);
        assertThat(levels(scoring)).containsOnly(-1).hasSize(5);
        assertThat(scoring.totalPix()).isEqualTo(Pix.ZERO);
        assertThat(scoring.competences()).allMatch(each -> each.rule() == null && each.verdict() == null);
    }

    @Test
    void too_few_counted_questions_cancel_the_exam() {
        ExamScoring ten = score(questions("1nn", "1nn", "1nn", "1nn", "1nn"));
        assertThat(ten.outcome()).isEqualTo(ExamOutcome.VALIDATED);
        ExamScoring eleven = score(questions("1nn", "1nn", "1nn", "1nn", "nnn"));
        assertThat(eleven.outcome()).isEqualTo(ExamOutcome.CANCELLED);
        assertThat(eleven.cause()).contains(Cause.NEUTRALISATION);
    }

    @Test
    void unanswered_questions_are_wrong_unless_the_end_was_technical() {
        ExamScoring ended = score(questions("111", "111", "111", "11?", "???"));
        assertThat(ended.correct()).isEqualTo(11);
        assertThat(ended.neutralised()).isZero();
        ExamScoring technical = ExamScoring.score(
                RULES,
                SCALE,
                POSITIONED,
                questions("111", "111", "111", "11?", "???"),
                EndReason.TECHNICAL,
                JuryDecision.NONE);
        assertThat(technical.neutralised()).isEqualTo(4);
        assertThat(technical.ratePercent()).isEqualTo(100);
        assertThat(levels(technical)).containsExactly(4, 3, 2, 3, -1);
        ExamScoring early = ExamScoring.score(
                RULES,
                SCALE,
                POSITIONED,
                questions("111", "1??", "???", "???", "???"),
                EndReason.TECHNICAL,
                JuryDecision.NONE);
        assertThat(early.cause()).contains(Cause.TECHNICAL);
    }

    @Test
    void the_jury_comes_first() {
        assertJury(JuryDecision.CANCELLED, ExamOutcome.CANCELLED, Cause.JURY);
        assertJury(JuryDecision.FRAUD, ExamOutcome.REJECTED, Cause.FRAUD);
    }

    @Test
    void a_total_of_zero_rejects() {
        ExamScoring scoring = ExamScoring.score(
                RULES,
                SCALE,
                List.of(positioned("1.1", 1, 8)),
                questions("110"),
                EndReason.COMPLETED,
                JuryDecision.NONE);
        assertThat(scoring.ratePercent()).isEqualTo(67);
        assertThat(levels(scoring)).containsExactly(0);
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.REJECTED);
        assertThat(scoring.cause()).contains(Cause.ZERO_PIX);
    }

    @Test
    void points_never_fall_below_zero() {
        ExamScoring scoring = ExamScoring.score(
                RULES,
                SCALE,
                List.of(positioned("1.1", 1, 5)),
                questions("110"),
                EndReason.COMPLETED,
                JuryDecision.NONE);
        assertThat(pix(scoring)).containsExactly(0);
    }

    @Test
    void answers_outside_the_table_are_an_error_and_never_a_level() {
        ExamScoring scoring = score(questions("1111", "111", "111", "111", "111"));
        assertThat(scoring.outcome()).isEqualTo(ExamOutcome.ERROR);
        assertThat(scoring.cause()).contains(Cause.SCORING_RULE_MISSING);
        assertThat(scoring.competences()).isEmpty();
        assertThat(scoring.missing())
                .contains(new ExamScoring.MissingRule(new CompetenceCode("1.1"), new ScoringTable.Answers(4, 4, 0)));
    }

    @Test
    void the_order_of_questions_plays_no_part_and_points_never_grow() {
        Random random = new Random(21);
        for (int i = 0; i < 2000; i++) {
            List<QuestionResult> questions = randomQuestions(random);
            ExamScoring scoring = score(questions);
            List<QuestionResult> reversed = questions.reversed();
            assertThat(score(reversed)).isEqualTo(scoring);
            assertThat(scoring.competences())
                    .allMatch(each -> each.pix().compareTo(each.positionedPix()) <= 0
                            && each.level().compareTo(each.positionedLevel()) <= 0);
        }
    }

    private static List<QuestionResult> randomQuestions(Random random) {
        String[] answers = new String[5];
        for (int i = 0; i < answers.length; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(3); length > 0; length--) {
                text.append("110n?".charAt(random.nextInt(5)));
            }
            answers[i] = text.toString();
        }
        return questions(answers);
    }

    private static void assertJury(JuryDecision decision, ExamOutcome outcome, Cause cause) {
        ExamScoring scoring = ExamScoring.score(
                RULES, SCALE, POSITIONED, questions("111", "nnn", "nnn", "nnn", "nnn"), EndReason.COMPLETED, decision);
        assertThat(scoring.outcome()).isEqualTo(outcome);
        assertThat(scoring.cause()).contains(cause);
        assertThat(scoring.totalPix()).isEqualTo(Pix.ZERO);
    }

    private static ExamScoring score(List<QuestionResult> questions) {
        return ExamScoring.score(RULES, SCALE, POSITIONED, questions, EndReason.COMPLETED, JuryDecision.NONE);
    }

    /** One text a competence of {@link #POSITIONED}: 1 right, 0 wrong, n wrong and neutralised, ? unanswered. */
    private static List<QuestionResult> questions(String... answers) {
        List<QuestionResult> questions = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            CompetenceCode code = POSITIONED.get(i).competence();
            answers[i]
                    .chars()
                    .forEach(symbol -> questions.add(new QuestionResult(
                            code, symbol == '?' ? null : symbol == '1' ? Outcome.OK : Outcome.KO, symbol == 'n')));
        }
        return questions;
    }

    private static CertifiableCompetence positioned(String code, int level, int pix) {
        return new CertifiableCompetence(new CompetenceCode(code), new Level(level), new Pix(pix));
    }

    private static List<Integer> levels(ExamScoring scoring) {
        return scoring.competences().stream().map(each -> each.level().value()).toList();
    }

    private static List<Integer> pix(ExamScoring scoring) {
        return scoring.competences().stream().map(each -> each.pix().value()).toList();
    }
}

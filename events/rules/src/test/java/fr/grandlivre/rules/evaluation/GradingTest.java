package fr.grandlivre.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.rules.evaluation.ShapeProblem.Kind;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.AnswerField;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Matching;
import fr.grandlivre.rules.framework.Challenge.Qcm;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Qroc;
import fr.grandlivre.rules.framework.Challenge.Qrocm;
import fr.grandlivre.rules.framework.Challenge.Sheet;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Text;
import fr.grandlivre.rules.framework.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradingTest {
    private static final Text TEXT = new Text("Texte", "Text");
    private static final Challenge QCU = new Qcu(sheet(null), choices(false, true, false));
    private static final Challenge QCM = new Qcm(sheet(null), choices(true, false, true));

    @ParameterizedTest
    @CsvSource({
        "' Éléphant ', elephant, T1, true",
        "'e-mail !', email, T1 T2, true",
        "abce, abcd, T3, true",
        "abd, abc, T3, false",
        "wikpedia, wikipedia, T3, true",
        "wkpedia, wikipedia, T3, false",
        "wikpedia, wikipedia, '', false",
        "'', elephant, T1 T2 T3, false",
        "'   ', elephant, '', false",
        "'!?', elephant, T2, false",
        "Elephant, elephant, '', false",
        "'ele phant', elephant, T1, true",
        "cœur, coeur, T1, true",
        "Æther, aether, T1, true",
        "'a\u00a0b', 'a b', '', true",
        "'été!', été, T2, true",
        "'e\u0301te\u0301!', été, T2, true",
        "ete, été, T2, false",
        "'a  -  b', 'a b', T2, true",
        "12, 12, '', true",
        "12.0, 12, T1, false",
        "'1 000', 1000, T1, true"
    })
    void a_text_may_differ_within_its_tolerances(String answer, String solution, String tolerances, boolean accepted) {
        AnswerField field = field(tolerances, solution);
        assertThat(Grading.accepts(field, answer)).isEqualTo(accepted);
        assertThat(Grading.grade(new Qroc(sheet(null), field), typed(answer)))
                .isEqualTo(new Grading.Graded(accepted ? Outcome.OK : Outcome.KO));
    }

    @Test
    void small_errors_are_measured_in_code_points_of_the_answer() {
        assertThat(Grading.accepts(field("T3", "🙂🙂🙂🙂"), "🙂🙂🙂")).isFalse();
        assertThat(Grading.accepts(field("T3", "🙂🙂🙂"), "🙂🙂🙂🙂")).isTrue();
    }

    @Test
    void one_of_several_solutions_is_enough() {
        assertThat(Grading.accepts(field("T1", "douze", "12"), "12")).isTrue();
    }

    @Test
    void a_single_choice_is_right_or_wrong() {
        assertThat(Grading.grade(QCU, chosen(1))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(QCU, chosen(0))).isEqualTo(new Grading.Graded(Outcome.KO));
    }

    @Test
    void a_multiple_choice_wants_the_exact_set_in_any_order() {
        assertThat(Grading.grade(QCM, chosen(2, 0))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(QCM, chosen(0))).isEqualTo(new Grading.Graded(Outcome.KO));
        assertThat(Grading.grade(QCM, chosen(0, 1, 2))).isEqualTo(new Grading.Graded(Outcome.KO));
        assertThat(Grading.grade(QCM, chosen())).isEqualTo(new Grading.Graded(Outcome.KO));
        assertThat(new Response.Chosen(List.of(2, 0)).ascending()).containsExactly(0, 2);
    }

    @Test
    void independent_fields_each_have_their_own_solutions() {
        Challenge challenge =
                new Qrocm(sheet(null), Matching.INDEPENDENT, List.of(field("T1", "un"), field("T1", "deux")));
        assertThat(Grading.grade(challenge, typed("Un", "Deux"))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(challenge, typed("Deux", "Un"))).isEqualTo(new Grading.Graded(Outcome.KO));
        assertThat(Grading.grade(challenge, typed("Un", ""))).isEqualTo(new Grading.Graded(Outcome.KO));
    }

    @Test
    void interchangeable_fields_use_each_group_once() {
        Challenge challenge = new Qrocm(
                sheet(null),
                Matching.INTERCHANGEABLE,
                List.of(field("T1", "a", "b"), field("T1", "a", "c"), field("T1", "d")));
        assertThat(Grading.grade(challenge, typed("d", "a", "b"))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(challenge, typed("a", "b", "d"))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(challenge, typed("a", "a", "d"))).isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(challenge, typed("a", "d", "d"))).isEqualTo(new Grading.Graded(Outcome.KO));
        assertThat(Grading.grade(challenge, typed("b", "b", "d"))).isEqualTo(new Grading.Graded(Outcome.KO));
    }

    @Test
    void a_skip_is_neither_right_nor_wrong() {
        assertThat(Grading.grade(QCU, new Response.Skipped())).isEqualTo(new Grading.Graded(Outcome.SKIPPED));
    }

    @Test
    void a_timed_answer_is_late_one_millisecond_after_its_time() {
        Challenge timed = new Qcu(sheet(Duration.ofSeconds(90)), choices(false, true, false));
        Instant start = Instant.parse("2021-10-01T08:00:00.000Z");
        assertThat(Grading.grade(timed, chosen(1), start, start.plusSeconds(90)))
                .isEqualTo(new Grading.Graded(Outcome.OK));
        assertThat(Grading.grade(timed, chosen(1), start, start.plusMillis(90_001)))
                .isEqualTo(new Grading.Graded(Outcome.TIMED_OUT));
        assertThat(Grading.grade(timed, chosen(9), start, start.plusMillis(90_001)))
                .isInstanceOf(Grading.Misshapen.class);
        assertThat(Grading.grade(QCU, chosen(1), start, start.plusSeconds(9_000)))
                .isEqualTo(new Grading.Graded(Outcome.OK));
    }

    @Test
    void a_response_that_does_not_fit_is_described() {
        assertProblems(QCU, chosen(3), new ShapeProblem(Kind.CHOICE_OUTSIDE, 0));
        assertProblems(QCU, chosen(-1), new ShapeProblem(Kind.CHOICE_OUTSIDE, 0));
        assertProblems(QCU, chosen(), new ShapeProblem(Kind.NOT_ONE_CHOICE, -1));
        assertProblems(QCU, chosen(0, 1), new ShapeProblem(Kind.NOT_ONE_CHOICE, -1));
        assertProblems(QCM, chosen(1, 0, 1), new ShapeProblem(Kind.CHOICE_TWICE, 2));
        assertProblems(QCU, typed("deux"), new ShapeProblem(Kind.OTHER_KIND, -1));
        Challenge qroc = new Qroc(sheet(null), field("T1", "un"));
        assertProblems(qroc, chosen(0), new ShapeProblem(Kind.OTHER_KIND, -1));
        assertProblems(qroc, typed(), new ShapeProblem(Kind.FIELD_MISSING, 0));
        assertProblems(qroc, typed("un", "deux"), new ShapeProblem(Kind.FIELD_EXTRA, 1));
        assertProblems(qroc, typed("x".repeat(501)), new ShapeProblem(Kind.TEXT_TOO_LONG, 0));
        assertThat(Grading.shapeProblems(qroc, typed("🙂".repeat(500)))).isEmpty();
    }

    private static void assertProblems(Challenge challenge, Response response, ShapeProblem... problems) {
        assertThat(Grading.grade(challenge, response)).isEqualTo(new Grading.Misshapen(List.of(problems)));
    }

    private static Response.Chosen chosen(Integer... indexes) {
        return new Response.Chosen(List.of(indexes));
    }

    private static Response.Typed typed(String... fields) {
        return new Response.Typed(List.of(fields));
    }

    private static List<Choice> choices(Boolean... right) {
        return Arrays.stream(right).map(each -> new Choice(TEXT, each)).toList();
    }

    private static AnswerField field(String tolerances, String... solutions) {
        Set<Tolerance> set = EnumSet.noneOf(Tolerance.class);
        Arrays.stream(tolerances.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Tolerance::valueOf)
                .forEach(set::add);
        return new AnswerField(TEXT, set, List.of(solutions), List.of("faux", "false"));
    }

    private static Sheet sheet(Duration timer) {
        return new Sheet(new ChallengeId("aaa2a"), Contents.skill("aaa2"), TEXT, null, TEXT, timer, false, null);
    }
}

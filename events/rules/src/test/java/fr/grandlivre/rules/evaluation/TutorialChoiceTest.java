package fr.grandlivre.rules.evaluation;

import static fr.grandlivre.rules.framework.Contents.frameworks;
import static fr.grandlivre.rules.framework.Contents.tube;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tutorial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TutorialChoiceTest {
    private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
    private static final Frameworks FIVE = frameworks(
            tube("aaa", 3, ALL), tube("bbb", 5, ALL), tube("ccc", 2, ALL), tube("ddd", 2, ALL), tube("eee", 1, ALL));

    @Test
    void the_failed_tube_comes_first_then_useful_then_short_then_id() {
        History history = History.in(FIVE).ko("bbb2", "ddd2", "ccc2", "eee2", "aaa2");
        assertThat(chosen(history, Map.of())).containsExactly("aaa", "eee", "ccc");
        assertThat(chosen(history, Map.of(new TubeId("bbb"), 7))).containsExactly("aaa", "bbb", "eee");
    }

    @Test
    void tubes_failed_in_an_earlier_pass_or_not_failed_are_left_out() {
        History history = History.in(FIVE).ko("bbb2").improve().ok("ccc2").ko("aaa2");
        assertThat(chosen(history, Map.of())).containsExactly("aaa");
    }

    @Test
    void skipped_and_late_answers_get_tutorials_and_right_ones_do_not() {
        assertThat(chosen(History.in(FIVE).answers(Outcome.SKIPPED, "aaa2"), Map.of()))
                .containsExactly("aaa");
        assertThat(chosen(History.in(FIVE).answers(Outcome.TIMED_OUT, "aaa2"), Map.of()))
                .containsExactly("aaa");
        assertThat(chosen(History.in(FIVE).ko("bbb2").ok("aaa2"), Map.of())).isEmpty();
    }

    private static List<String> chosen(History history, Map<TubeId, Integer> useful) {
        Knowledge knowledge = history.knowledge();
        return TutorialChoice.after(knowledge.lastAnswer().orElseThrow().recorded(), knowledge, FIVE.earliest(), useful)
                .stream()
                .map(Tutorial::id)
                .map(TubeId::value)
                .toList();
    }
}

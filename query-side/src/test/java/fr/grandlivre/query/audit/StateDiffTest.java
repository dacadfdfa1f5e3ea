package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.query.audit.StateDiff.Operation;
import fr.grandlivre.query.audit.StateDiff.Span;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StateDiffTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final SortedMap<String, Span> changed = new TreeMap<>();

    private StateDiffTest changed(String pointer, long first, long last) {
        changed.put(pointer, new Span(first, last));
        return this;
    }

    private List<String> between(String from, String to) {
        return StateDiff.between((ObjectNode) JSON.readTree(from), (ObjectNode) JSON.readTree(to), changed).stream()
                .map(StateDiffTest::text)
                .toList();
    }

    private static String text(Operation operation) {
        return operation.op() + " " + operation.path() + " "
                + (operation.value() == null ? operation.before() : operation.value()) + " by " + operation.position();
    }

    @Test
    void what_one_event_added_is_one_operation() {
        assertThat(changed("/a/level", 7, 7).changed("/a/pix", 7, 7).between("{}", "{\"a\":{\"level\":1,\"pix\":8}}"))
                .containsExactly("add /a {\"level\":1,\"pix\":8} by 7");
    }

    @Test
    void what_several_events_added_is_told_value_by_value_after_the_object_that_holds_it() {
        assertThat(changed("/a/framework", 3, 3)
                        .changed("/a/level", 3, 9)
                        .changed("/a/answers", 3, 12)
                        .between("{}", "{\"a\":{\"answers\":4,\"framework\":\"2021\",\"level\":2}}"))
                .containsExactly(
                        "add /a {} by 3",
                        "add /a/answers 4 by 12",
                        "add /a/framework \"2021\" by 3",
                        "add /a/level 2 by 9");
    }

    @Test
    void what_several_events_removed_is_told_before_the_object_that_held_it() {
        assertThat(changed("/a/x", 4, 4)
                        .changed("/a/y", 5, 6)
                        .between("{\"a\":{\"x\":1,\"y\":2},\"b\":1}", "{\"b\":1}"))
                .containsExactly("remove /a/x 1 by 4", "remove /a/y 2 by 6", "remove /a {} by 6");
    }

    @Test
    void random_differences_lead_from_one_state_to_the_other_and_each_value_names_its_last_event() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Sheet sheet = new Sheet();
            long position = scribble(sheet, random, 0, new TreeMap<>());
            ObjectNode from = sheet.tree();
            SortedMap<String, Span> spans = new TreeMap<>();
            scribble(sheet, random, position, spans);
            ObjectNode to = sheet.tree();
            ObjectNode state = from.deepCopy();
            for (Operation operation : StateDiff.between(from, to, spans)) {
                int last = operation.path().lastIndexOf('/');
                ObjectNode parent = (ObjectNode) state.at(operation.path().substring(0, last));
                String name = operation.path().substring(last + 1);
                assertThat(parent.has(name))
                        .as("seed %d", seed)
                        .isEqualTo(!operation.op().equals("add"));
                if (operation.value() == null) {
                    parent.remove(name);
                } else {
                    parent.set(name, operation.value());
                    if (!operation.value().isObject()) {
                        assertThat(operation.position())
                                .as("seed %d", seed)
                                .isEqualTo(spans.get(operation.path()).last());
                    }
                }
            }
            assertThat(state).as("seed %d", seed).isEqualTo(to);
        }
    }

    private static long scribble(Sheet sheet, Random random, long position, SortedMap<String, Span> spans) {
        long at = position;
        for (int event = random.nextInt(12); event > 0; event--) {
            at++;
            for (int value = random.nextInt(4); value > 0; value--) {
                String object = Sheet.at("o" + random.nextInt(3), "p" + random.nextInt(2));
                if (random.nextInt(6) == 0) {
                    sheet.remove(object);
                } else {
                    sheet.set(object + Sheet.at("v" + random.nextInt(3)), random.nextInt(4));
                }
            }
            Span now = new Span(at, at);
            sheet.changes().forEach(change -> spans.merge(change.pointer(), now, Span::and));
        }
        return at;
    }

    @Test
    void a_value_that_changed_names_the_last_event() {
        assertThat(changed("/a/level", 2, 5).between("{\"a\":{\"level\":1}}", "{\"a\":{\"level\":3}}"))
                .containsExactly("replace /a/level 3 by 5");
    }
}

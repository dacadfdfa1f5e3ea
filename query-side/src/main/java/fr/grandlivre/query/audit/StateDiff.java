package fr.grandlivre.query.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What leads from one state to another: {@code add}, {@code remove} and {@code replace} of RFC 6902, objects only. */
public final class StateDiff {
    private StateDiff() {}

    /**
     * One operation.
     *
     * @param op       {@code add}, {@code remove} or {@code replace}
     * @param path     pointer (RFC 6901)
     * @param before   value before; absent for {@code add}
     * @param value    value after; absent for {@code remove}
     * @param position of the event that did it: the last one, when it stands for several values
     */
    public record Operation(
            String op,
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode value,
            long position) {}

    /**
     * @param from    a state
     * @param to      a later one
     * @param changed position of the last event that changed each value in between, by pointer
     * @return operations that make {@code to} of {@code from}, in the order of their paths
     */
    static List<Operation> between(ObjectNode from, ObjectNode to, SortedMap<String, Long> changed) {
        List<Operation> operations = new ArrayList<>();
        collect("", from, to, changed, operations);
        return operations;
    }

    private static void collect(
            String path, ObjectNode from, ObjectNode to, SortedMap<String, Long> changed, List<Operation> into) {
        TreeSet<String> names = new TreeSet<>(from.propertyNames());
        names.addAll(to.propertyNames());
        for (String name : names) {
            JsonNode before = from.get(name);
            JsonNode after = to.get(name);
            String pointer = path + Sheet.at(name);
            if (before instanceof ObjectNode inner && after instanceof ObjectNode other) {
                collect(pointer, inner, other, changed, into);
            } else if (before == null) {
                into.add(new Operation("add", pointer, null, after, last(pointer, changed)));
            } else if (after == null) {
                into.add(new Operation("remove", pointer, before, null, last(pointer, changed)));
            } else if (!before.equals(after)) {
                into.add(new Operation("replace", pointer, before, after, last(pointer, changed)));
            }
        }
    }

    private static long last(String pointer, SortedMap<String, Long> changed) {
        long own = changed.getOrDefault(pointer, 0L);
        return changed.subMap(pointer + "/", pointer + "0").values().stream().reduce(own, Math::max);
    }
}

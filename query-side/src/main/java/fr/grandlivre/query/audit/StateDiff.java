package fr.grandlivre.query.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What leads from one state to another: {@code add}, {@code remove} and {@code replace} of RFC 6902, objects only. */
public final class StateDiff {
    private final SortedMap<String, Span> changed;
    private final List<Operation> operations = new ArrayList<>();

    private StateDiff(SortedMap<String, Span> changed) {
        this.changed = changed;
    }

    /**
     * One operation.
     *
     * @param op       {@code add}, {@code remove} or {@code replace}
     * @param path     pointer (RFC 6901)
     * @param before   value before; absent for {@code add}
     * @param value    value after; absent for {@code remove}
     * @param position of the event that did it
     */
    public record Operation(
            String op,
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode value,
            long position) {}

    /**
     * When a value changed between two states.
     *
     * @param first position of the first event that changed it
     * @param last  position of the last one
     */
    record Span(long first, long last) {
        Span and(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /**
     * @param from    a state
     * @param to      a later one
     * @param changed when each value changed in between, by pointer
     * @return operations that make {@code to} of {@code from}, an object before what is in it; each is one event's doing, so
     *     that an object which several events filled or emptied is told value by value
     */
    static List<Operation> between(ObjectNode from, ObjectNode to, SortedMap<String, Span> changed) {
        StateDiff diff = new StateDiff(changed);
        diff.collect("", from, to);
        return diff.operations;
    }

    private void collect(String path, ObjectNode from, ObjectNode to) {
        TreeSet<String> names = new TreeSet<>(from.propertyNames());
        names.addAll(to.propertyNames());
        for (String name : names) {
            JsonNode before = from.get(name);
            JsonNode after = to.get(name);
            String pointer = path + Sheet.at(name);
            if (before instanceof ObjectNode inner && after instanceof ObjectNode other) {
                collect(pointer, inner, other);
            } else if (before == null) {
                add(pointer, after);
            } else if (after == null) {
                remove(pointer, before);
            } else if (!before.equals(after)) {
                operations.add(new Operation(
                        "replace", pointer, before, after, span(pointer).last()));
            }
        }
    }

    private void add(String pointer, JsonNode value) {
        if (value instanceof ObjectNode object && !isOfOneEvent(pointer, object)) {
            ObjectNode empty = object.objectNode();
            operations.add(
                    new Operation("add", pointer, null, empty, span(pointer).first()));
            object.properties().forEach(field -> add(pointer + Sheet.at(field.getKey()), field.getValue()));
        } else {
            operations.add(
                    new Operation("add", pointer, null, value, span(pointer).last()));
        }
    }

    private void remove(String pointer, JsonNode value) {
        if (value instanceof ObjectNode object && !isOfOneEvent(pointer, object)) {
            object.properties().forEach(field -> remove(pointer + Sheet.at(field.getKey()), field.getValue()));
            ObjectNode empty = object.objectNode();
            operations.add(
                    new Operation("remove", pointer, empty, null, span(pointer).last()));
        } else {
            operations.add(
                    new Operation("remove", pointer, value, null, span(pointer).last()));
        }
    }

    private boolean isOfOneEvent(String pointer, ObjectNode object) {
        return leaves(pointer, object)
                        .mapToLong(leaf -> span(leaf).last())
                        .distinct()
                        .count()
                <= 1;
    }

    private static Stream<String> leaves(String pointer, JsonNode node) {
        return node instanceof ObjectNode object
                ? object.properties().stream()
                        .flatMap(field -> leaves(pointer + Sheet.at(field.getKey()), field.getValue()))
                : Stream.of(pointer);
    }

    /** @return when a value, or anything inside an object, changed */
    private Span span(String pointer) {
        return Stream.concat(
                        Stream.ofNullable(changed.get(pointer)),
                        changed.subMap(pointer + "/", pointer + "0").values().stream())
                .reduce(Span::and)
                .orElseThrow(() -> new IllegalStateException("no event changed " + pointer));
    }
}

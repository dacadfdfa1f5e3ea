package fr.grandlivre.query.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A state as values at JSON pointers, with a note of what each event changed. Objects only, no arrays: what belongs to
 * something stands under its id. Not thread-safe.
 */
final class Sheet {
    private final TreeMap<String, JsonNode> values = new TreeMap<>();
    private final Map<String, JsonNode> before = new LinkedHashMap<>();

    /** @return the pointer of these names (RFC 6901) */
    static String at(Object... names) {
        StringBuilder pointer = new StringBuilder();
        for (Object name : names) {
            pointer.append('/').append(name.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** @param value text, a number without fraction, a truth value, anything else as its text; null removes */
    void set(String pointer, @Nullable Object value) {
        put(pointer, value == null ? null : node(value));
    }

    /** Removes everything under a pointer. */
    void remove(String pointer) {
        List.copyOf(values.subMap(pointer + "/", pointer + "0").keySet()).forEach(inner -> put(inner, null));
        put(pointer, null);
    }

    boolean has(String pointer) {
        return values.containsKey(pointer);
    }

    private void put(String pointer, @Nullable JsonNode value) {
        JsonNode old = value == null ? values.remove(pointer) : values.put(pointer, value);
        if (!Objects.equals(old, value)) {
            before.putIfAbsent(pointer, old == null ? JsonNodeFactory.instance.missingNode() : old);
        }
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Integer number -> LongNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            default -> StringNode.valueOf(value.toString());
        };
    }

    /** @return whether anything changed since the last call of {@link #changes} */
    boolean isChanged() {
        return !before.isEmpty();
    }

    /** @return what changed since the last call, net, by pointer */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        before.forEach((pointer, old) -> {
            JsonNode now = values.get(pointer);
            JsonNode then = old.isMissingNode() ? null : old;
            if (!Objects.equals(then, now)) {
                changes.add(new Change(pointer, then, now));
            }
        });
        before.clear();
        return changes.stream()
                .sorted((one, other) -> one.pointer().compareTo(other.pointer()))
                .toList();
    }

    /** @return the state as nested objects */
    ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        values.forEach((pointer, value) -> {
            ObjectNode object = root;
            String[] names = pointer.substring(1).split("/", -1);
            for (int i = 0; i < names.length - 1; i++) {
                object = object.withObjectProperty(name(names[i]));
            }
            object.set(name(names[names.length - 1]), value);
        });
        return root;
    }

    private static String name(String escaped) {
        return escaped.replace("~1", "/").replace("~0", "~");
    }

    /**
     * One value that an event changed.
     *
     * @param pointer where (RFC 6901)
     * @param before  absent when there was none
     * @param after   absent when there is none any more
     */
    record Change(
            String pointer,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}
}

package fr.grandlivre.api.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One value of a payload, as a person reads it.
 *
 * @param path      names and places from the outside in, for example {@code questions / 3 / skill}
 * @param value     the value; empty for a sealed field
 * @param dataClass data class of a sealed field; empty for others
 * @param key       id of the key that opens a sealed field; empty for others
 */
record Field(String path, String value, String dataClass, String key) {
    private static final String SEALED = "sealed";
    private static final JsonMapper JSON = new JsonMapper();

    /** @return all values of a payload, in its order */
    static List<Field> of(String payload) {
        List<Field> fields = new ArrayList<>();
        collect("", JSON.readTree(payload), fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, List<Field> into) {
        if (path.equals(SEALED) && node.isObject()) {
            node.properties()
                    .forEach(field -> into.add(new Field(
                            SEALED,
                            "",
                            field.getKey(),
                            field.getValue().path("kid").asString(""))));
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                collect(join(path, member.getKey()), member.getValue(), into);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(join(path, Integer.toString(i + 1)), node.get(i), into);
            }
        } else {
            into.add(new Field(path, node.asString(), "", ""));
        }
    }

    private static String join(String path, String step) {
        return path.isEmpty() ? step : path + " / " + step;
    }
}

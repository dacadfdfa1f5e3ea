package fr.grandlivre.api;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the interface promises of itself, read from its description. Immutable. */
final class Contract {
    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();

    /**
     * One operation.
     *
     * @param path       with variables in braces
     * @param parameters as described
     * @param body       schema of the JSON body; empty when it takes none
     * @param node       the whole description
     */
    record Operation(String method, String path, List<JsonNode> parameters, Optional<JsonNode> body, JsonNode node) {}

    /** @param description OpenAPI 3.1 as JSON */
    Contract(String description) {
        root = new JsonMapper().readTree(description);
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                List<JsonNode> parameters = new ArrayList<>();
                method.getValue().path("parameters").forEach(one -> parameters.add(resolved(one)));
                JsonNode body = resolved(method.getValue().path("requestBody"))
                        .path("content")
                        .path("application/json")
                        .path("schema");
                operations.add(new Operation(
                        method.getKey().toUpperCase(java.util.Locale.ROOT),
                        path.getKey(),
                        parameters,
                        Optional.of(body).filter(JsonNode::isObject),
                        method.getValue()));
            }
        }
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? root.at(reference.asString().substring(1)) : node;
    }

    /** @return what an answer breaks; empty when it is as described */
    List<String> violations(Operation operation, int status, String type, String body) {
        JsonNode responses = operation.node().path("responses");
        JsonNode described = responses.has(Integer.toString(status))
                ? responses.get(Integer.toString(status))
                : status >= 400 ? responses.path("default") : responses.path("none");
        if (described.isMissingNode()) {
            return List.of("status " + status + " is not described");
        }
        JsonNode content = resolved(described).path("content");
        String plain = type.split(";", 2)[0].strip();
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("a body that is not described, " + plain);
        }
        JsonNode schema = content.has(plain)
                ? content.get(plain).path("schema")
                : content.path("*/*").path("schema");
        if (content.has(plain) && !plain.endsWith("json")) {
            return List.of();
        }
        if (schema.isMissingNode()) {
            return List.of("content " + plain + " is not described for " + status);
        }
        List<String> found = new ArrayList<>();
        check(schema, new JsonMapper().readTree(body), "", found);
        return found;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
        JsonNode wanted = resolved(schema);
        JsonNode enumeration = wanted.path("enum");
        if (enumeration.isArray() && enumeration.values().stream().noneMatch(value::equals)) {
            found.add(at + " is none of the enumeration");
        }
        JsonNode type = wanted.path("type");
        if (type.isMissingNode()) {
            return;
        }
        List<String> types =
                type.isArray() ? type.values().stream().map(JsonNode::asString).toList() : List.of(type.asString());
        if (types.stream().noneMatch(one -> is(one, value))) {
            found.add(at + " is " + value.getNodeType() + ", not " + types);
        } else if (value.isObject()) {
            object(wanted, value, at, found);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(wanted.path("items"), value.get(i), at + "/" + i, found);
            }
        } else if (value.isString() && !hasFormat(wanted.path("format").asString(""), value.asString())) {
            found.add(at + " is no " + wanted.path("format").asString());
        }
    }

    private void object(JsonNode wanted, JsonNode value, String at, List<String> found) {
        JsonNode properties = wanted.path("properties");
        wanted.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                found.add(at + "/" + name.asString() + " is missing");
            }
        });
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String place = at + "/" + field.getKey();
            if (properties.has(field.getKey())) {
                check(properties.get(field.getKey()), field.getValue(), place, found);
            } else if (wanted.path("additionalProperties").isObject()) {
                check(wanted.get("additionalProperties"), field.getValue(), place, found);
            } else if (properties.isObject()) {
                found.add(place + " is not described");
            }
        }
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("type " + type);
        };
    }

    private static boolean hasFormat(String format, String text) {
        try {
            return switch (format) {
                case "uuid" -> UUID.fromString(text).toString().equals(text);
                case "date" -> LocalDate.parse(text).toString().equals(text);
                case "date-time" -> !OffsetDateTime.parse(text).toString().isEmpty();
                default -> true;
            };
        } catch (DateTimeException | IllegalArgumentException _) {
            return false;
        }
    }
}

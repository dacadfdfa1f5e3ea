package fr.grandlivre.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws values that a described interface should take, and values that it should survive. For one thread. */
final class Draws {
    /** Parts of a path that name nothing. */
    static final List<String> SEGMENTS = List.of(
            "%2e%2e%2f%2e%2e",
            "%00",
            "%ff%fe",
            "-1",
            "9223372036854775807",
            "99999999999999999999",
            "0",
            "null",
            "x;y=z",
            "%3Cscript%3E",
            "'%20OR%20'1'='1",
            "%F0%9F%98%80",
            "a".repeat(4_000));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "-1",
            "0",
            "1e400",
            "\u0000",
            "\u202E",
            "\u1FD2",
            "e\u0301",
            "é",
            "\uD83D\uDE00",
            "\uFEFF",
            "\r\nSet-Cookie: a=b",
            "<script>alert(1)</script>",
            "' OR '1'='1",
            "${jndi:ldap://x/a}",
            "../../etc/passwd",
            "%s%n%x",
            "a".repeat(101),
            "x".repeat(10_000),
            "2023-02-29",
            "2028-02-29",
            "0000-01-01",
            "9999-12-31",
            "10000-01-01",
            "24:00",
            "2022-05-16T08:00:00+14:00",
            "2022-03-27T02:30:00",
            "P-234567",
            "p 234 567",
            "Ρ-ΟOO0IL");

    private static final List<String> SENSIBLE = List.of(
            "Ada",
            "Lovelace",
            "Dupuis",
            "1988-10-05",
            "2022-05-16",
            "2022-05-16T08:00:00Z",
            "08:30",
            "P-234567",
            "1.1",
            "recruitment",
            "profile",
            "verification",
            "mistake",
            "own",
            "BCDF23",
            "1");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "7",
            "-1",
            "-0",
            "1.5",
            "1e400",
            "9007199254740993",
            "2147483648",
            "9223372036854775808",
            "NaN");

    private static final List<String> BROKEN = List.of(
            "",
            "{",
            "}",
            "[]",
            "null",
            "true",
            "7",
            "\"\"",
            "{}",
            "{}{}",
            "{} x",
            "{\"a\":1,\"a\":2}",
            "{\"unknown\":1}",
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "\uFEFF{}",
            "{\"\\ud800\":1}",
            "<a/>");

    private static final JsonMapper JSON = new JsonMapper();

    private final Random random;

    Draws(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** @return a value of the schema, or of none, as text */
    String value(Contract contract, JsonNode schema, String name) {
        if (chance(0.3)) {
            return one(TEXTS);
        }
        JsonNode wanted = contract.resolved(schema);
        return switch (wanted.path("type").asString("string")) {
            case "integer", "number" -> chance(0.7) ? Integer.toString(random.nextInt(100)) : one(NUMBERS);
            case "boolean" -> one(List.of("true", "false", "1", "TRUE"));
            default -> text(wanted, name);
        };
    }

    private String text(JsonNode wanted, String name) {
        JsonNode enumeration = wanted.path("enum");
        if (enumeration.isArray() && chance(0.8)) {
            return enumeration.get(random.nextInt(enumeration.size())).asString();
        }
        return switch (wanted.path("format").asString("")) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date" -> "20%02d-0%d-1%d".formatted(random.nextInt(30), 1 + random.nextInt(9), random.nextInt(10));
            case "date-time" -> "2022-05-16T0%d:00:00Z".formatted(random.nextInt(10));
            default -> name.toLowerCase(java.util.Locale.ROOT).contains("date") ? "1988-10-05" : one(SENSIBLE);
        };
    }

    /** @return a body, whole or broken */
    byte[] body(Contract contract, JsonNode schema) {
        if (chance(0.1)) {
            return one(BROKEN).getBytes(StandardCharsets.UTF_8);
        }
        byte[] whole = json(contract, schema, "", 0).getBytes(StandardCharsets.UTF_8);
        if (chance(0.03)) {
            whole = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
        }
        if (chance(0.03) && whole.length > 0) {
            whole[random.nextInt(whole.length)] = (byte) random.nextInt();
        }
        return whole;
    }

    private String json(Contract contract, JsonNode schema, String name, int depth) {
        JsonNode wanted = contract.resolved(schema);
        if (depth > 0 && chance(0.06)) {
            return one(List.of("null", "[]", "{}", "7", "\"x\"", "true", "1e400"));
        }
        return switch (wanted.path("type").asString("string")) {
            case "object" -> {
                List<String> fields = new ArrayList<>();
                for (Map.Entry<String, JsonNode> field :
                        wanted.path("properties").properties()) {
                    if (chance(0.85)) {
                        fields.add(JSON.writeValueAsString(field.getKey()) + ":"
                                + json(contract, field.getValue(), field.getKey(), depth + 1));
                    }
                }
                if (wanted.path("additionalProperties").isObject()) {
                    fields.add(JSON.writeValueAsString(one(SENSIBLE)) + ":"
                            + json(contract, wanted.get("additionalProperties"), "", depth + 1));
                }
                yield "{" + String.join(",", fields) + "}";
            }
            case "array" -> {
                List<String> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(json(contract, wanted.path("items"), name, depth + 1));
                }
                yield "[" + String.join(",", items) + "]";
            }
            case "integer", "number" -> chance(0.8) ? Integer.toString(random.nextInt(20)) : one(NUMBERS);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> JSON.writeValueAsString(value(contract, wanted, name));
        };
    }
}

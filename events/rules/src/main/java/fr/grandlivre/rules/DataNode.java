package fr.grandlivre.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One node of a YAML data file, read strictly: what is missing, unknown or of another type is noted as a problem and
 * replaced by a harmless value, so that one reading finds all problems of a file. Not thread-safe while reading.
 */
public final class DataNode {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonNode node;
    private final String where;
    private final List<DataProblem> problems;

    private DataNode(JsonNode node, String where, List<DataProblem> problems) {
        this.node = node;
        this.where = where;
        this.problems = problems;
    }

    /**
     * @param name     names the file in problems
     * @param yaml     its text
     * @param problems receives what is wrong with it
     */
    public static DataNode parse(String name, String yaml, List<DataProblem> problems) {
        try {
            return new DataNode(YAML.readTree(yaml), name, problems);
        } catch (JacksonException broken) {
            problems.add(new DataProblem(name, "is no YAML: " + broken.getOriginalMessage()));
            return new DataNode(YAML.createObjectNode(), name, problems);
        }
    }

    /**
     * Reads a file that was checked when it was built.
     *
     * @throws IllegalStateException naming the first problem
     */
    public static <T> T checked(String name, String yaml, Function<DataNode, T> read) {
        List<DataProblem> problems = new ArrayList<>();
        T value = read.apply(parse(name, yaml, problems));
        DataProblem.refuseAny(problems);
        return value;
    }

    /** @return the file and the path in it, for problems */
    public String where() {
        return where;
    }

    /** Notes a problem at this place. */
    public void problem(String message) {
        problems.add(new DataProblem(where, message));
    }

    /** Notes every field that is not one of these. */
    public void only(String... fields) {
        Set<String> unknown = new TreeSet<>(node.propertyNames());
        Arrays.asList(fields).forEach(unknown::remove);
        unknown.forEach(name -> problem("unknown field " + name));
    }

    /** @return whether the field is there */
    public boolean has(String field) {
        return node.has(field);
    }

    /** @return whether the field is there and is a list without entries */
    public boolean isEmptyList(String field) {
        return node.path(field).isArray() && node.path(field).isEmpty();
    }

    /** @return the child; a problem when it is missing or is no object */
    public DataNode object(String field) {
        JsonNode child = node.path(field);
        DataNode found = new DataNode(child, where + "." + field, problems);
        if (!child.isObject()) {
            found.problem("must be an object");
        }
        return found;
    }

    /** @return the child; empty when it is absent */
    public Optional<DataNode> optional(String field) {
        return has(field) ? Optional.of(object(field)) : Optional.empty();
    }

    /** @return the objects of a list, never empty unless there is a problem */
    public List<DataNode> objects(String field) {
        List<DataNode> items = new ArrayList<>();
        for (JsonNode item : list(field)) {
            DataNode next = new DataNode(item, where + "." + field + "[" + items.size() + "]", problems);
            if (!item.isObject()) {
                next.problem("must be an object");
            }
            items.add(next);
        }
        return items;
    }

    /** @return the texts of a list; numbers are a problem, they must be quoted */
    public List<String> texts(String field) {
        List<String> items = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!item.isString()) {
                problem(field + " must hold quoted text");
            }
            items.add(item.isString() ? item.stringValue() : "");
        }
        return items;
    }

    /** @return the whole numbers of a list */
    public List<Integer> numbers(String field, int least, int greatest) {
        List<Integer> items = new ArrayList<>();
        for (JsonNode item : list(field)) {
            items.add(within(field, item, least, greatest));
        }
        return items;
    }

    /** @return the text, not blank unless there is a problem */
    public String text(String field) {
        JsonNode child = node.path(field);
        if (!child.isString() || child.stringValue().isBlank()) {
            problem(field + " must be text");
            return "";
        }
        return child.stringValue();
    }

    /** @return the text; empty when the field is absent */
    public Optional<String> optionalText(String field) {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    /** @return the whole number; {@code least} when there is a problem */
    public int number(String field, int least, int greatest) {
        return within(field, node.path(field), least, greatest);
    }

    /** @return the truth value; false when the field is absent */
    public boolean flag(String field) {
        JsonNode child = node.path(field);
        if (!child.isMissingNode() && !child.isBoolean()) {
            problem(field + " must be true or false");
        }
        return child.isBoolean() && child.booleanValue();
    }

    /** @return the constant whose lower-case name with dashes is the text; the first one when there is a problem */
    public <E extends Enum<E>> E constant(String field, E[] known) {
        return named(field, text(field), known);
    }

    /** @return the constant of that name; the first one when there is a problem */
    public <E extends Enum<E>> E named(String field, String name, E[] known) {
        for (E constant : known) {
            if (wireName(constant).equals(name)) {
                return constant;
            }
        }
        problem(field + " must be one of "
                + Arrays.stream(known).map(DataNode::wireName).toList());
        return known[0];
    }

    /** @return the parsed text; {@code instead} when the parser refuses it */
    public <T> T parsed(String field, Function<String, T> parser, T instead) {
        String text = text(field);
        try {
            return parser.apply(text);
        } catch (RuntimeException refused) {
            problem(field + " is refused: " + refused.getMessage());
            return instead;
        }
    }

    /** @return the whole node as maps, lists, texts, numbers and truth values */
    public Object plain() {
        return YAML.treeToValue(node, Object.class);
    }

    /** @return the lower-case name with dashes, as data files and the wire write it */
    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private int within(String field, JsonNode child, int least, int greatest) {
        boolean good = child.isIntegralNumber()
                && child.bigIntegerValue().compareTo(BigInteger.valueOf(least)) >= 0
                && child.bigIntegerValue().compareTo(BigInteger.valueOf(greatest)) <= 0;
        if (!good) {
            problem(field + " must be a whole number from " + least + " to " + greatest);
        }
        return good ? child.intValue() : least;
    }

    private Iterable<JsonNode> list(String field) {
        JsonNode child = node.path(field);
        if (!child.isArray() || child.isEmpty()) {
            problem(field + " must be a list with at least one entry");
            return List.of();
        }
        return child;
    }
}

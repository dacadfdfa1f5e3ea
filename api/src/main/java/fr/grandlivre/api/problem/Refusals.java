package fr.grandlivre.api.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** The one table from a domain refusal to what the interface answers: {@code refusals.properties} beside this class. */
public final class Refusals {
    private static final Map<String, Answer> TABLE = read();

    private Refusals() {}

    /**
     * @param code   of the refusal, in kebab case
     * @param fields what the domain says about it; none is personal
     * @return the problem to answer with
     * @throws IllegalArgumentException when the table lacks the code
     */
    public static Problem problem(String code, Map<String, ?> fields) {
        Answer answer = TABLE.get(code);
        if (answer == null) {
            throw new IllegalArgumentException("refusal without an answer: " + code);
        }
        // A 404 says nothing about why: that would tell what exists.
        boolean silent = answer.status() == 404;
        return new Problem(
                answer.slug(),
                answer.status(),
                silent ? Optional.empty() : Optional.of(code),
                List.of(),
                silent ? Map.of() : new TreeMap<String, Object>(fields),
                Optional.empty());
    }

    /** @return every code of the table */
    public static Set<String> codes() {
        return TABLE.keySet();
    }

    private record Answer(int status, Slug slug) {}

    private static Map<String, Answer> read() {
        Properties lines = new Properties();
        try (InputStream file = Refusals.class.getResourceAsStream("refusals.properties")) {
            if (file == null) {
                throw new IllegalStateException("refusals.properties is missing");
            }
            lines.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, Answer> table = new TreeMap<>();
        lines.forEach((code, line) -> table.put(code.toString(), answer(line.toString())));
        return Map.copyOf(table);
    }

    private static Answer answer(String line) {
        String[] parts = line.strip().split(" ");
        return new Answer(
                Integer.parseInt(parts[0]),
                Slug.of(parts[1])
                        .orElseThrow(() -> new IllegalStateException("refusals.properties names an unknown slug")));
    }
}

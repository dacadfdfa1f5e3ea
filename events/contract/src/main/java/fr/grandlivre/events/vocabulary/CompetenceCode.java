package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Code of one of the competences, domain before the dot.
 *
 * @param value matches {@code [1-9]\.[1-9]}
 */
public record CompetenceCode(@JsonValue String value) implements Comparable<CompetenceCode> {
    private static final Pattern SHAPE = Pattern.compile("[1-9]\\.[1-9]");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CompetenceCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a competence code");
        }
    }

    @Override
    public int compareTo(CompetenceCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

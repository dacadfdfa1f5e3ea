package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One series of skills, easy to hard, inside one competence.
 *
 * @param value matches {@code [a-z][A-Za-z]{2,30}}
 */
public record TubeId(@JsonValue String value) implements Comparable<TubeId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][A-Za-z]{2,30}");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TubeId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a tube id");
        }
    }

    @Override
    public int compareTo(TubeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

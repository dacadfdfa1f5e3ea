package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * National number of an establishment: seven digits and a letter.
 *
 * @param value matches {@code [0-9]{7}[A-Z]}
 */
public record Uai(@JsonValue String value) implements Comparable<Uai> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{7}[A-Z]");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Uai {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a UAI");
        }
    }

    @Override
    public int compareTo(Uai other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

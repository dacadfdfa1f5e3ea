package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Name of a published version of the reference framework.
 *
 * @param value matches {@code [0-9]{4}[a-z0-9-]{0,12}}
 */
public record FrameworkVersion(@JsonValue String value) implements Comparable<FrameworkVersion> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}[a-z0-9-]{0,12}");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FrameworkVersion {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a framework version");
        }
    }

    @Override
    public int compareTo(FrameworkVersion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

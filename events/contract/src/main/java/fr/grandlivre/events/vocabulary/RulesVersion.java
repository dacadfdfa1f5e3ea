package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Name of a dated set of rules: scoring, validity or mention.
 *
 * @param value matches {@code [0-9a-z][0-9a-z-]{0,15}}
 */
public record RulesVersion(@JsonValue String value) implements Comparable<RulesVersion> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-z][0-9a-z-]{0,15}");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RulesVersion {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a rules version");
        }
    }

    @Override
    public int compareTo(RulesVersion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

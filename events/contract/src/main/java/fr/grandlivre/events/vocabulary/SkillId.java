package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One skill: {@code @}, its tube, its difficulty digit.
 *
 * @param value matches {@code @[A-Za-z]{3,31}[1-8]}
 */
public record SkillId(@JsonValue String value) implements Comparable<SkillId> {
    private static final Pattern SHAPE = Pattern.compile("@[A-Za-z]{3,31}[1-8]");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SkillId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a skill id");
        }
    }

    @Override
    public int compareTo(SkillId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

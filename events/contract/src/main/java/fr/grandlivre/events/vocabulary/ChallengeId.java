package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One challenge: its skill without the {@code @}, then a letter.
 *
 * @param value matches {@code [A-Za-z]{3,31}[1-8][a-z]}
 */
public record ChallengeId(@JsonValue String value) implements Comparable<ChallengeId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z]{3,31}[1-8][a-z]");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ChallengeId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a challenge id");
        }
    }

    @Override
    public int compareTo(ChallengeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

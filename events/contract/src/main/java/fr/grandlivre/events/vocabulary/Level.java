package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Level in one competence.
 *
 * @param value −1 (not certified), 0 (no level yet) to 8
 */
public record Level(@JsonValue int value) implements Comparable<Level> {
    /** On a certificate: tested, and not certified. */
    public static final Level NOT_CERTIFIED = new Level(-1);

    public static final Level ZERO = new Level(0);

    /** @throws IllegalArgumentException outside −1..8 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Level {
        if (value < -1 || value > 8) {
            throw new IllegalArgumentException("level outside -1..8");
        }
    }

    @Override
    public int compareTo(Level other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

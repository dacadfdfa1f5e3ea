package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Points: 8 make a level. Of one competence (0..64) or of a whole profile (0..1024).
 *
 * @param value 0..1024, whole points
 */
public record Pix(@JsonValue int value) implements Comparable<Pix> {
    public static final Pix ZERO = new Pix(0);

    /** @throws IllegalArgumentException outside 0..1024 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Pix {
        if (value < 0 || value > 1024) {
            throw new IllegalArgumentException("pix outside 0..1024");
        }
    }

    @Override
    public int compareTo(Pix other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

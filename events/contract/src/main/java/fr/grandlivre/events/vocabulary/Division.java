package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Name of a class of pupils inside one school year, as the school writes it.
 *
 * @param value 1 to 20 characters without surrounding space, {@code 3A}; none that is invisible or has a meaning in an
 *              address or in HTML
 */
public record Division(@JsonValue String value) implements Comparable<Division> {
    /** Longest name found in a school's timetable software is well below. */
    public static final int MAX_LENGTH = 20;

    private static final String MEANING_ELSEWHERE = "/\\<>%?#;\"";

    /** @throws IllegalArgumentException when empty, too long, padded with space or of other characters */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Division {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.equals(value.strip())
                || !LabelText.isVisible(value)
                || value.chars().anyMatch(character -> MEANING_ELSEWHERE.indexOf(character) >= 0)) {
            throw new IllegalArgumentException("not the name of a division");
        }
    }

    @Override
    public int compareTo(Division other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

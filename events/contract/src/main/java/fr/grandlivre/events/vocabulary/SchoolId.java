package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One establishment.
 *
 * @param value random, version 4 or 7
 */
public record SchoolId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SchoolId {}

    /**
     * @param text a UUID in its usual 36-character form
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static SchoolId of(String text) {
        return new SchoolId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

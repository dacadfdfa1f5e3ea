package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One certification centre.
 *
 * @param value random, version 4 or 7
 */
public record CentreId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CentreId {}

    /**
     * @param text a UUID in its usual 36-character form
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static CentreId of(String text) {
        return new CentreId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One candidate's sitting.
 *
 * @param value derived: see {@link StreamIds#exam}
 */
public record ExamId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExamId {}

    /**
     * @param text a UUID in its usual 36-character form
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static ExamId of(String text) {
        return new ExamId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

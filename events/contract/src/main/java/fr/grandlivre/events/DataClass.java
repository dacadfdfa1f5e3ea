package fr.grandlivre.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A class of personal data: each person has one key per class, and each class its own retention.
 *
 * @param name as in payloads and key rows, lower case
 */
public record DataClass(@JsonValue String name) {
    // First: the constants below are checked against it.
    private static final Pattern SHAPE = Pattern.compile("identity|answers|certificate|access-[0-9]{4}");

    /** Account identity and INE. */
    public static final DataClass IDENTITY = new DataClass("identity");

    /** Free text typed as an answer. */
    public static final DataClass ANSWERS = new DataClass("answers");

    /** Identity as printed on a certificate, and its key. */
    public static final DataClass CERTIFICATE = new DataClass("certificate");

    /** @throws IllegalArgumentException when there is no such class */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DataClass {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a class of personal data");
        }
    }

    /**
     * @param year 1000..9999, Europe/Paris
     * @return who read what of a person in that year; each year has a key of its own, so that it lapses by itself
     */
    public static DataClass access(int year) {
        return new DataClass("access-" + year);
    }
}

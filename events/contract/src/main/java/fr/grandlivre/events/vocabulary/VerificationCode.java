package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Canonical verification code of a certificate; an identifier, not a secret. Free text is parsed by the rules, not here.
 *
 * @param value matches {@code P-[A-Z0-9]{6,8}}
 */
public record VerificationCode(@JsonValue String value) implements Comparable<VerificationCode> {
    private static final Pattern SHAPE = Pattern.compile("P-[A-Z0-9]{6,8}");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VerificationCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a canonical verification code");
        }
    }

    @Override
    public int compareTo(VerificationCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

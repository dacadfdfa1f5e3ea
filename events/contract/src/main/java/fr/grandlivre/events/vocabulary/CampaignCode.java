package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Code by which pupils enter a campaign; read out in class, no secret. Free text is parsed by the rules, not here.
 *
 * @param value 6 letters and 3 digits that are not mistaken for each other, {@code BCDFGH234}
 */
public record CampaignCode(@JsonValue String value) implements Comparable<CampaignCode> {
    private static final Pattern SHAPE = Pattern.compile("[BCDFGHJKMPQRTVWXY]{6}[2346789]{3}");

    /** @throws IllegalArgumentException when the text has another shape */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CampaignCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a campaign code");
        }
    }

    @Override
    public int compareTo(CampaignCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

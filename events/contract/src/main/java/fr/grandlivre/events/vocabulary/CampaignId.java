package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * A campaign: what a teacher lets pupils answer.
 *
 * @param value random
 */
public record CampaignId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CampaignId {}

    /**
     * @param text a UUID in its usual 36-character form
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static CampaignId of(String text) {
        return new CampaignId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

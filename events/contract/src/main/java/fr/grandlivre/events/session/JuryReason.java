package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;

/**
 * Why a jury decided as it did, in its own words.
 *
 * @param reason 10..500 characters
 */
public record JuryReason(String reason) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }
}

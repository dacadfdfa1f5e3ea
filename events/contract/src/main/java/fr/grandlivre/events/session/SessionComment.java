package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;

/**
 * What a centre tells the jury about a session; sealed with its author's key.
 *
 * @param comment 1..500 characters
 */
public record SessionComment(String comment) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.IDENTITY;
    }
}

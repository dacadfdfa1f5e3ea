package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;

/**
 * What happened, in the words of whoever reports an issue.
 *
 * @param description 1..500 characters
 */
public record IssueDescription(String description) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }
}

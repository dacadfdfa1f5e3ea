package fr.grandlivre.events.identity;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;

/** @param subject the identity provider's stable name for the person */
public record SignInSubject(String subject) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.IDENTITY;
    }

    @Override
    public boolean namesPerson() {
        return true;
    }
}

package fr.grandlivre.events.session;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.time.LocalDate;

/** Identity of a candidate, as the certificate will print it. */
public record CandidateIdentity(String firstName, String lastName, LocalDate birthDate, String birthPlace)
        implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }

    @Override
    public boolean namesPerson() {
        return true;
    }
}

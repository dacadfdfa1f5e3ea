package fr.grandlivre.events.school;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A pupil as the school's roster names them, kept as typed.
 *
 * @param firstName  1..100 code points
 * @param middleName second given name
 * @param thirdName  third given name
 * @param lastName   1..100 code points
 * @param birthDate  after 1900-01-01
 * @param ine        national pupil number; absent when the school does not know it
 */
public record PupilIdentity(
        String firstName,
        @Nullable String middleName,
        @Nullable String thirdName,
        String lastName,
        LocalDate birthDate,
        @Nullable String ine)
        implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.IDENTITY;
    }

    @Override
    public boolean namesPerson() {
        return true;
    }
}

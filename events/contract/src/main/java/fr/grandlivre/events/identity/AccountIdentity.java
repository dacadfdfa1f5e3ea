package fr.grandlivre.events.identity;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The person behind an account.
 *
 * @param firstName 1..100 code points, as typed
 * @param lastName  1..100 code points, as typed
 * @param birthDate absent for staff who did not give it
 * @param email     absent unless given
 */
public record AccountIdentity(
        String firstName,
        String lastName,
        @Nullable LocalDate birthDate,
        @Nullable String email) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.IDENTITY;
    }

    @Override
    public boolean namesPerson() {
        return true;
    }
}

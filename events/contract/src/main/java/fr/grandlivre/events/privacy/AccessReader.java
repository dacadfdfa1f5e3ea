package fr.grandlivre.events.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who read, and what for; sealed under a key of the person concerned that lapses with its year.
 *
 * @param reader  pseudonym of the account; absent for somebody without an account
 * @param purpose as declared; absent when none was
 * @param day     of the reading, Europe/Paris; its year chooses the key
 */
public record AccessReader(@Nullable UUID reader, @Nullable String purpose, LocalDate day) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.access(day.getYear());
    }
}

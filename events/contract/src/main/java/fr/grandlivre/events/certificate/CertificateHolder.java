package fr.grandlivre.events.certificate;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.PersonalData;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Identity as printed on a certificate, with its key.
 *
 * @param firstName  as printed
 * @param lastName   as printed
 * @param birthDate  as printed
 * @param birthPlace as printed; never shown by a verification
 * @param key        6 symbols printed beside the code; absent on imported certificates whose source states none
 */
public record CertificateHolder(
        String firstName,
        String lastName,
        LocalDate birthDate,
        String birthPlace,
        @Nullable String key) implements PersonalData {
    @Override
    public DataClass dataClass() {
        return DataClass.CERTIFICATE;
    }

    @Override
    public boolean namesPerson() {
        return true;
    }
}

package fr.grandlivre.api.verification;

import fr.grandlivre.api.request.Fields;
import fr.grandlivre.rules.verification.CertificateKey;
import fr.grandlivre.rules.verification.PersonName;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody claims to know beside a code: the key printed next to it, or whose certificate it is. */
sealed interface ClaimedFact {
    /** Nothing: the code alone. */
    record None() implements ClaimedFact {}

    /** The key. */
    record Key(CertificateKey key) implements ClaimedFact {}

    /**
     * The holder.
     *
     * @param nameKey   family name as it is compared
     * @param birthDate day of birth
     */
    record Person(String nameKey, LocalDate birthDate) implements ClaimedFact {
        /** Never shows who. */
        @Override
        public String toString() {
            return "Person[…]";
        }
    }

    /**
     * Where the parts stand in a request.
     *
     * @param whole      of both kinds together
     * @param key        of the key
     * @param familyName of the name
     * @param birthDate  of the day
     */
    record Pointers(String whole, String key, String familyName, String birthDate) {}

    /**
     * Reads what was typed; blank parts count as left out. What cannot be accepted is noted.
     *
     * @param today in Paris
     */
    static ClaimedFact read(
            Fields fields,
            Pointers at,
            @Nullable String key,
            @Nullable String familyName,
            @Nullable String birthDate,
            LocalDate today) {
        boolean named = isGiven(familyName) || isGiven(birthDate);
        if (isGiven(key) && named) {
            fields.refuse(at.whole(), "second-fact.both");
            return new None();
        }
        if (named) {
            String name = PersonName.key(fields.name(at.familyName(), familyName));
            if (isGiven(familyName) && name.isEmpty()) {
                fields.refuse(at.familyName(), "invalid");
            }
            return new Person(name, fields.birthDate(at.birthDate(), birthDate, today));
        }
        if (key == null || !isGiven(key)) {
            return new None();
        }
        Optional<CertificateKey> read = CertificateKey.parse(key);
        if (read.isEmpty()) {
            fields.refuse(at.key(), "second-fact.key");
        }
        return read.<ClaimedFact>map(Key::new).orElseGet(None::new);
    }

    private static boolean isGiven(@Nullable String part) {
        return part != null && !part.isBlank();
    }
}

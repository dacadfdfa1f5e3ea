package fr.grandlivre.rules.certificate;

import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ShippedFiles;
import java.time.LocalDate;

/** What may open the second tier of a verification (domain rules, holders under 15). */
public final class SecondFact {
    private static final String FILE = "rules/certificate/second-fact.yaml";
    private static final int KEY_ONLY_BELOW_YEARS = DataNode.checked(FILE, ShippedFiles.text(FILE), file -> {
        file.only("keyOnlyBelowYears");
        return file.number("keyOnlyBelowYears", 0, 100);
    });

    private SecondFact() {}

    /**
     * @param birthDate of the holder
     * @param day       of the look-up, Europe/Paris
     * @return whether only the key opens the second tier: the day is before the 15th birthday, where 29 February
     *     becomes 28 February in common years
     */
    public static boolean isKeyOnly(LocalDate birthDate, LocalDate day) {
        return day.isBefore(birthDate.plusYears(KEY_ONLY_BELOW_YEARS));
    }
}

package fr.grandlivre.rules.school;

import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.rules.verification.PersonName;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a pupil on a roster (domain rules, roster and bad input). */
public final class PupilRules {
    /** Levels of schooling of collège and lycée, from the youngest. */
    public static final List<String> YEARS = List.of("6e", "5e", "4e", "3e", "2de", "1re", "Tle");

    /** Longest name, in code points. */
    public static final int LONGEST_NAME = 100;

    /** Longest list of pupils, in lines. */
    public static final int MOST_ROWS = 10_000;

    private static final Pattern INE = Pattern.compile("[0-9]{9}[A-Z]{2}|[0-9]{10}[A-Z]");
    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 2);

    private PupilRules() {}

    /** @return the number as it is recorded and compared; absent when there is none */
    public static @Nullable String ine(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip().toUpperCase(Locale.ROOT);
    }

    /** @return whether an upper-case national pupil number has one of the two shapes */
    public static boolean isIne(String ine) {
        return INE.matcher(ine).matches();
    }

    /** @return whether a pupil of today can be born on that day */
    public static boolean isBirthDate(LocalDate day, LocalDate today) {
        return !day.isBefore(OLDEST) && !day.isAfter(today);
    }

    /** @return whether it is the name of a level of schooling */
    public static boolean isYear(String year) {
        return YEARS.contains(year);
    }

    /** @return the same pupil, the national number as it is recorded */
    public static PupilIdentity recorded(PupilIdentity typed) {
        return new PupilIdentity(
                typed.firstName(),
                typed.middleName(),
                typed.thirdName(),
                typed.lastName(),
                typed.birthDate(),
                ine(typed.ine()));
    }

    /** @return the same text for two pupils whose first and last names are the same, however they are spelled */
    public static String nameKey(String firstName, String lastName) {
        return PersonName.key(lastName) + "|" + PersonName.key(firstName);
    }

    /** @return the same text for two pupils whom names alone, second and third ones included, do not tell apart */
    public static String fullNameKey(
            String firstName, @Nullable String middleName, @Nullable String thirdName, String lastName) {
        return nameKey(firstName, lastName)
                + "|"
                + PersonName.key(Objects.requireNonNullElse(middleName, ""))
                + "|"
                + PersonName.key(Objects.requireNonNullElse(thirdName, ""));
    }
}

package fr.grandlivre.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Civil days as the rules count them: Europe/Paris (domain rules, days and instants). */
public final class ParisDays {
    public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private ParisDays() {}

    /** @return the civil day that contains the instant */
    public static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** @return the first instant of the day */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }
}

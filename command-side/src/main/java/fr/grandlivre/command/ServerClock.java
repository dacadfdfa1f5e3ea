package fr.grandlivre.command;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The server's clock as the rules read it.
 *
 * @param clock where the time comes from
 */
public record ServerClock(Clock clock) {
    /** Civil days of the rules are days of this zone. */
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** @return now, in whole milliseconds */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** @return the civil day of an instant, Europe/Paris */
    public static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, PARIS);
    }
}

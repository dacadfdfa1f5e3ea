package fr.grandlivre.command;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The server's clock as the rules read it.
 *
 * @param clock where the time comes from
 */
public record ServerClock(Clock clock) {
    /** @return now, in whole milliseconds */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

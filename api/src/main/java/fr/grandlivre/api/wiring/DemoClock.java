package fr.grandlivre.api.wiring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The domain clock of the demonstration: on its first start it is Monday 16 May 2022, 08:00 in Paris. It ticks in
 * milliseconds, stands still while the product is stopped, and only the seeder moves it. Thread-safe.
 */
public final class DemoClock extends Clock {
    /** School time; dates of the domain are dates in Paris. */
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** The demonstration never begins before this instant. */
    public static final Instant FIRST_START =
            LocalDateTime.of(2022, 5, 16, 8, 0).atZone(PARIS).toInstant();

    private final Hand hand;
    private final ZoneId zone;

    /** @param lastRecorded when the last event was recorded; empty for an empty ledger */
    public DemoClock(Optional<Instant> lastRecorded) {
        this(new Hand(start(lastRecorded)), PARIS);
    }

    private DemoClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    private static Instant start(Optional<Instant> lastRecorded) {
        return lastRecorded
                .map(last -> last.truncatedTo(ChronoUnit.MILLIS).plusMillis(1))
                .filter(FIRST_START::isBefore)
                .orElse(FIRST_START);
    }

    /**
     * For the seeder alone.
     *
     * @param now the instant from which the clock ticks on; may be in its past
     */
    public void move(Instant now) {
        hand.anchor = Anchor.at(now);
    }

    /**
     * For the seeder alone, whose facts have the same instants on every machine.
     *
     * @param now the instant at which the clock stands still until it is moved or held again
     */
    public void hold(Instant now) {
        hand.anchor = new Anchor(now.truncatedTo(ChronoUnit.MILLIS), OptionalLong.empty());
    }

    @Override
    public Instant instant() {
        return hand.anchor.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** @return the same clock, so that moving one moves both, seen from another zone */
    @Override
    public Clock withZone(ZoneId other) {
        return new DemoClock(hand, other);
    }

    /** Shared by the views of one clock in several zones. */
    private static final class Hand {
        private volatile Anchor anchor;

        Hand(Instant start) {
            this.anchor = Anchor.at(start);
        }
    }

    /**
     * @param instant  what the clock showed when it was set
     * @param nanoTime when that was by the machine; empty while the clock stands still
     */
    private record Anchor(Instant instant, OptionalLong nanoTime) {
        static Anchor at(Instant instant) {
            return new Anchor(instant, OptionalLong.of(System.nanoTime()));
        }

        Instant now() {
            return nanoTime.isEmpty()
                    ? instant
                    : instant.plus(Duration.ofNanos(System.nanoTime() - nanoTime.getAsLong()))
                            .truncatedTo(ChronoUnit.MILLIS);
        }
    }
}

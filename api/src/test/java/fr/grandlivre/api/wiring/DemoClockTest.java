package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoClockTest {
    private static final Instant MONDAY = Instant.parse("2022-05-16T06:00:00Z");

    @Test
    void an_empty_ledger_starts_on_monday_16_may_2022_at_8_in_paris() {
        assertThat(new DemoClock(Optional.empty()).instant()).isBetween(MONDAY, MONDAY.plusSeconds(5));
    }

    @Test
    void events_before_that_monday_do_not_hold_it_back() {
        assertThat(new DemoClock(Optional.of(Instant.parse("2021-09-01T00:00:00Z"))).instant())
                .isBetween(MONDAY, MONDAY.plusSeconds(5));
    }

    @Test
    void a_restart_goes_on_one_millisecond_after_the_last_event() {
        Instant last = Instant.parse("2022-05-20T10:00:00.123456Z");
        assertThat(new DemoClock(Optional.of(last)).instant())
                .isBetween(Instant.parse("2022-05-20T10:00:00.124Z"), Instant.parse("2022-05-20T10:00:05Z"));
    }

    @Test
    void it_ticks_in_milliseconds() {
        DemoClock clock = new DemoClock(Optional.empty());
        Instant before = clock.instant();
        Instant after = clock.instant();
        while (after.equals(before)) {
            Thread.onSpinWait();
            after = clock.instant();
        }
        assertThat(after).isAfter(before);
        assertThat(after.getNano() % 1_000_000).isZero();
    }

    @Test
    void moving_it_moves_its_other_zones_too() {
        DemoClock clock = new DemoClock(Optional.empty());
        Clock utc = clock.withZone(ZoneOffset.UTC);
        Instant past = Instant.parse("2019-09-02T06:00:00Z");
        clock.move(past);
        assertThat(utc.instant()).isBetween(past, past.plusSeconds(5));
        assertThat(utc.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}

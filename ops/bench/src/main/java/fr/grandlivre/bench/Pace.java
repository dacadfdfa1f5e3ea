package fr.grandlivre.bench;

import java.time.Duration;

/**
 * How long one subject runs.
 *
 * @param measured      the window that counts
 * @param warmUp        one warm-up window; warm-up ends when two of them in a row differ by less than 5 %
 * @param warmUpsAtMost when they never do, measuring begins after so many
 */
record Pace(Duration measured, Duration warmUp, int warmUpsAtMost) {
    private static final double STEADY = 0.05;

    /** @return time from the first call to the end of the window, at most */
    Duration longest() {
        return warmUp.multipliedBy(warmUpsAtMost).plus(measured);
    }

    static boolean steady(double before, double now) {
        return Math.abs(now - before) < STEADY * Math.max(before, now);
    }
}

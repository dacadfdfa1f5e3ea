package fr.grandlivre.bench.school;

import java.util.Arrays;

/**
 * How long the loads of one page took, from the first byte sent to the last byte read, over a kept connection of this
 * machine: a little more than the server's own time.
 *
 * @param page   what was asked for
 * @param millis of every load, ascending; never empty
 */
record Loads(String page, double[] millis) {
    Loads {
        millis = millis.clone();
        Arrays.sort(millis);
    }

    int count() {
        return millis.length;
    }

    /** @param share 0..1 */
    double percentile(double share) {
        return millis[Math.min(millis.length - 1, (int) Math.ceil(share * millis.length) - 1)];
    }

    double longest() {
        return millis[millis.length - 1];
    }
}

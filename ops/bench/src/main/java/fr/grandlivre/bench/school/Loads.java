package fr.grandlivre.bench.school;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long the loads of one page took, from the first byte sent to the last byte read, over a kept connection of this
 * machine: a little more than the server's own time.
 *
 * @param page      what was asked for
 * @param millis    of every load, ascending; never empty
 * @param processor time that the application's process used meanwhile; unlike the time of a load it does not grow with what
 *                  else runs on the machine
 */
record Loads(String page, double[] millis, Duration processor) {
    Loads {
        millis = millis.clone();
        Arrays.sort(millis);
    }

    int count() {
        return millis.length;
    }

    double processorMillisALoad() {
        return processor.toNanos() / 1e6 / count();
    }

    /** @param share 0..1 */
    double percentile(double share) {
        return millis[Math.min(millis.length - 1, (int) Math.ceil(share * millis.length) - 1)];
    }

    double longest() {
        return millis[millis.length - 1];
    }
}

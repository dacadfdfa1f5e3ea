package fr.grandlivre.api.privacy;

import java.time.Duration;

/**
 * How fast sums of readings go to the ledger. They name nobody and nobody waits for them, but each costs an append, a row of
 * a view and a leaf of the log: all at once, those of a busy hour would take the machine from everybody who does wait. Only
 * when memory becomes short they go faster, up to as fast as the ledger takes them.
 */
final class RecordingPace {
    /** Some hundredths of two cores; those of the day of results, a tenth of a million an hour, take seven minutes. */
    static final int PER_SECOND = 250;

    /** About 34 MB of sums in memory. */
    static final int MANY = 200_000;

    /** With so many in memory, no more are held. */
    static final int MOST = 2 * MANY;

    private RecordingPace() {}

    /**
     * @param recorded sums in the last command
     * @param held     sums in memory
     * @return how long to leave the ledger to others
     */
    static Duration pause(int recorded, int held) {
        double room = Math.clamp((MOST - held) / (double) (MOST - MANY), 0, 1);
        return Duration.ofNanos(Math.round(room * recorded / PER_SECOND * 1e9));
    }
}

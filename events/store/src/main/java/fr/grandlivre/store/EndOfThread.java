package fr.grandlivre.store;

import java.time.Duration;

/** Waits for a thread that was told to end. */
public final class EndOfThread {
    private EndOfThread() {}

    /**
     * Waits, interrupts what takes longer, and waits once more. An interrupt of the caller interrupts the thread at once and
     * stays with the caller.
     *
     * @param within longest time of each wait
     */
    public static void await(Thread thread, Duration within) {
        boolean interrupted = false;
        try {
            if (!thread.join(within)) {
                thread.interrupt();
                thread.join(within);
            }
        } catch (InterruptedException _) {
            interrupted = true;
            thread.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

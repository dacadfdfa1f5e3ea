package fr.grandlivre.bench;

import java.time.Duration;

/**
 * One subject, at one number of callers, in one round.
 *
 * @param part           group it belongs to
 * @param subject        what was measured
 * @param callers        callers at once; 1 for what has no callers
 * @param round          from 1
 * @param perSecond      events, commands or look-ups a second
 * @param p50Millis      median wait of a caller, closed loop; 0 where nobody waits
 * @param p99Millis      99th percentile of the same
 * @param postgresMicros processor time of PostgreSQL per event, command or look-up, microseconds
 * @param jvmMicros      processor time of this process per the same, callers included, microseconds
 * @param eventsEach     events that one command records; 1 for what is no command
 * @param meanBatch      events in one transaction, 1 where each has its own, 0 where nothing is written
 * @param othersShare    processor time of other processes ÷ capacity of the machine, 0..1
 */
record Measurement(
        Options.Part part,
        String subject,
        int callers,
        int round,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double postgresMicros,
        double jvmMicros,
        double eventsEach,
        double meanBatch,
        double othersShare) {
    /** Above this share the machine was not ours: the figure is marked. */
    private static final double DISTURBED = 0.10;

    static Measurement of(
            Options.Part part,
            String subject,
            int callers,
            int round,
            ClosedLoop.Run run,
            double eventsEach,
            double meanBatch) {
        return new Measurement(
                part,
                subject,
                callers,
                round,
                run.calls() / seconds(run.elapsed()),
                run.waits().getValueAtPercentile(50) / 1e6,
                run.waits().getValueAtPercentile(99) / 1e6,
                micros(run.used().postgres(), run.calls()),
                micros(run.used().jvm(), run.calls()),
                eventsEach,
                meanBatch,
                share(run.used().others(), run.elapsed()));
    }

    /** A measurement without callers: one pass over {@code events} events. */
    static Measurement ofPass(
            Options.Part part, String subject, int round, long events, Duration elapsed, ProcessorTime used) {
        return new Measurement(
                part,
                subject,
                1,
                round,
                events / seconds(elapsed),
                0,
                0,
                micros(used.postgres(), events),
                micros(used.jvm(), events),
                1,
                0,
                share(used.others(), elapsed));
    }

    /** @return whether other processes took more than 10 % of the machine */
    boolean disturbed() {
        return othersShare > DISTURBED;
    }

    /** @return events made durable, read or looked up a second: what ratios compare */
    double eventsPerSecond() {
        return perSecond * eventsEach;
    }

    double microsEach() {
        return postgresMicros + jvmMicros;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double micros(Duration used, long events) {
        return used.toNanos() / 1e3 / Math.max(1, events);
    }

    private static double share(Duration others, Duration elapsed) {
        return seconds(others) / seconds(elapsed) / Runtime.getRuntime().availableProcessors();
    }
}

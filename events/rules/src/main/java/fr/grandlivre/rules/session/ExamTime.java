package fr.grandlivre.rules.session;

import java.time.Duration;
import java.time.Instant;

/** Arithmetic of the time of an exam, in whole milliseconds (domain rules, time). */
public final class ExamTime {
    private static final int PERCENT = 100;

    private ExamTime() {}

    /**
     * @param extraTimePercent 0..100
     * @return time of a candidate: effective time × (100 + extra) ÷ 100
     * @throws IllegalArgumentException when the percentage is outside the rules: refusal {@code extra-time-range}
     */
    public static Duration allowed(ExamRules rules, int extraTimePercent) {
        if (extraTimePercent < 0 || extraTimePercent > rules.greatestExtraTimePercent()) {
            throw new IllegalArgumentException("extra time outside 0.." + rules.greatestExtraTimePercent());
        }
        return Duration.ofMillis(rules.effectiveTime().toMillis() * (PERCENT + extraTimePercent) / PERCENT);
    }

    /** @return last instant at which an answer counts, inclusive */
    public static Instant endsAt(ExamRules rules, Instant startedAt, int extraTimePercent) {
        return startedAt.plus(allowed(rules, extraTimePercent));
    }

    /** @return time the room is taken: the slot grows by the same minutes as the candidate's time */
    public static Duration slot(ExamRules rules, int extraTimePercent) {
        return rules.slot().plus(allowed(rules, extraTimePercent)).minus(rules.effectiveTime());
    }

    /**
     * @param receivedAt when the server had read the whole request
     * @return whether an answer is accepted; the last instant still is
     */
    public static boolean isAccepted(Instant receivedAt, Instant endsAt) {
        return !receivedAt.isAfter(endsAt);
    }

    /**
     * @param before time given back until now
     * @param added  time to give back
     * @return whether that stays within the rules: else refusal {@code time-range}
     */
    public static boolean isRestorable(ExamRules rules, Duration before, Duration added) {
        return added.isPositive() && before.plus(added).compareTo(rules.restorableTime()) <= 0;
    }
}

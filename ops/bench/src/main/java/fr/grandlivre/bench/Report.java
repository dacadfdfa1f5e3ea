package fr.grandlivre.bench;

import java.util.Locale;

final class Report {
    private Report() {}

    static void progress(Measurement one) {
        System.out.printf(
                Locale.ROOT,
                "round %d  %-45s @%-4d %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  %5.1f + %5.1f µs  batch %6.1f  others"
                        + " %3.0f %%%s%n",
                one.round(),
                one.subject(),
                one.callers(),
                one.perSecond(),
                one.p50Millis(),
                one.p99Millis(),
                one.postgresMicros(),
                one.jvmMicros(),
                one.meanBatch(),
                100 * one.othersShare(),
                one.disturbed() ? "  (disturbed)" : "");
    }
}

package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.LearnerId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Pupils left out of a file in one column: {@code <learner>=INE_MISSING …}; empty text for none. */
final class SkippedText {
    private SkippedText() {}

    static String write(List<Skipped> skipped) {
        return skipped.stream().map(one -> one.learner() + "=" + one.reason()).collect(Collectors.joining(" "));
    }

    static List<Skipped> read(String text) {
        return Arrays.stream(text.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("="))
                .map(pair -> new Skipped(LearnerId.of(pair[0]), SkipReason.valueOf(pair[1])))
                .toList();
    }
}

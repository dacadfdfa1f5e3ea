package fr.grandlivre.api.schoolreport;

import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.school.PupilRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands in the way of a pupil's line in a file of a class. Immutable.
 *
 * @param homonyms pupils whose names, second and third ones included, are another's of the class as well
 */
record Checks(Set<LearnerId> homonyms) {
    static Checks of(ClassReport report) {
        Map<String, List<LearnerId>> names = new HashMap<>();
        for (Line line : report.lines()) {
            if (line.firstName() != null && line.lastName() != null) {
                names.computeIfAbsent(
                                PupilRules.fullNameKey(
                                        line.firstName(), line.middleName(), line.thirdName(), line.lastName()),
                                _ -> new ArrayList<>())
                        .add(line.learner());
            }
        }
        return new Checks(names.values().stream()
                .filter(same -> same.size() > 1)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * @param homonymsChecked whether the head said that pupils of the same names are right as they stand
     * @return why the pupil's line is held back; empty when it is not
     */
    Optional<SkipReason> reason(Line line, boolean homonymsChecked) {
        if (line.erased()) {
            return Optional.of(SkipReason.ERASED);
        }
        if (line.ine() == null) {
            return Optional.of(SkipReason.INE_MISSING);
        }
        if (!homonymsChecked && homonyms.contains(line.learner())) {
            return Optional.of(SkipReason.HOMONYM);
        }
        return line.filed() == null ? Optional.of(SkipReason.NO_CERTIFICATION) : Optional.empty();
    }
}

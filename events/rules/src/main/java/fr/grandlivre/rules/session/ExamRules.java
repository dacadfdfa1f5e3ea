package fr.grandlivre.rules.session;

import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.rules.DataNode;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.ShippedFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One version of the rules of exams: constants and scoring table (domain rules, session and exam, scoring).
 *
 * @param version                  its name, {@code 2021-1}
 * @param validFrom                first exam day it applies to
 * @param certifiableLevel         level that counts
 * @param certifiableCompetences   number of competences that must have it
 * @param questionsPerCompetence   most questions of one competence
 * @param questions                most questions of an exam
 * @param effectiveTime            time of a candidate without extra time
 * @param slot                     time the room is taken without extra time
 * @param greatestExtraTimePercent most extra time, whole percent
 * @param restorableTime           most time that may be given back after alerts
 * @param askedPerCounted          an exam is cancelled when (this × questions that count) is below the questions asked
 * @param table                    the scoring table
 * @param proposalDays             how long an act of the jury waits for its second person, in days
 */
public record ExamRules(
        RulesVersion version,
        LocalDate validFrom,
        Level certifiableLevel,
        int certifiableCompetences,
        int questionsPerCompetence,
        int questions,
        Duration effectiveTime,
        Duration slot,
        int greatestExtraTimePercent,
        Duration restorableTime,
        int askedPerCounted,
        ScoringTable table,
        int proposalDays) {
    /** @return all versions, earliest first */
    public static List<ExamRules> shipped() {
        return Shipped.RULES;
    }

    /** @return the rules of exams at that instant, by its day in Paris */
    public static ExamRules inForce(Instant instant) {
        return inForceOn(ParisDays.of(instant));
    }

    /** @return the rules of exams of that day; the earliest for older days */
    public static ExamRules inForceOn(LocalDate examDay) {
        return Shipped.RULES.reversed().stream()
                .filter(rules -> !rules.validFrom().isAfter(examDay))
                .findFirst()
                .orElseGet(Shipped.RULES::getFirst);
    }

    /**
     * @param version named by an event
     * @throws IllegalStateException when it is unknown: the ledger is newer than the program
     */
    public static ExamRules of(RulesVersion version) {
        return Shipped.RULES.stream()
                .filter(rules -> rules.version().equals(version))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("exam rules " + version + " are not part of this program"));
    }

    static ExamRules read(DataNode file) {
        file.only("version", "validFrom", "certifiable", "composition", "time", "scoring", "jury");
        DataNode certifiable = file.object("certifiable");
        certifiable.only("level", "competences");
        DataNode composition = file.object("composition");
        composition.only("perCompetence", "questions");
        DataNode time = file.object("time");
        time.only("effectiveMinutes", "slotMinutes", "greatestExtraTimePercent", "restorableMinutes");
        DataNode scoring = file.object("scoring");
        scoring.only("table", "bands", "askedPerCounted");
        DataNode jury = file.object("jury");
        jury.only("proposalDays");
        return new ExamRules(
                file.parsed("version", RulesVersion::new, new RulesVersion("0")),
                file.parsed("validFrom", LocalDate::parse, LocalDate.EPOCH),
                new Level(certifiable.number("level", 1, 8)),
                certifiable.number("competences", 1, 16),
                composition.number("perCompetence", 1, 9),
                composition.number("questions", 1, 99),
                Duration.ofMinutes(time.number("effectiveMinutes", 1, 600)),
                Duration.ofMinutes(time.number("slotMinutes", 1, 600)),
                time.number("greatestExtraTimePercent", 0, 100),
                Duration.ofMinutes(time.number("restorableMinutes", 0, 600)),
                scoring.number("askedPerCounted", 1, 100),
                ScoringTable.parse(
                        ShippedFiles.text("rules/session/" + scoring.text("table")), scoring.numbers("bands", 0, 100)),
                jury.number("proposalDays", 1, 366));
    }

    /** Reads the files once, when first asked for. */
    private static final class Shipped {
        private static final List<ExamRules> RULES = Stream.of("2021-1")
                .map(name -> "rules/session/" + name + ".yaml")
                .map(path -> DataNode.checked(path, ShippedFiles.text(path), ExamRules::read))
                .sorted(Comparator.comparing(ExamRules::validFrom))
                .toList();
    }
}

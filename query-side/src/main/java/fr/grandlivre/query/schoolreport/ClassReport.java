package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The school-report line of every pupil of a class.
 *
 * @param uai        establishment
 * @param schoolName its name
 * @param schoolYear which year
 * @param division   which class; absent when all are in it
 * @param rule       rule that decided the mentions
 * @param position   every event up to this ledger position is in it
 * @param lines      by last name, first name, id; empty for a class without pupils
 */
public record ClassReport(
        Uai uai,
        String schoolName,
        SchoolYear schoolYear,
        @Nullable Division division,
        MentionRule rule,
        long position,
        List<Line> lines) {
    /** @return whose lines they are, in their order */
    public List<LearnerId> learners() {
        return lines.stream().map(Line::learner).toList();
    }

    /** @return the same pupils class by class, by name of the class */
    public List<ClassReport> byDivision() {
        Map<String, List<Line>> classes = new TreeMap<>();
        lines.forEach(line -> classes.computeIfAbsent(line.division().value(), _ -> new ArrayList<>())
                .add(line));
        return classes.values().stream()
                .map(some -> new ClassReport(
                        uai, schoolName, schoolYear, some.getFirst().division(), rule, position, List.copyOf(some)))
                .toList();
    }

    /** @return number of pupils with the mention */
    public long certified() {
        return lines.stream()
                .filter(line -> line.mention() == Mention.CERTIFICATION_OBTAINED)
                .count();
    }

    /**
     * @param learner    who
     * @param division   class
     * @param year       level of schooling
     * @param firstName  absent when erased
     * @param middleName second given name
     * @param thirdName  third given name
     * @param lastName   absent when erased
     * @param birthDate  absent when erased
     * @param ine        absent when the school does not know it, or erased
     * @param changed    ledger position of the last event that changed the line
     * @param mention    the line
     * @param status     of the certification shown; absent without any
     * @param code       its verification code; absent until published and validated
     * @param pix        its points; absent unless published and validated
     * @param examDate   its day; absent without any
     * @param positions  ledger positions it rests on
     * @param filed      the certification that a file names: the one shown, or the latest cancelled one when there is no
     *                   other; absent without any
     */
    @ShowsPeople
    public record Line(
            LearnerId learner,
            Division division,
            String year,
            @Nullable String firstName,
            @Nullable String middleName,
            @Nullable String thirdName,
            @Nullable String lastName,
            @Nullable LocalDate birthDate,
            @Nullable String ine,
            long changed,
            Mention mention,
            @Nullable ReportStatus status,
            @Nullable VerificationCode code,
            @Nullable Integer pix,
            @Nullable LocalDate examDate,
            List<Long> positions,
            @Nullable Filed filed) {
        /** @return whether the person was erased */
        public boolean erased() {
            return firstName == null || lastName == null;
        }
    }

    /**
     * A certification in a file.
     *
     * @param number      ledger position at which it began: the same after every rebuild
     * @param status      what it is called
     * @param code        verification code; absent until published and validated
     * @param pix         points; 0 unless published and validated
     * @param tested      level of every competence that was tested, 0 or less when not certified; empty unless published
     *                    and validated
     * @param certified   the levels of the certificate; empty unless published and validated
     * @param birthPlace  absent when nobody stated it, or erased
     * @param session     number of the session; absent for an imported certificate
     * @param centre      name of the centre; absent when unknown
     * @param comment     what the jury has to say to the establishment; absent when nothing, or erased
     * @param startedAt   when the exam began
     * @param examDate    its day in Paris
     * @param publishedAt when the result became official; absent before
     */
    @ShowsPeople
    public record Filed(
            long number,
            ReportStatus status,
            @Nullable VerificationCode code,
            int pix,
            SortedMap<CompetenceCode, Level> tested,
            SortedMap<CompetenceCode, Level> certified,
            @Nullable String birthPlace,
            @Nullable Integer session,
            @Nullable String centre,
            @Nullable String comment,
            Instant startedAt,
            LocalDate examDate,
            @Nullable Instant publishedAt) {}
}

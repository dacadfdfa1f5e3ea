package fr.grandlivre.query.schoolreport;

import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.ShowsPeople;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The school-report line of every pupil of a class.
 *
 * @param uai        establishment
 * @param schoolName its name
 * @param schoolYear which year
 * @param division   which class
 * @param rule       rule that decided the mentions
 * @param position   every event up to this ledger position is in it
 * @param lines      by last name, first name, id; empty for a class without pupils
 */
public record ClassReport(
        Uai uai,
        String schoolName,
        SchoolYear schoolYear,
        Division division,
        MentionRule rule,
        long position,
        List<Line> lines) {
    /** @return whose lines they are, in their order */
    public List<LearnerId> learners() {
        return lines.stream().map(Line::learner).toList();
    }

    /** @return number of pupils with the mention */
    public long certified() {
        return lines.stream()
                .filter(line -> line.mention() == Mention.CERTIFICATION_OBTAINED)
                .count();
    }

    /**
     * @param learner   who
     * @param firstName absent when erased
     * @param lastName  absent when erased
     * @param birthDate absent when erased
     * @param ine       absent when the school does not know it, or erased
     * @param mention   the line
     * @param status    of the certification shown; absent without any
     * @param code      its verification code; absent until published and validated
     * @param pix       its points; absent unless published and validated
     * @param examDate  its day; absent without any
     * @param positions ledger positions it rests on
     */
    @ShowsPeople
    public record Line(
            LearnerId learner,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable LocalDate birthDate,
            @Nullable String ine,
            Mention mention,
            @Nullable ReportStatus status,
            @Nullable VerificationCode code,
            @Nullable Integer pix,
            @Nullable LocalDate examDate,
            List<Long> positions) {}
}

package fr.grandlivre.rules.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.schoolreport.MentionRule.Certificate;
import fr.grandlivre.rules.schoolreport.MentionRule.Certification;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionRuleTest {
    private static final MentionRule RULE = MentionRule.of(new RulesVersion("2021-1"));
    private static final SchoolYear YEAR = new SchoolYear("2021-2022");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "false,-,NONE,PENDING,NONE",
                "false,VALIDATED,NONE,PENDING,NONE",
                "true,ERROR,NONE,PENDING,NONE",
                "true,VALIDATED,HELD,VALIDATED,CERTIFICATION_OBTAINED",
                "true,VALIDATED,NONE,VALIDATED,NONE",
                "true,VALIDATED,SUSPENDED,PENDING,NONE",
                "true,VALIDATED,REVOKED_FOR_FRAUD,REJECTED,NONE",
                "true,VALIDATED,REVOKED,CANCELLED,NONE",
                "true,REJECTED,NONE,REJECTED,NONE",
                "true,CANCELLED,NONE,CANCELLED,NONE"
            })
    void each_state_has_its_status_and_mention(
            boolean published, ExamOutcome outcome, Certificate certificate, ReportStatus status, Mention mention) {
        Certification certification = certification("2022-05-16", published, outcome, certificate);
        assertThat(RULE.status(certification)).isEqualTo(status);
        assertThat(RULE.mention(YEAR, List.of(certification))).isEqualTo(mention);
    }

    @ParameterizedTest
    @CsvSource({
        "2021-08-31,NONE",
        "2021-09-01,CERTIFICATION_OBTAINED",
        "2022-08-31,CERTIFICATION_OBTAINED",
        "2022-09-01,NONE"
    })
    void only_exams_of_the_school_year_count(String examDate, Mention mention) {
        assertThat(RULE.mention(YEAR, List.of(held(examDate)))).isEqualTo(mention);
    }

    @Test
    void one_held_certificate_is_enough() {
        assertThat(RULE.mention(
                        YEAR,
                        List.of(
                                certification("2022-03-10", true, ExamOutcome.REJECTED, Certificate.NONE),
                                held("2022-05-16"))))
                .isEqualTo(Mention.CERTIFICATION_OBTAINED);
        assertThat(RULE.mention(YEAR, List.of())).isEqualTo(Mention.NONE);
    }

    @Test
    void the_latest_exam_that_is_not_cancelled_is_shown() {
        Certification first = held("2022-03-10");
        Certification second = certification("2022-04-12", true, ExamOutcome.REJECTED, Certificate.NONE);
        Certification third = certification("2022-05-16", true, ExamOutcome.CANCELLED, Certificate.NONE);
        Certification other = held("2022-09-16");
        assertThat(RULE.shown(YEAR, List.of(second, third, first, other))).contains(second);
        assertThat(RULE.shown(YEAR, List.of(third))).isEmpty();
    }

    @Test
    void the_rule_says_its_name_in_both_languages() {
        assertThat(RULE.label().fr()).isEqualTo("Certification obtenue");
        assertThat(RULE.label().en()).isEqualTo("Certification obtained");
        assertThat(RULE.note().fr()).isEqualTo("sans incidence sur le DNB");
        assertThat(MentionRule.inForceOn(LocalDate.parse("2022-05-16"))).isEqualTo(RULE);
        assertThat(MentionRule.shipped()).hasSize(1);
    }

    private static Certification held(String examDate) {
        return certification(examDate, true, ExamOutcome.VALIDATED, Certificate.HELD);
    }

    private static Certification certification(
            String examDate, boolean published, ExamOutcome outcome, Certificate certificate) {
        LocalDate day = LocalDate.parse(examDate);
        return new Certification(
                new UUID(0, day.toEpochDay()), day, ParisDays.startOf(day), published, outcome, certificate);
    }
}

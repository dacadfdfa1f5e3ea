package fr.grandlivre.query.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchoolReportQueriesTest {
    private final SchoolReportProjection projection = new SchoolReportProjection();
    private final MentionRule rule = MentionRule.inForceOn(LocalDate.of(2022, 5, 16));
    private TestViews views;
    private SchoolReportQueries queries;

    @BeforeEach
    void aClassOfFour() {
        views = new TestViews();
        views.create(projection);
        queries = new SchoolReportQueries(views.jdbc());
        views.append(Facts.SCHOOL.value(), Facts.school());
        IntStream.rangeClosed(1, 4)
                .forEach(i -> views.append(new UUID(20, i), Facts.enrolled(Facts.learner(i), "Zoé", "Martin " + i)));
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void a_pupil_without_any_exam_has_no_mention_and_no_status() {
        assertThat(lines()).hasSize(4).allSatisfy(line -> {
            assertThat(line.mention()).isEqualTo(Mention.NONE);
            assertThat(line.status()).isNull();
        });
    }

    @Test
    void a_published_and_validated_exam_gives_the_mention_from_its_publication_on() {
        sit(1, ExamOutcome.VALIDATED);
        assertThat(lines().getFirst().status()).isEqualTo(ReportStatus.PENDING);
        publish(1);
        issue(1, "P-7GKQMX");
        Line line = lines().getFirst();
        assertThat(line.mention()).isEqualTo(Mention.CERTIFICATION_OBTAINED);
        assertThat(line.status()).isEqualTo(ReportStatus.VALIDATED);
        assertThat(line.code()).hasToString("P-7GKQMX");
        assertThat(line.pix()).isEqualTo(91);
        assertThat(lines().subList(1, 4))
                .allSatisfy(other -> assertThat(other.mention()).isEqualTo(Mention.NONE));
    }

    @Test
    void a_rejected_exam_gives_no_mention_and_no_code() {
        sit(2, ExamOutcome.REJECTED);
        publish(2);
        Line line = lines().get(1);
        assertThat(line.mention()).isEqualTo(Mention.NONE);
        assertThat(line.status()).isEqualTo(ReportStatus.REJECTED);
        assertThat(line.code()).isNull();
    }

    @Test
    void a_revocation_takes_the_mention_back_even_when_both_stand_in_one_page() {
        sit(1, ExamOutcome.VALIDATED);
        sit(3, ExamOutcome.VALIDATED);
        publish(1);
        publish(3);
        issue(1, "P-7GKQMX");
        revoke(1);
        issue(3, "P-7GKQMY");
        revoke(3);
        assertThat(lines()).allSatisfy(line -> assertThat(line.mention()).isEqualTo(Mention.NONE));
    }

    @Test
    void an_imported_certificate_of_another_year_plays_no_part() {
        views.append(Facts.certificate(99).value(), Facts.martinDupuis(Facts.learner(4)));
        assertThat(lines().get(3).mention()).isEqualTo(Mention.NONE);
    }

    @Test
    void an_erased_pupil_keeps_the_line_without_the_name() {
        views.erase(Facts.learner(2).value());
        assertThat(lines()).anySatisfy(line -> {
            assertThat(line.learner()).isEqualTo(Facts.learner(2));
            assertThat(line.lastName()).isNull();
        });
    }

    @Test
    void a_class_that_nobody_is_in_is_empty_and_an_unknown_school_is_absent() {
        lines();
        assertThat(queries.ofClass(Facts.UAI, Facts.YEAR, new Division("3Z"), rule))
                .hasValueSatisfying(report -> assertThat(report.lines()).isEmpty());
        assertThat(queries.divisions(Facts.UAI, Facts.YEAR)).containsEntry(Facts.CLASS_3A, 4);
    }

    private void sit(int number, ExamOutcome outcome) {
        var exam = Facts.exam(number);
        views.append(exam.value(), Facts.started(exam, Facts.learner(number)), Facts.scored(exam, outcome, 91));
    }

    private void publish(int number) {
        views.append(
                Facts.SESSION.value(),
                new SessionPublished(
                        Facts.SESSION,
                        views.now(),
                        LocalDate.of(2022, 5, 16),
                        List.of(new PublishedExam(Facts.exam(number), 1))));
    }

    private void issue(int number, String code) {
        views.append(Facts.certificate(number).value(), Facts.issued(number, Facts.learner(number), code));
    }

    private void revoke(int number) {
        views.append(
                Facts.certificate(number).value(),
                new CertificateRevoked(Facts.certificate(number), ReasonCode.JURY, LocalDate.of(2022, 5, 16)));
    }

    private List<Line> lines() {
        views.catchUp(projection, 1_000);
        return queries.ofClass(Facts.UAI, Facts.YEAR, Facts.CLASS_3A, rule)
                .orElseThrow()
                .lines();
    }
}

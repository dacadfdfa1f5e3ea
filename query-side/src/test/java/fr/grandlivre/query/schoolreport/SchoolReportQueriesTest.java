package fr.grandlivre.query.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
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
        queries = new SchoolReportQueries(views.jdbc(), views.tenants());
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

    @Test
    void whoever_comes_back_stands_on_the_roster_as_the_new_line_says() {
        UUID place = new UUID(20, 1);
        views.append(
                place,
                new PupilLeft(
                        Facts.SCHOOL, Facts.YEAR, Facts.learner(1), LocalDate.of(2022, 1, 3), LeavingReason.LEFT));
        assertThat(lines()).hasSize(3);
        views.append(place, Facts.enrolled(Facts.learner(1), "Zoé", "Martin-Petit"));
        assertThat(lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line.lastName()).isEqualTo("Martin-Petit"));
    }

    @Test
    void a_correction_shows_on_the_roster_and_moves_the_line() {
        long before = lines().getFirst().changed();
        PupilIdentity corrected =
                new PupilIdentity("Zoé", "Anne", null, "Martin 1", LocalDate.of(2007, 10, 6), "0123456789A");
        views.append(
                new UUID(20, 1),
                new PupilCorrected(
                        Facts.SCHOOL,
                        Facts.YEAR,
                        Facts.learner(1),
                        Facts.CLASS_3A,
                        "3e",
                        Personal.of(Facts.learner(1).value(), corrected)));
        Line line = lines().getFirst();
        assertThat(line.middleName()).isEqualTo("Anne");
        assertThat(line.ine()).isEqualTo("0123456789A");
        assertThat(line.changed()).isGreaterThan(before);
        assertThat(queries.onRoster(Facts.SCHOOL, Facts.YEAR, Facts.learner(1)))
                .hasValueSatisfying(known -> assertThat(known.pupil()).isEqualTo(corrected));
        assertThat(queries.known(Facts.SCHOOL, new SchoolYear("2022-2023")))
                .as("next year they are known and not enrolled")
                .hasSize(4)
                .allSatisfy(known -> assertThat(known.enrolled()).isFalse());
    }

    @Test
    void a_file_names_the_cancelled_certification_of_whoever_has_no_other() {
        sit(1, ExamOutcome.CANCELLED);
        publish(1);
        Line line = lines().getFirst();
        assertThat(line.status()).isNull();
        assertThat(line.filed()).satisfies(filed -> {
            assertThat(filed.status()).isEqualTo(ReportStatus.CANCELLED);
            assertThat(filed.pix()).isZero();
            assertThat(filed.code()).isNull();
        });
    }

    @Test
    void a_replacement_is_held_although_the_replaced_one_is_revoked() {
        sit(1, ExamOutcome.VALIDATED);
        publish(1);
        issue(1, "P-7GKQMX");
        revoke(1);
        assertThat(lines().getFirst().mention()).isEqualTo(Mention.NONE);
        issue(1, "P-7GKQMY");
        assertThat(lines().getFirst().mention()).isEqualTo(Mention.CERTIFICATION_OBTAINED);
    }

    @Test
    void a_receipt_knows_who_stood_in_the_class() {
        lines();
        UUID export = new UUID(30, 1);
        views.append(
                Facts.SCHOOL.value(),
                new ExportProduced(
                        export,
                        "csv-class-1",
                        Facts.UAI,
                        Facts.YEAR,
                        Facts.CLASS_3A,
                        3,
                        List.of(new Skipped(Facts.learner(2), SkipReason.INE_MISSING)),
                        5,
                        rule.version(),
                        "ab".repeat(32)));
        views.append(
                new UUID(20, 4),
                new PupilMoved(Facts.SCHOOL, Facts.YEAR, Facts.learner(4), Facts.CLASS_3A, new Division("3B")));
        lines();
        ExportQueries exports = new ExportQueries(views.jdbc(), views.tenants(), queries);
        assertThat(exports.latest(Facts.UAI, Facts.YEAR, Facts.CLASS_3A, "csv-class-1"))
                .hasValueSatisfying(receipt -> {
                    assertThat(receipt.exportId()).isEqualTo(export);
                    assertThat(receipt.skipped())
                            .containsExactly(new Skipped(Facts.learner(2), SkipReason.INE_MISSING));
                });
        assertThat(exports.pupils(exports.find(Facts.UAI, export).orElseThrow()))
                .hasSize(4)
                .contains(Facts.learner(4));
        assertThat(exports.find(new Uai("0999999Z"), export))
                .as("another establishment's")
                .isEmpty();
        assertThat(lines()).as("the class of now").hasSize(3);
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

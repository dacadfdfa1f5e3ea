package fr.grandlivre.api.schoolreport;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.schoolreport.ClassReport;
import fr.grandlivre.query.schoolreport.ClassReport.Filed;
import fr.grandlivre.query.schoolreport.ClassReport.Line;
import fr.grandlivre.rules.schoolreport.FileProfile;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Mention;
import fr.grandlivre.rules.schoolreport.MentionRule.ReportStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificationFileTest {
    private static final CompetenceCode C11 = new CompetenceCode("1.1");
    private static final CompetenceCode C12 = new CompetenceCode("1.2");
    private static final CompetenceCode C52 = new CompetenceCode("5.2");
    private static final Level THREE = new Level(3);
    private static final Level NONE = new Level(-1);

    @Test
    void the_file_of_a_class_is_the_golden_one_byte_for_byte() throws IOException {
        CertificationFile file = CertificationFile.of(report(), FileProfile.ofClass(), false);
        byte[] golden;
        try (InputStream resource = getClass().getResourceAsStream("certifications-3A.csv")) {
            golden = resource.readAllBytes();
        }
        assertThat(new String(file.content(), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(file.content()).isEqualTo(golden);
        assertThat(file.rows()).isEqualTo(4);
    }

    @Test
    void whoever_is_held_back_is_named_with_the_reason_and_blocks_nobody_else() {
        CertificationFile file = CertificationFile.of(report(), FileProfile.ofClass(), false);
        assertThat(file.skipped())
                .containsExactly(
                        new Skipped(learner(5), SkipReason.INE_MISSING),
                        new Skipped(learner(6), SkipReason.HOMONYM),
                        new Skipped(learner(7), SkipReason.HOMONYM),
                        new Skipped(learner(8), SkipReason.NO_CERTIFICATION),
                        new Skipped(learner(9), SkipReason.ERASED));
    }

    @Test
    void homonyms_whom_somebody_checked_are_in_the_file() {
        CertificationFile file = CertificationFile.of(report(), FileProfile.ofClass(), true);
        assertThat(file.rows()).isEqualTo(6);
        assertThat(file.skipped()).extracting(Skipped::reason).doesNotContain(SkipReason.HOMONYM);
    }

    @Test
    void the_same_class_gives_the_same_fingerprint() {
        assertThat(CertificationFile.of(report(), FileProfile.ofClass(), false).sha256())
                .isEqualTo(CertificationFile.of(report(), FileProfile.ofClass(), false)
                        .sha256())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void the_name_of_the_file_says_whose_it_is() {
        assertThat(CertificationFile.name(new Uai("0990001A"), new Division("3 A+B"), LocalDate.of(2022, 5, 16)))
                .isEqualTo("certifications_0990001A_3-A-B_2022-05-16.csv");
    }

    private static ClassReport report() {
        return new ClassReport(
                new Uai("0990001A"),
                "Collège des Tilleuls",
                new SchoolYear("2021-2022"),
                new Division("3A"),
                MentionRule.inForceOn(LocalDate.of(2022, 5, 16)),
                120_000,
                List.of(
                        line(1, "Zoé", "d’Été", "0123456789A", filed(10_042, ReportStatus.VALIDATED, "Paris 8")),
                        line(2, "=cmd()", "-Martin", "123456789AB", filed(10_043, ReportStatus.REJECTED, "@home")),
                        line(3, "Léa; \"x\"", "Nguyen", "123456789AC", filed(10_044, ReportStatus.PENDING, null)),
                        line(4, "-", "Quéré", "123456789AD", filed(10_045, ReportStatus.CANCELLED, "Brest")),
                        line(5, "Sans", "Ine", null, filed(10_046, ReportStatus.VALIDATED, "Brest")),
                        line(6, "Ada", "Petit", "123456789AE", filed(10_047, ReportStatus.VALIDATED, "Brest")),
                        line(7, "ADA", "PETIT", "123456789AF", filed(10_048, ReportStatus.VALIDATED, "Brest")),
                        line(8, "Rien", "Encore", "123456789AG", null),
                        line(9, null, null, null, filed(10_049, ReportStatus.VALIDATED, null))));
    }

    private static Line line(int number, String firstName, String lastName, String ine, Filed filed) {
        return new Line(
                learner(number),
                new Division("3A"),
                "3e",
                firstName,
                null,
                null,
                lastName,
                firstName == null ? null : LocalDate.of(2007, 2, number),
                ine,
                100,
                Mention.NONE,
                filed == null ? null : filed.status(),
                null,
                null,
                filed == null ? null : filed.examDate(),
                List.of(),
                filed);
    }

    private static Filed filed(long number, ReportStatus status, String birthPlace) {
        boolean validated = status == ReportStatus.VALIDATED;
        return new Filed(
                number,
                status,
                validated ? new VerificationCode("P-7GKQMX") : null,
                validated ? 91 : 0,
                validated ? new TreeMap<>(Map.of(C11, THREE, C12, NONE, C52, THREE)) : new TreeMap<>(),
                validated ? new TreeMap<>(Map.of(C11, THREE, C52, THREE)) : new TreeMap<>(),
                birthPlace,
                900_001,
                "Collège des Tilleuls",
                number == 10_043 ? "+ de la moitié des réponses manque" : null,
                Instant.parse("2022-03-15T08:12:41Z"),
                LocalDate.of(2022, 3, 15),
                null);
    }

    private static LearnerId learner(int number) {
        return new LearnerId(new UUID(10, number));
    }
}

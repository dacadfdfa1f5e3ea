package fr.grandlivre.command.certificate;

import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The certificate printed in the brief: what the tests of this feature begin with. */
final class Certificates {
    static final CertificateId ID = CertificateId.of("018f0000-0000-7000-8000-00000000ce01");
    static final LearnerId LEARNER = LearnerId.of("018f0000-0000-7000-8000-000000000001");
    static final SortedMap<CompetenceCode, Level> LEVELS = new TreeMap<>(Map.of(
            new CompetenceCode("1.1"), new Level(4),
            new CompetenceCode("1.2"), new Level(3),
            new CompetenceCode("1.3"), new Level(2),
            new CompetenceCode("2.1"), new Level(3)));
    static final CertificateHolder HOLDER =
            new CertificateHolder("Martin", "Dupuis", LocalDate.of(1988, 10, 5), "Paris 8", null);
    static final Centre CENTRE = new Centre(null, "Lycée Léonard de Vinci");

    static final CertificateImported BRIEF = new CertificateImported(
            ID,
            LEARNER,
            new VerificationCode("P-234567"),
            null,
            TestFrameworks.V2019,
            5,
            LocalDate.of(2020, 6, 13),
            LocalDate.of(2020, 7, 13),
            LocalDate.of(2023, 7, 13),
            new RulesVersion("3y-1"),
            CENTRE,
            LEVELS,
            null,
            null,
            null,
            "brief",
            Personal.of(LEARNER.value(), HOLDER));

    private Certificates() {}

    static ImportCertificate importBrief() {
        return importing(ID, "P-234567", BRIEF.examDate(), BRIEF.deliveredDate(), BRIEF.validUntil(), HOLDER);
    }

    static ImportCertificate importing(
            CertificateId id,
            String code,
            LocalDate examDate,
            LocalDate deliveredDate,
            LocalDate validUntil,
            CertificateHolder holder) {
        return new ImportCertificate(
                id,
                LEARNER,
                code,
                examDate,
                deliveredDate,
                validUntil,
                CENTRE,
                LEVELS,
                null,
                null,
                null,
                "brief",
                holder);
    }
}

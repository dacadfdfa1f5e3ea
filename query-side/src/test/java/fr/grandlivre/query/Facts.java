package fr.grandlivre.query;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Events whose fields a test does not care about. */
public final class Facts {
    public static final SchoolId SCHOOL = new SchoolId(new UUID(1, 1));
    public static final Uai UAI = new Uai("0123456A");
    public static final SchoolYear YEAR = new SchoolYear("2021-2022");
    public static final Division CLASS_3A = new Division("3A");
    public static final SessionId SESSION = new SessionId(new UUID(2, 2));
    public static final LocalDate EXAM_DAY = LocalDate.of(2022, 3, 15);

    private Facts() {}

    public static LearnerId learner(int number) {
        return new LearnerId(new UUID(10, number));
    }

    public static ExamId exam(int number) {
        return new ExamId(new UUID(11, number));
    }

    public static CertificateId certificate(int number) {
        return new CertificateId(new UUID(12, number));
    }

    public static SchoolRegistered school() {
        return new SchoolRegistered(SCHOOL, UAI, "Collège des Tilleuls", Kind.COLLEGE, null);
    }

    public static PupilEnrolled enrolled(LearnerId learner, String firstName, String lastName) {
        return new PupilEnrolled(
                SCHOOL,
                YEAR,
                learner,
                CLASS_3A,
                "3e",
                Personal.of(
                        learner.value(),
                        new PupilIdentity(firstName, null, null, lastName, LocalDate.of(2007, 10, 5), null)));
    }

    public static ExamStarted started(ExamId exam, LearnerId learner) {
        Instant start = EXAM_DAY.atTime(8, 0).toInstant(java.time.ZoneOffset.UTC);
        return new ExamStarted(
                exam,
                SESSION,
                new CandidateId(exam.value()),
                learner,
                start,
                start.plusSeconds(6_300),
                0,
                new FrameworkVersion("2021"),
                new RulesVersion("2021-1"),
                1,
                List.of(),
                List.of(),
                1);
    }

    public static ExamScored scored(ExamId exam, ExamOutcome outcome, int pix) {
        return new ExamScored(
                exam,
                1,
                new FrameworkVersion("2021"),
                new RulesVersion("2021-1"),
                15,
                0,
                11,
                73,
                List.of(),
                new Pix(pix),
                outcome,
                outcome == ExamOutcome.VALIDATED ? null : "low-rate");
    }

    public static CertificateIssued issued(int number, LearnerId learner, String code) {
        return new CertificateIssued(
                certificate(number),
                exam(number),
                1,
                learner,
                new VerificationCode(code),
                "bWFj",
                new FrameworkVersion("2021"),
                5,
                EXAM_DAY,
                EXAM_DAY.plusDays(10),
                EXAM_DAY.plusDays(10).plusYears(3),
                new RulesVersion("3y-1"),
                new Centre(null, "Collège des Tilleuls"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(3))),
                new Pix(91),
                new Pix(640),
                new Level(0),
                null,
                Personal.of(
                        learner.value(),
                        new CertificateHolder("Zoé", "Martin", LocalDate.of(2007, 10, 5), "Brest", "H4KQ7X")));
    }

    /** The brief's own certificate. */
    public static CertificateImported martinDupuis(LearnerId learner) {
        return new CertificateImported(
                certificate(99),
                learner,
                new VerificationCode("P-234567"),
                null,
                new FrameworkVersion("2019"),
                5,
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                LocalDate.of(2023, 7, 13),
                new RulesVersion("3y-1"),
                new Centre(null, "Lycée Léonard de Vinci"),
                new TreeMap<>(Map.of(
                        new CompetenceCode("1.1"), new Level(4),
                        new CompetenceCode("1.2"), new Level(3),
                        new CompetenceCode("1.3"), new Level(2),
                        new CompetenceCode("2.1"), new Level(3))),
                null,
                null,
                null,
                "brief",
                Personal.of(
                        learner.value(),
                        new CertificateHolder("Martin", "Dupuis", LocalDate.of(1988, 10, 5), "Paris 8", null)));
    }
}

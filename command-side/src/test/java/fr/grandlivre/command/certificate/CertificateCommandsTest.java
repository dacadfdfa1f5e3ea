package fr.grandlivre.command.certificate;

import static fr.grandlivre.command.certificate.Certificates.BRIEF;
import static fr.grandlivre.command.certificate.Certificates.HOLDER;
import static fr.grandlivre.command.certificate.Certificates.importBrief;
import static fr.grandlivre.command.certificate.Certificates.importing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.IssueCertificate;
import fr.grandlivre.command.verification.ReservedCode;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CertificateCommandsTest {
    private static final Instant NOW = Instant.parse("2022-07-01T08:00:00Z");
    private static final UUID CODE_STREAM = StreamIds.verificationCode(BRIEF.code());
    private static final CertificateId OTHER = CertificateId.of("018f0000-0000-7000-8000-00000000ce02");

    private static final SessionId SESSION = SessionId.of("018f0000-0000-7000-8000-00000000005e");
    private static final CentreId CENTRE = CentreId.of("018f0000-0000-7000-8000-0000000000ce");
    private static final CandidateId CANDIDATE = CandidateId.of("018f0000-0000-7000-8000-0000000000ca");
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    private static final ExamId EXAM = StreamIds.exam(SESSION, CANDIDATE);
    private static final CertificateId CERTIFICATE = StreamIds.certificate(EXAM, 1);
    private static final IssueCertificate ISSUE = new IssueCertificate(SESSION, EXAM);

    /** Symbol number 0 of the alphabet, always: the code P-222222, the key 222222. */
    private static final RandomGenerator ALWAYS_FIRST = () -> 0L;

    private static final VerificationCode DRAWN = new VerificationCode("P-222222");

    private final LedgerScenario scenario = new LedgerScenario(NOW);

    CertificateCommandsTest() {
        scenario.with(side -> Certificate.register(
                side,
                ReservedCode.register(side),
                scenario.ledger(),
                TestFrameworks.BOTH,
                (code, key) -> "mac of " + code + " and " + key,
                ALWAYS_FIRST,
                () -> 6));
    }

    @Test
    void the_certificate_of_the_brief_is_imported_with_what_it_states_and_nothing_else() {
        scenario.when(importBrief())
                .thenStream(BRIEF.certificateId().value(), BRIEF)
                .thenStream(CODE_STREAM, new CodeReserved(BRIEF.code(), BRIEF.certificateId()));

        assertThat(scenario.outcome())
                .isEqualTo(new Outcome.Recorded(2, BRIEF.certificateId().value(), 0, false));
    }

    @Test
    void a_certificate_imported_twice_is_imported_once() {
        scenario.when(importBrief()).when(importBrief()).thenUnchanged();
    }

    @Test
    void a_code_is_read_as_it_was_typed() {
        scenario.when(with("p 234 567")).thenStream(CODE_STREAM, new CodeReserved(BRIEF.code(), BRIEF.certificateId()));
    }

    @Test
    void a_text_that_is_no_code_is_refused() {
        scenario.when(with("Р-234567")).thenRefused(Refusal.CODE_MALFORMED);
    }

    @Test
    void a_code_of_another_certificate_is_refused() {
        scenario.when(importBrief())
                .when(importing(OTHER, "P-234567", BRIEF.examDate(), BRIEF.deliveredDate(), BRIEF.validUntil(), HOLDER))
                .thenRefused(Refusal.CODE_TAKEN);
    }

    @Test
    void a_certificate_that_exists_with_another_code_is_refused() {
        scenario.when(importBrief()).when(with("P-765432")).thenRefused(Refusal.ALREADY_ISSUED);
    }

    @Test
    void a_level_above_the_scale_of_the_exam_day_is_refused() {
        scenario.when(certifying("1.1", 6)).thenRefused(Refusal.LEVEL_ABOVE_SCALE);
    }

    @Test
    void a_competence_that_the_framework_of_the_exam_day_does_not_have_is_refused() {
        scenario.when(certifying("9.9", 3)).thenRefused(Refusal.COMPETENCE_OUTSIDE_FRAMEWORK);
    }

    private static ImportCertificate certifying(String competence, int level) {
        ImportCertificate brief = importBrief();
        return new ImportCertificate(
                brief.certificateId(),
                brief.learner(),
                brief.code(),
                brief.examDate(),
                brief.deliveredDate(),
                brief.validUntil(),
                brief.centre(),
                new TreeMap<>(Map.of(new CompetenceCode(competence), new Level(level))),
                null,
                null,
                null,
                brief.source(),
                brief.holder());
    }

    @Test
    void an_exam_after_the_delivery_or_an_end_before_it_is_refused() {
        scenario.when(dated("2020-07-14", "2020-07-13", "2023-07-13"))
                .thenRefused(Refusal.DATES_INVERTED)
                .when(dated("2020-06-13", "2020-07-13", "2020-07-12"))
                .thenRefused(Refusal.DATES_INVERTED);
    }

    @Test
    void a_delivery_after_today_is_refused() {
        scenario.when(dated("2020-06-13", "2022-07-02", "2025-07-02"))
                .thenRefused(Refusal.DATE_IN_FUTURE)
                .when(dated("2020-06-13", "2022-07-01", "2025-07-01"))
                .thenRecorded();
    }

    @Test
    void an_exam_older_than_all_versions_names_the_earliest() {
        scenario.when(dated("2018-01-10", "2018-02-10", "2021-02-10")).thenRecorded();

        assertThat(scenario.stream(BRIEF.certificateId().value()))
                .singleElement()
                .isInstanceOfSatisfying(
                        CertificateImported.class,
                        imported -> assertThat(imported.framework()).isEqualTo(TestFrameworks.V2019));
    }

    @Test
    void a_stated_key_is_recorded_as_its_mac() {
        CertificateHolder withKey = new CertificateHolder(
                HOLDER.firstName(), HOLDER.lastName(), HOLDER.birthDate(), HOLDER.birthPlace(), "BCDFGH");
        scenario.when(importing(
                BRIEF.certificateId(),
                "P-234567",
                BRIEF.examDate(),
                BRIEF.deliveredDate(),
                BRIEF.validUntil(),
                withKey));

        assertThat(scenario.stream(BRIEF.certificateId().value()))
                .singleElement()
                .isInstanceOfSatisfying(
                        CertificateImported.class,
                        imported -> assertThat(imported.keyMac()).isEqualTo("mac of P-234567 and BCDFGH"));
    }

    @Test
    void a_certified_level_is_at_least_1_and_a_source_is_named() {
        assertThatThrownBy(() -> new ImportCertificate(
                        OTHER,
                        ADA,
                        "P-234567",
                        BRIEF.examDate(),
                        BRIEF.deliveredDate(),
                        BRIEF.validUntil(),
                        BRIEF.centre(),
                        new TreeMap<>(Map.of(new CompetenceCode("1.1"), Level.ZERO)),
                        null,
                        null,
                        null,
                        "brief",
                        HOLDER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImportCertificate(
                        OTHER,
                        ADA,
                        "P-234567",
                        BRIEF.examDate(),
                        BRIEF.deliveredDate(),
                        BRIEF.validUntil(),
                        BRIEF.centre(),
                        BRIEF.levels(),
                        null,
                        null,
                        null,
                        " ",
                        HOLDER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_validated_and_published_exam_gets_a_certificate_with_a_drawn_code_and_key() {
        givenResult(ExamOutcome.VALIDATED);

        scenario.when(ISSUE)
                .thenStream(StreamIds.verificationCode(DRAWN), new CodeReserved(DRAWN, CERTIFICATE))
                .thenStream(CERTIFICATE.value(), issued());
    }

    @Test
    void an_exam_gets_its_certificate_once() {
        givenResult(ExamOutcome.VALIDATED);

        scenario.when(ISSUE).when(ISSUE).thenUnchanged();
    }

    @Test
    void a_certificate_rests_on_the_scoring_that_was_published() {
        ExamScored first = scored(ExamOutcome.REJECTED);
        ExamScored second = new ExamScored(
                EXAM,
                2,
                first.framework(),
                first.rules(),
                first.asked(),
                first.neutralised(),
                first.correct(),
                first.ratePercent(),
                first.competences(),
                first.totalPix(),
                ExamOutcome.VALIDATED,
                null);
        SessionPublished published = new SessionPublished(
                SESSION, published().publishedAt(), published().deliveredDate(), List.of(new PublishedExam(EXAM, 2)));
        scenario.given(CENTRE.value(), new CentreOpened(CENTRE, "Collège des Lilas", null))
                .given(SESSION.value(), scheduled(), new CandidateEnrolled(SESSION, CANDIDATE, ADA, 0, identity()))
                .given(EXAM.value(), started(), first, second)
                .when(ISSUE)
                .thenRefused(Refusal.NOT_PUBLISHED)
                .given(SESSION.value(), published)
                .when(ISSUE)
                .thenRecorded();

        assertThat(scenario.stream(CERTIFICATE.value()))
                .singleElement()
                .isInstanceOfSatisfying(
                        CertificateIssued.class,
                        issued -> assertThat(issued.scoring()).isEqualTo(2));
    }

    @Test
    void no_certificate_before_publication() {
        scenario.when(ISSUE).thenRefused(Refusal.NOT_PUBLISHED);
    }

    @Test
    void no_certificate_for_a_result_that_is_not_validated() {
        givenResult(ExamOutcome.REJECTED);

        scenario.when(ISSUE).thenRefused(Refusal.OUTCOME_NOT_VALIDATED);
    }

    @Test
    void no_certificate_for_an_erased_candidate() {
        givenResult(ExamOutcome.VALIDATED, new Personal.Erased<>());

        scenario.when(ISSUE).thenRefused(Refusal.ERASED_ACCOUNT);
    }

    @Test
    void eight_taken_codes_exhaust_the_space() {
        givenResult(ExamOutcome.VALIDATED);
        scenario.given(StreamIds.verificationCode(DRAWN), new CodeReserved(DRAWN, OTHER));

        scenario.when(ISSUE).thenRefused(Refusal.CODE_SPACE_EXHAUSTED);
    }

    @Test
    void a_code_taken_between_draw_and_decision_is_refused() {
        assertThat(CertificateDecider.decide(
                        new CertificateState.Absent(),
                        ISSUE,
                        Optional.of(result()),
                        Optional.of(new Printed(DRAWN, "222222", "mac")),
                        Optional.of(OTHER),
                        TestFrameworks.BOTH))
                .isEqualTo(new Refused(Refusal.CODE_TAKEN));
    }

    @Test
    void publication_issues_the_certificates_of_validated_exams_once() {
        givenResult(ExamOutcome.VALIDATED);
        var policy = new WhenResultsPublishedThenIssueCertificates(scenario.commands(), scenario.ledger());
        UUID event = UUID.fromString("018f0000-0000-7000-8000-00000000e0e0");

        assertThat(policy.on(published(), event, event))
                .containsOnlyKeys(EXAM)
                .containsValue(new Outcome.Recorded(8, CERTIFICATE.value(), 0, false));
        assertThat(policy.on(published(), event, event))
                .containsValue(new Outcome.Recorded(8, CERTIFICATE.value(), 0, true));
    }

    @Test
    void publication_issues_nothing_for_rejected_exams() {
        givenResult(ExamOutcome.REJECTED);

        assertThat(new WhenResultsPublishedThenIssueCertificates(scenario.commands(), scenario.ledger())
                        .on(published(), UUID.randomUUID(), UUID.randomUUID()))
                .isEmpty();
    }

    private static ImportCertificate with(String code) {
        return importing(
                BRIEF.certificateId(), code, BRIEF.examDate(), BRIEF.deliveredDate(), BRIEF.validUntil(), HOLDER);
    }

    private static ImportCertificate dated(String exam, String delivered, String until) {
        return importing(
                BRIEF.certificateId(),
                "P-234567",
                LocalDate.parse(exam),
                LocalDate.parse(delivered),
                LocalDate.parse(until),
                HOLDER);
    }

    private void givenResult(ExamOutcome outcome) {
        givenResult(outcome, identity());
    }

    private void givenResult(ExamOutcome outcome, Personal<CandidateIdentity> identity) {
        scenario.given(CENTRE.value(), new CentreOpened(CENTRE, "Collège des Lilas", null))
                .given(SESSION.value(), scheduled(), new CandidateEnrolled(SESSION, CANDIDATE, ADA, 0, identity))
                .given(EXAM.value(), started(), scored(outcome))
                .given(SESSION.value(), published());
    }

    private static SessionScheduled scheduled() {
        return new SessionScheduled(
                SESSION,
                1,
                CENTRE,
                LocalDate.of(2022, 5, 16),
                "08:30",
                "12",
                List.of(),
                "BCDF23",
                "mac",
                6_300_000,
                7_200_000);
    }

    private static PublishedResult result() {
        return new PublishedResult(
                started(),
                scored(ExamOutcome.VALIDATED),
                published(),
                new Centre(CENTRE, "Collège des Lilas"),
                identity().value());
    }

    private static Personal<CandidateIdentity> identity() {
        return Personal.of(ADA.value(), new CandidateIdentity("Ada", "Petit", LocalDate.of(2008, 2, 29), "Lyon"));
    }

    private static ExamStarted started() {
        return new ExamStarted(
                EXAM,
                SESSION,
                CANDIDATE,
                ADA,
                Instant.parse("2022-05-16T06:30:00Z"),
                Instant.parse("2022-05-16T08:15:00Z"),
                0,
                TestFrameworks.V2021,
                new RulesVersion("2021-1"),
                10,
                List.of(),
                List.of(),
                1);
    }

    private static ExamScored scored(ExamOutcome outcome) {
        return new ExamScored(
                EXAM,
                1,
                TestFrameworks.V2021,
                new RulesVersion("2021-1"),
                6,
                0,
                5,
                83,
                List.of(competence("1.1", 4, 35), competence("1.2", 0, 7), competence("1.3", -1, 0)),
                new Pix(42),
                outcome,
                null);
    }

    private static ScoredCompetence competence(String code, int level, int pix) {
        return new ScoredCompetence(
                new CompetenceCode(code),
                new Level(4),
                new Pix(35),
                2,
                2,
                0,
                1,
                Verdict.KEEP,
                new Level(level),
                new Pix(pix));
    }

    private static SessionPublished published() {
        return new SessionPublished(
                SESSION,
                Instant.parse("2022-06-30T22:30:00Z"),
                LocalDate.of(2022, 7, 1),
                List.of(new PublishedExam(EXAM, 1)));
    }

    private static CertificateIssued issued() {
        return new CertificateIssued(
                CERTIFICATE,
                EXAM,
                1,
                ADA,
                DRAWN,
                "mac of P-222222 and 222222",
                TestFrameworks.V2021,
                5,
                LocalDate.of(2022, 5, 16),
                LocalDate.of(2022, 7, 1),
                LocalDate.of(2025, 7, 1),
                new RulesVersion("3y-1"),
                new Centre(CENTRE, "Collège des Lilas"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(4))),
                new Pix(42),
                new Pix(640),
                Level.ZERO,
                null,
                Personal.of(
                        ADA.value(),
                        new CertificateHolder("Ada", "Petit", LocalDate.of(2008, 2, 29), "Lyon", "222222")));
    }
}

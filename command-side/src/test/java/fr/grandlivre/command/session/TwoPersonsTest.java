package fr.grandlivre.command.session;

import static fr.grandlivre.command.session.Sessions.CENTRE;
import static fr.grandlivre.command.session.Sessions.EXAM;
import static fr.grandlivre.command.session.Sessions.IDENTITY;
import static fr.grandlivre.command.session.Sessions.SESSION;
import static fr.grandlivre.command.session.Sessions.START;
import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.certificate.Certificate;
import fr.grandlivre.command.certificate.WhenJuryActConfirmedThenAmendCertificates;
import fr.grandlivre.command.certificate.WhenResultsPublishedThenIssueCertificates;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.JuryCommand.ScoreExam;
import fr.grandlivre.command.session.JuryCommand.WithdrawJuryAct;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.verification.ReservedCode;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.evaluation.Response;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What two persons decide about a published result reaches its certificate. */
class TwoPersonsTest {
    private static final LocalDate DAY = Sessions.DAY;
    private static final AccountId ONE = AccountId.of("018f0000-0000-7000-8000-00000000a001");
    private static final AccountId OTHER = AccountId.of("018f0000-0000-7000-8000-00000000a002");
    private static final String WORDS = "Décidé après un nouvel examen.";
    private static final CertificateId FIRST = StreamIds.certificate(EXAM, 1);
    private static final CertificateId SECOND = StreamIds.certificate(EXAM, 2);

    private final LedgerScenario scenario;
    private int acts;

    TwoPersonsTest() {
        scenario = Sessions.running();
        scenario.with(side -> Certificate.register(
                side,
                ReservedCode.register(side),
                scenario.ledger(),
                TestFrameworks.BOTH,
                (code, key) -> "mac of " + code.value() + " and " + key,
                new SplittableRandom(7),
                () -> 6));
    }

    /** @param right answers given right, of five questions */
    private void published(int right) {
        for (int number = 1; number <= 5; number++) {
            scenario.when(new RecordExamAnswer(
                    EXAM, number, new Response.Chosen(List.of(number <= right ? 0 : 2)), null, START));
        }
        scenario.when(new EndExam(EXAM, EndReason.COMPLETED))
                .when(new FinaliseSession(SESSION, false, Set.of()))
                .when(new ScoreExam(SESSION, EXAM))
                .when(new PublishSession(SESSION))
                .thenRecorded();
        SessionPublished published = Sessions.last(scenario, SESSION.value(), SessionPublished.class);
        new WhenResultsPublishedThenIssueCertificates(scenario.commands(), scenario.ledger())
                .on(published, new UUID(9, 9), new UUID(9, 9));
    }

    private static JuryAct act(JuryActKind kind, ReasonCode code) {
        return JuryAct.of(kind, code, WORDS);
    }

    private static JuryAct onQuestion(JuryActKind kind, int number) {
        return new JuryAct(kind, ReasonCode.JURY, WORDS, number, null, null);
    }

    private JuryActConfirmed byTwo(JuryAct act) {
        UUID id = new UUID(5, ++acts);
        scenario.when(new ProposeJuryAct(id, EXAM, act, ONE))
                .thenRecorded()
                .when(new ConfirmJuryAct(EXAM, id, OTHER))
                .thenRecorded();
        return new JuryActConfirmed(id, EXAM);
    }

    private Outcome amend(JuryActConfirmed confirmed) {
        return new WhenJuryActConfirmedThenAmendCertificates(scenario.commands(), scenario.ledger())
                .on(confirmed, confirmed.act(), confirmed.act());
    }

    private List<LedgerEvent> life(CertificateId certificate) {
        return scenario.stream(certificate.value());
    }

    private CertificateIssued issued(CertificateId certificate) {
        return (CertificateIssued) life(certificate).getFirst();
    }

    @Test
    void another_result_replaces_the_certificate_with_a_new_code_and_the_same_dates() {
        published(4);
        CertificateIssued old = issued(FIRST);
        scenario.at(START.plus(20, ChronoUnit.DAYS));

        JuryActConfirmed confirmed = byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 1));
        assertThat(amend(confirmed)).isInstanceOf(Outcome.Recorded.class);

        CertificateIssued replacement = issued(SECOND);
        assertThat(replacement.replaces()).isEqualTo(FIRST);
        assertThat(replacement.code()).isNotEqualTo(old.code());
        assertThat(replacement.keyMac()).isNotEqualTo(old.keyMac());
        assertThat(replacement.deliveredDate()).isEqualTo(old.deliveredDate());
        assertThat(replacement.validUntil()).isEqualTo(old.validUntil());
        assertThat(replacement.scoring()).isEqualTo(2);
        assertThat(replacement.pix()).isNotEqualTo(old.pix());
        assertThat(life(FIRST))
                .containsExactly(
                        old,
                        new CertificateRevoked(FIRST, CertificateEvent.ReasonCode.JURY, DAY.plusDays(20)),
                        new CertificateReplaced(FIRST, SECOND, replacement.code()));
        assertThat(scenario.stream(StreamIds.verificationCode(replacement.code())))
                .hasSize(1);
    }

    @Test
    void seen_again_the_same_confirmation_has_no_second_effect() {
        published(4);
        JuryActConfirmed confirmed = byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 1));
        assertThat(amend(confirmed))
                .isInstanceOfSatisfying(
                        Outcome.Recorded.class,
                        recorded -> assertThat(amend(confirmed))
                                .isEqualTo(new Outcome.Recorded(
                                        recorded.position(), recorded.stream(), recorded.seq(), true)));
        assertThat(life(StreamIds.certificate(EXAM, 3))).isEmpty();
    }

    @Test
    void a_corrected_identity_replaces_the_certificate() {
        published(5);
        JuryActConfirmed confirmed = byTwo(new JuryAct(
                JuryActKind.CORRECT_IDENTITY,
                ReasonCode.IDENTITY_CORRECTED,
                WORDS,
                null,
                null,
                new CandidateIdentity("Adèle", IDENTITY.lastName(), IDENTITY.birthDate(), "Nantes")));
        amend(confirmed);

        assertThat(life(FIRST).get(1))
                .isEqualTo(new CertificateRevoked(FIRST, CertificateEvent.ReasonCode.IDENTITY_CORRECTED, DAY));
        assertThat(issued(SECOND).sealed().value()).hasValueSatisfying(holder -> {
            assertThat(holder.firstName()).isEqualTo("Adèle");
            assertThat(holder.birthPlace()).isEqualTo("Nantes");
        });
        assertThat(issued(SECOND).levels()).isEqualTo(issued(FIRST).levels());
    }

    @Test
    void a_cancelled_exam_revokes_and_its_reinstatement_issues_anew_that_day() {
        published(5);
        amend(byTwo(act(JuryActKind.CANCEL_EXAM, ReasonCode.ADMINISTRATIVE)));
        assertThat(life(FIRST))
                .last()
                .isEqualTo(new CertificateRevoked(FIRST, CertificateEvent.ReasonCode.ADMINISTRATIVE, DAY));
        assertThat(life(SECOND)).isEmpty();

        scenario.at(START.plus(3, ChronoUnit.DAYS));
        amend(byTwo(act(JuryActKind.REINSTATE_EXAM, ReasonCode.JURY)));
        assertThat(issued(SECOND).deliveredDate()).isEqualTo(DAY.plusDays(3));
        assertThat(issued(SECOND).validUntil()).isEqualTo(DAY.plusDays(3).plusYears(3));
        assertThat(issued(SECOND).replaces()).isNull();
    }

    @Test
    void fraud_revokes_for_fraud() {
        published(5);
        amend(byTwo(act(JuryActKind.REJECT_FOR_FRAUD, ReasonCode.FRAUD)));
        assertThat(life(FIRST)).last().isEqualTo(new CertificateRevoked(FIRST, CertificateEvent.ReasonCode.FRAUD, DAY));
    }

    @Test
    void a_result_validated_later_gets_its_certificate_that_day() {
        published(3);
        assertThat(life(FIRST)).isEmpty();
        scenario.at(START.plus(2, ChronoUnit.DAYS));

        amend(byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 4)));

        assertThat(issued(FIRST).deliveredDate()).isEqualTo(DAY.plusDays(2));
        assertThat(issued(FIRST).pix()).isEqualTo(new Pix(24));
    }

    @Test
    void a_revocation_by_the_jury_is_final_whatever_the_result_becomes() {
        published(4);
        amend(byTwo(act(JuryActKind.REVOKE_CERTIFICATE, ReasonCode.FRAUD)));
        amend(byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 1)));

        assertThat(life(FIRST)).hasSize(2);
        assertThat(life(SECOND)).isEmpty();
        scenario.when(new ProposeJuryAct(
                        new UUID(6, 1), EXAM, act(JuryActKind.SUSPEND_CERTIFICATE, ReasonCode.JURY), ONE))
                .thenRefused(Refusal.ALREADY_REVOKED)
                .when(new ProposeJuryAct(
                        new UUID(6, 2), EXAM, act(JuryActKind.REVOKE_CERTIFICATE, ReasonCode.JURY), ONE))
                .thenUnchanged();
    }

    @Test
    void a_doubt_goes_over_to_the_replacement_and_can_be_lifted_there() {
        published(4);
        amend(byTwo(act(JuryActKind.SUSPEND_CERTIFICATE, ReasonCode.JURY)));
        scenario.when(new ProposeJuryAct(
                        new UUID(6, 1), EXAM, act(JuryActKind.SUSPEND_CERTIFICATE, ReasonCode.JURY), ONE))
                .thenUnchanged();
        amend(byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 1)));
        assertThat(life(SECOND)).last().isInstanceOf(CertificateSuspended.class);

        amend(byTwo(act(JuryActKind.REINSTATE_CERTIFICATE, ReasonCode.JURY)));
        assertThat(life(SECOND)).hasSize(3);
        scenario.when(new ProposeJuryAct(
                        new UUID(6, 2), EXAM, act(JuryActKind.REINSTATE_CERTIFICATE, ReasonCode.JURY), ONE))
                .thenRefused(Refusal.NOT_SUSPENDED);
    }

    @Test
    void an_act_on_a_replaced_certificate_does_not_touch_its_replacement() {
        published(4);
        amend(byTwo(onQuestion(JuryActKind.NEUTRALISE_QUESTION, 1)));
        scenario.when(new ProposeJuryAct(
                        new UUID(6, 1), EXAM, FIRST, act(JuryActKind.SUSPEND_CERTIFICATE, ReasonCode.JURY), ONE))
                .thenRefused(Refusal.ALREADY_REVOKED);
    }

    @Test
    void an_imported_certificate_is_revoked_by_two_persons_too() {
        CertificateImported imported = imported();
        CertificateId certificate = imported.certificateId();
        ExamId sitting = StreamIds.importedSitting(certificate);
        UUID id = new UUID(5, 1);
        JuryAct revoke = act(JuryActKind.REVOKE_CERTIFICATE, ReasonCode.FRAUD);
        scenario.when(new ProposeJuryAct(id, sitting, certificate, revoke, ONE))
                .thenRefused(Refusal.UNKNOWN_CERTIFICATE)
                .given(certificate.value(), imported)
                .when(new ProposeJuryAct(id, sitting, certificate, act(JuryActKind.CANCEL_EXAM, ReasonCode.JURY), ONE))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new ProposeJuryAct(
                        id,
                        sitting,
                        certificate,
                        JuryAct.of(JuryActKind.REVOKE_CERTIFICATE, ReasonCode.FRAUD, "bref"),
                        ONE))
                .thenRefused(Refusal.REASON_TOO_SHORT)
                .when(new ProposeJuryAct(id, sitting, certificate, revoke, ONE))
                .thenRecorded()
                .when(new ConfirmJuryAct(sitting, id, certificate, ONE))
                .thenRefused(Refusal.SAME_PERSON)
                .when(new WithdrawJuryAct(sitting, id, certificate, OTHER))
                .thenRefused(Refusal.UNKNOWN_EXAM)
                .when(new ConfirmJuryAct(sitting, id, certificate, OTHER))
                .thenRecorded();
        amend(new JuryActConfirmed(id, sitting));
        assertThat(life(certificate)).last().isInstanceOf(CertificateRevoked.class);
        scenario.when(new ConfirmJuryAct(sitting, id, certificate, OTHER)).thenUnchanged();
    }

    private static CertificateImported imported() {
        return new CertificateImported(
                CertificateId.of("018f0000-0000-7000-8000-00000000ce01"),
                Sessions.ADA,
                new VerificationCode("P-234567"),
                null,
                TestFrameworks.V2019,
                5,
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                LocalDate.of(2023, 7, 13),
                new RulesVersion("3y-1"),
                new CertificateEvent.Centre(CENTRE, "Ici"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(4))),
                null,
                null,
                null,
                "essai",
                Personal.of(
                        Sessions.ADA.value(),
                        new CertificateHolder("Martin", "Dupuis", LocalDate.of(1988, 10, 5), "Paris 8", null)));
    }
}

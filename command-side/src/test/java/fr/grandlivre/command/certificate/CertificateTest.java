package fr.grandlivre.command.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerHistory.Fact;
import fr.grandlivre.command.LedgerHistory.Facts;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.ReinstateCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ActParameters;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final CertificateImported IMPORTED = Certificates.BRIEF;
    private static final CertificateId ID = IMPORTED.certificateId();
    private static final ExamId SITTING = StreamIds.importedSitting(ID);
    private static final LocalDate TODAY = LocalDate.of(2022, 7, 1);
    private static final CertificateSuspended SUSPENDED = new CertificateSuspended(ID, ReasonCode.FRAUD, TODAY);
    private static final CertificateReinstated REINSTATED = new CertificateReinstated(ID, ReasonCode.JURY, TODAY);
    private static final CertificateRevoked REVOKED = new CertificateRevoked(ID, ReasonCode.FRAUD, TODAY);
    private static final SuspendCertificate SUSPEND = new SuspendCertificate(ID, SITTING, new UUID(0, 1));
    private static final ReinstateCertificate REINSTATE = new ReinstateCertificate(ID, SITTING, new UUID(0, 2));
    private static final RevokeCertificate REVOKE = new RevokeCertificate(ID, SITTING, new UUID(0, 3));

    /** Each act as one person proposed it and another one confirmed it. */
    private static final List<SessionEvent> AGREED = List.of(
            proposed(SUSPEND.act(), JuryActKind.SUSPEND_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, ID),
            new JuryActConfirmed(SUSPEND.act(), SITTING),
            proposed(REINSTATE.act(), JuryActKind.REINSTATE_CERTIFICATE, SessionEvent.ReasonCode.JURY, ID),
            new JuryActConfirmed(REINSTATE.act(), SITTING),
            proposed(REVOKE.act(), JuryActKind.REVOKE_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, ID),
            new JuryActConfirmed(REVOKE.act(), SITTING));

    private final List<LedgerEvent> sitting = new ArrayList<>(AGREED);

    /** It is 1 July in Paris already. */
    private final FixtureConfiguration<Certificate> certificate =
            LedgerFixture.of(Certificate.class, Certificate::new, Instant.parse("2022-06-30T22:30:00Z"), (LedgerHistory)
                    streams -> new Facts(
                            0,
                            sitting.stream()
                                    .map(event -> new Fact(SITTING.value(), Instant.EPOCH, event))
                                    .toList()));

    private static JuryActProposed proposed(
            UUID act, JuryActKind kind, SessionEvent.ReasonCode why, CertificateId certificate) {
        return new JuryActProposed(
                act,
                SITTING,
                new AccountId(new UUID(0, 9)),
                kind,
                new ActParameters(why, null, null, certificate),
                TODAY,
                Personal.of(IMPORTED.learner().value(), new ProposedAct("ten chars!", null)));
    }

    @Test
    void a_certificate_is_suspended_since_the_day_in_paris_and_once() {
        certificate.given(IMPORTED).when(SUSPEND).expectEvents(SUSPENDED);
        certificate.given(IMPORTED, SUSPENDED).when(SUSPEND).expectNoEvents();
    }

    @Test
    void a_suspended_certificate_is_reinstated_once() {
        certificate.given(IMPORTED, SUSPENDED).when(REINSTATE).expectEvents(REINSTATED);
        certificate.given(IMPORTED, SUSPENDED, REINSTATED).when(REINSTATE).expectNoEvents();
    }

    @Test
    void a_certificate_that_was_never_suspended_cannot_be_reinstated() {
        certificate
                .given(IMPORTED)
                .when(REINSTATE)
                .expectResultMessagePayload(new Refused(Refusal.NOT_SUSPENDED))
                .expectNoEvents();
    }

    @Test
    void a_reinstated_certificate_may_be_suspended_again() {
        certificate.given(IMPORTED, SUSPENDED, REINSTATED).when(SUSPEND).expectEvents(SUSPENDED);
    }

    @Test
    void a_certificate_is_revoked_once_whether_suspended_or_not() {
        certificate.given(IMPORTED).when(REVOKE).expectEvents(REVOKED);
        certificate.given(IMPORTED, SUSPENDED).when(REVOKE).expectEvents(REVOKED);
        certificate.given(IMPORTED, REVOKED).when(REVOKE).expectNoEvents();
    }

    @Test
    void a_revoked_certificate_is_neither_suspended_nor_reinstated() {
        certificate
                .given(IMPORTED, REVOKED)
                .when(SUSPEND)
                .expectResultMessagePayload(new Refused(Refusal.ALREADY_REVOKED))
                .expectNoEvents();
        certificate
                .given(IMPORTED, REVOKED)
                .when(REINSTATE)
                .expectResultMessagePayload(new Refused(Refusal.ALREADY_REVOKED))
                .expectNoEvents();
    }

    @Test
    void nothing_happens_to_an_unknown_certificate() {
        for (Object act : new Object[] {
            SUSPEND, REINSTATE, REVOKE, new ChooseVisibility(ID, IMPORTED.learner(), Visibility.STATUS)
        }) {
            certificate
                    .givenNoPriorActivity()
                    .when(act)
                    .expectResultMessagePayload(new Refused(Refusal.UNKNOWN_CERTIFICATE))
                    .expectNoEvents();
        }
    }

    @Test
    void one_person_alone_does_nothing_to_a_certificate() {
        CertificateId other = CertificateId.of("018f0000-0000-4000-8000-0000000000c9");
        for (List<SessionEvent> known : List.<List<SessionEvent>>of(
                List.of(),
                List.of(proposed(REVOKE.act(), JuryActKind.REVOKE_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, ID)),
                List.of(
                        proposed(REVOKE.act(), JuryActKind.REVOKE_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, ID),
                        new JuryActWithdrawn(REVOKE.act(), SITTING)),
                List.of(
                        proposed(REVOKE.act(), JuryActKind.SUSPEND_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, ID),
                        new JuryActConfirmed(REVOKE.act(), SITTING)),
                List.of(
                        proposed(REVOKE.act(), JuryActKind.REVOKE_CERTIFICATE, SessionEvent.ReasonCode.FRAUD, other),
                        new JuryActConfirmed(REVOKE.act(), SITTING)))) {
            sitting.clear();
            sitting.addAll(known);
            certificate
                    .given(IMPORTED)
                    .when(REVOKE)
                    .expectResultMessagePayload(new Refused(Refusal.SECOND_PERSON_REQUIRED))
                    .expectNoEvents();
        }
    }

    @Test
    void an_act_already_done_needs_nobody() {
        sitting.clear();
        certificate.given(IMPORTED, REVOKED).when(REVOKE).expectNoEvents();
        certificate.given(IMPORTED, SUSPENDED).when(SUSPEND).expectNoEvents();
    }

    @Test
    void the_holder_chooses_what_the_code_reveals_once_also_while_it_is_suspended() {
        ChooseVisibility hide = new ChooseVisibility(ID, IMPORTED.learner(), Visibility.NOBODY);
        VisibilityChosen hidden = new VisibilityChosen(ID, Visibility.NOBODY);
        certificate.given(IMPORTED).when(hide).expectEvents(hidden);
        certificate.given(IMPORTED, hidden).when(hide).expectNoEvents();
        certificate.given(IMPORTED, SUSPENDED, hidden).when(hide).expectNoEvents();
        certificate
                .given(IMPORTED)
                .when(new ChooseVisibility(ID, IMPORTED.learner(), Visibility.STATUS_AND_IDENTITY))
                .expectNoEvents();
    }

    @Test
    void nobody_else_chooses_and_nobody_chooses_for_a_revoked_certificate() {
        LearnerId stranger = LearnerId.of("018f0000-0000-4000-8000-0000000000ff");
        for (Object[] given : new Object[][] {{IMPORTED}, {IMPORTED, REVOKED}}) {
            certificate
                    .given(given)
                    .when(new ChooseVisibility(ID, stranger, Visibility.STATUS))
                    .expectResultMessagePayload(new Refused(Refusal.NOT_HOLDER))
                    .expectNoEvents();
        }
        certificate
                .given(IMPORTED, REVOKED)
                .when(new ChooseVisibility(ID, IMPORTED.learner(), Visibility.STATUS))
                .expectResultMessagePayload(new Refused(Refusal.ALREADY_REVOKED))
                .expectNoEvents();
    }

    @Test
    void a_key_is_never_shown() {
        assertThat(new Printed(IMPORTED.code(), "BCDFGH", "mac").toString()).doesNotContain("BCDFGH", "mac");
    }
}

package fr.grandlivre.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.rules.certificate.CertificateStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationQueriesTest {
    private static final VerificationCode BRIEF = new VerificationCode("P-234567");
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);

    private final VerificationProjection projection = new VerificationProjection();
    private TestViews views;
    private VerificationQueries queries;

    @BeforeEach
    void aView() {
        views = new TestViews();
        views.create(projection);
        queries = new VerificationQueries(views.jdbc());
        views.append(Facts.certificate(99).value(), Facts.martinDupuis(Facts.learner(1)));
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void the_brief_s_certificate_is_found_with_initials_and_nothing_invented() {
        Verification found = look(BRIEF, DAY);
        assertThat(found.status()).isEqualTo(CertificateStatus.VALID);
        assertThat(found.initials()).isEqualTo("M. D.");
        assertThat(found.levels().toString()).isEqualTo("{1.1=4, 1.2=3, 1.3=2, 2.1=3}");
        assertThat(found.centreName()).isEqualTo("Lycée Léonard de Vinci");
        assertThat(found.validUntil()).isEqualTo(LocalDate.of(2023, 7, 13));
        assertThat(found.pix()).isNull();
        assertThat(found.overallLevel()).isNull();
    }

    @Test
    void it_expires_on_the_day_after_its_last_valid_one() {
        assertThat(look(BRIEF, LocalDate.of(2023, 7, 13)).status()).isEqualTo(CertificateStatus.VALID);
        assertThat(look(BRIEF, LocalDate.of(2023, 7, 14)).status()).isEqualTo(CertificateStatus.EXPIRED);
    }

    @Test
    void a_suspended_certificate_can_stand_again_and_a_revoked_one_never() {
        var id = Facts.certificate(99);
        views.append(id.value(), new CertificateSuspended(id, ReasonCode.ADMINISTRATIVE, DAY));
        assertThat(look(BRIEF, DAY).status()).isEqualTo(CertificateStatus.SUSPENDED);
        views.append(id.value(), new CertificateReinstated(id, ReasonCode.ADMINISTRATIVE, DAY));
        assertThat(look(BRIEF, DAY).status()).isEqualTo(CertificateStatus.VALID);
        views.append(id.value(), new CertificateRevoked(id, ReasonCode.FRAUD, DAY));
        assertThat(look(BRIEF, DAY).status()).isEqualTo(CertificateStatus.REVOKED);
    }

    @Test
    void a_code_that_nobody_holds_answers_nothing() {
        assertThat(queries.byCode(new VerificationCode("P-222222"), DAY)).isEmpty();
    }

    @Test
    void a_code_reveals_what_its_holder_chose() {
        var id = Facts.certificate(99);
        assertThat(certificate().visibility()).isEqualTo(Visibility.STATUS_AND_IDENTITY);
        views.append(id.value(), new VisibilityChosen(id, Visibility.STATUS));
        assertThat(certificate().visibility()).isEqualTo(Visibility.STATUS);
        views.append(id.value(), new VisibilityChosen(id, Visibility.NOBODY));
        views.catchUp(projection, 3);
        assertThat(queries.byCode(BRIEF, DAY)).isEmpty();
        assertThat(queries.ofLearner(List.of(Facts.learner(1)), DAY))
                .singleElement()
                .satisfies(held -> assertThat(held.visibility()).isEqualTo(Visibility.NOBODY));
    }

    @Test
    void the_code_of_an_erased_holder_answers_nothing() {
        views.erase(Facts.learner(1).value());
        views.catchUp(projection, 3);
        assertThat(queries.byCode(BRIEF, DAY)).isEmpty();
    }

    @Test
    void a_revocation_says_why_and_since_when() {
        var id = Facts.certificate(99);
        views.append(id.value(), new CertificateRevoked(id, ReasonCode.FRAUD, DAY));
        assertThat(certificate().reason()).isEqualTo(ReasonCode.FRAUD);
        assertThat(certificate().since()).isEqualTo(DAY);
    }

    @Test
    void remembered_certificates_are_forgotten_when_they_change_and_not_believed_without_news() {
        AtomicLong time = new AtomicLong();
        RememberedCertificates remembered = new RememberedCertificates(queries, time::get);
        remembered.refresh();
        views.catchUp(projection, 3);
        assertThat(remembered.answering(BRIEF)).isPresent();
        var id = Facts.certificate(99);
        views.append(id.value(), new CertificateRevoked(id, ReasonCode.FRAUD, DAY));
        views.catchUp(projection, 3);
        assertThat(remembered.answering(BRIEF).orElseThrow().revoked())
                .as("until it is told of the change")
                .isFalse();
        time.addAndGet(RememberedCertificates.FRESH_FOR.toNanos() + 1);
        assertThat(remembered.answering(BRIEF).orElseThrow().revoked())
                .as("too long without news")
                .isTrue();
        remembered.refresh();
        assertThat(remembered.answering(BRIEF).orElseThrow().revoked()).isTrue();
    }

    @Test
    void a_code_without_an_answer_is_asked_for_each_time() {
        AtomicLong time = new AtomicLong();
        RememberedCertificates remembered = new RememberedCertificates(queries, time::get);
        remembered.refresh();
        assertThat(remembered.answering(BRIEF)).isEmpty();
        views.catchUp(projection, 3);
        assertThat(remembered.answering(BRIEF)).isPresent();
    }

    @Test
    void the_view_never_holds_a_birth_place() {
        look(BRIEF, DAY);
        assertThat(views.jdbc().queryForList("SELECT c::text FROM verification.certificate c", String.class))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row).doesNotContain("Paris 8"));
    }

    private VerifiableCertificate certificate() {
        views.catchUp(projection, 3);
        return queries.answering(BRIEF).orElseThrow();
    }

    private Verification look(VerificationCode code, LocalDate day) {
        views.catchUp(projection, 3);
        return queries.byCode(code, day).orElseThrow();
    }
}

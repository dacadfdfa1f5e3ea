package fr.grandlivre.rules.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateStandingTest {
    private static final CertificateId ID = new CertificateId(new UUID(0, 1));
    private static final LocalDate DAY = LocalDate.parse("2021-05-01");
    private static final CertificateEvent SUSPENDED = new CertificateSuspended(ID, ReasonCode.JURY, DAY);
    private static final CertificateEvent REINSTATED = new CertificateReinstated(ID, ReasonCode.JURY, DAY);
    private static final CertificateEvent REVOKED = new CertificateRevoked(ID, ReasonCode.FRAUD, DAY);

    @ParameterizedTest
    @CsvSource({
        "2023-07-13,2022-05-16T06:00:00.000Z,VALID",
        "2023-07-13,2023-07-13T21:59:59.999Z,VALID",
        "2023-07-13,2023-07-13T22:00:00.000Z,EXPIRED",
        "2023-07-13,2026-06-01T08:00:00.000Z,EXPIRED",
        "2023-02-28,2023-02-28T22:59:59.999Z,VALID",
        "2023-02-28,2023-02-28T23:00:00.000Z,EXPIRED"
    })
    void the_last_valid_day_ends_at_midnight_in_paris(LocalDate until, Instant at, CertificateStatus status) {
        assertThat(imported(until).at(at)).isEqualTo(status);
    }

    @Test
    void revoked_hides_suspended_which_hides_expired() {
        CertificateStanding standing = imported(LocalDate.parse("2020-01-01"));
        assertThat(standing.on(DAY)).isEqualTo(CertificateStatus.EXPIRED);
        assertThat(standing.after(SUSPENDED).on(DAY)).isEqualTo(CertificateStatus.SUSPENDED);
        assertThat(standing.after(SUSPENDED).after(REVOKED).on(DAY)).isEqualTo(CertificateStatus.REVOKED);
        assertThat(standing.after(SUSPENDED).after(REINSTATED).on(DAY)).isEqualTo(CertificateStatus.EXPIRED);
        assertThat(standing.after(REVOKED).revocation()).isEqualTo(ReasonCode.FRAUD);
    }

    @Test
    void a_life_begins_with_an_issue_or_an_import() {
        assertThat(CertificateStanding.born(SUSPENDED)).isEmpty();
    }

    private static CertificateStanding imported(LocalDate until) {
        return CertificateStanding.born(new CertificateEvent.CertificateImported(
                        ID,
                        new LearnerId(new UUID(0, 2)),
                        new VerificationCode("P-234567"),
                        null,
                        new FrameworkVersion("2019"),
                        5,
                        LocalDate.parse("2020-06-13"),
                        LocalDate.parse("2020-07-13"),
                        until,
                        new RulesVersion("3y-1"),
                        new CertificateEvent.Centre(null, "Lycée Léonard de Vinci"),
                        new TreeMap<>(),
                        null,
                        null,
                        null,
                        "brief",
                        new Personal.Erased<>()))
                .orElseThrow();
    }
}

package fr.grandlivre.command.verification;

import fr.grandlivre.command.Decision.Refused;
import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.verification.VerificationCommand.ReserveCode;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Instant;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ReservedCodeTest {
    private static final VerificationCode CODE = new VerificationCode("P-234567");
    private static final CertificateId FIRST = CertificateId.of("018f0000-0000-7000-8000-00000000ce01");
    private static final CertificateId SECOND = CertificateId.of("018f0000-0000-7000-8000-00000000ce02");

    private final FixtureConfiguration<ReservedCode> code =
            LedgerFixture.of(ReservedCode.class, ReservedCode::new, Instant.parse("2022-06-30T08:00:00Z"));

    @Test
    void a_free_code_is_reserved() {
        code.givenNoPriorActivity().when(new ReserveCode(CODE, FIRST)).expectEvents(new CodeReserved(CODE, FIRST));
    }

    @Test
    void a_code_reserved_twice_for_one_certificate_is_reserved_once() {
        code.given(new CodeReserved(CODE, FIRST))
                .when(new ReserveCode(CODE, FIRST))
                .expectNoEvents();
    }

    @Test
    void a_code_is_never_given_to_another_certificate() {
        code.given(new CodeReserved(CODE, FIRST))
                .when(new ReserveCode(CODE, SECOND))
                .expectResultMessagePayload(new Refused(Refusal.CODE_TAKEN))
                .expectNoEvents();
    }
}

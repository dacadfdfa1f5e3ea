package fr.grandlivre.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.Refusal;
import fr.grandlivre.command.identity.PartnerCommand.RegisterPartner;
import fr.grandlivre.command.identity.PartnerCommand.RevokePartner;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRevoked;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartnerTest {
    private static final Instant NOW = Instant.parse("2022-05-16T06:00:00Z");
    private static final PartnerRegistered REGISTERED =
            new PartnerRegistered("livretScolaire", "bWFj", List.of("certifications"), List.of());

    @Test
    void a_program_is_registered_once_as_the_same() {
        assertThat(decide(new PartnerState.Unknown(), register("bWFj", "certifications")))
                .isEqualTo(new Decision.Accepted(REGISTERED));
        assertThat(decide(new PartnerState.Registered(REGISTERED), register("bWFj", "certifications")))
                .isEqualTo(Decision.Accepted.nothing());
    }

    @Test
    void another_secret_replaces_the_first_and_opens_a_closed_door() {
        assertThat(decide(new PartnerState.Registered(REGISTERED), register("b3RoZXI", "certifications")))
                .isInstanceOf(Decision.Accepted.class)
                .isNotEqualTo(Decision.Accepted.nothing());
        assertThat(decide(new PartnerState.Revoked(), register("bWFj", "certifications")))
                .isEqualTo(new Decision.Accepted(REGISTERED));
    }

    @Test
    void a_program_that_may_ask_for_nothing_is_refused() {
        assertThat(decide(
                        new PartnerState.Unknown(),
                        new RegisterPartner("livretScolaire", "bWFj", List.of(), List.of())))
                .isEqualTo(new Decision.Refused(Refusal.SCOPE_MISSING));
    }

    @Test
    void a_program_is_revoked_once_and_with_a_reason() {
        RevokePartner revoke = new RevokePartner("livretScolaire", "Convention échue.");
        PartnerState registered = new PartnerState.Registered(REGISTERED);
        assertThat(decide(registered, revoke))
                .isEqualTo(new Decision.Accepted(new PartnerRevoked("livretScolaire", "Convention échue.")));
        assertThat(decide(registered, new RevokePartner("livretScolaire", "parce que")))
                .isEqualTo(new Decision.Refused(Refusal.REASON_TOO_SHORT));
        assertThat(decide(new PartnerState.Revoked(), revoke)).isEqualTo(Decision.Accepted.nothing());
        assertThat(decide(new PartnerState.Unknown(), revoke)).isEqualTo(new Decision.Refused(Refusal.UNKNOWN_ACCOUNT));
    }

    private static Decision decide(PartnerState state, PartnerCommand command) {
        return PartnerDecider.decide(state, command, NOW);
    }

    private static RegisterPartner register(String mac, String scope) {
        return new RegisterPartner("livretScolaire", mac, List.of(scope), List.of());
    }
}
